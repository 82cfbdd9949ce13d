"""Taking back an erasure by hand, for as many days as the declaration says.

Whatever takes what somebody asked to have erased (the walk, or a night that ends it) first seals it, row by
row as it stood, to a key of the erasure's own. That counts as stored until its last day; then the key goes,
and with it whatever a backup may still hold.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import IntegrityError, connection, transaction

from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.erasure.models import Erasure, Undo, UndoKey
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.journal import steps as told
from hjemmel.kernel.retention import due
from hjemmel.kernel.retention.sweeping import Step
from hjemmel.kernel.subjects.refusals import NO_GROUND, broken
from hjemmel.kernel.vault import crypto, ring
from hjemmel.kernel.vault.crypto import UnsealableError
from hjemmel.kernel.vault.wrapped import SUBJECTS

DATUM = "undo"
# What has to be there before the rest: the id, the person's row, then what makes grounds.
FIRST = ("subject", "person", "record", "row", "datum", "reference")
ROWS = {"record", "row", "subject"}
MADE = "jsonb_populate_record(null::public.{}, %s::jsonb)"


class TooLateError(RuntimeError):
    """There is nothing to take back: it was never sealed, its days are over, or it is back already."""


def keep(cursor: Any, subjects: Sequence[int], steps: Sequence[Step], day: date) -> None:
    """Seal what the steps are about to take of those among the subjects who asked for it."""
    if not steps:
        return
    cursor.execute(
        "select subject_id, request from public.grounds_asked where subject_id = any(%s)", [list(subjects)]
    )
    asked = cursor.fetchall()
    lasts = in_force().organisation.undo if asked else None
    if lasts is None:
        return
    for subject, request in asked:
        taken = [part for step in steps for part in _taken(cursor, step, subject)]
        if taken:
            Undo.objects.create(
                erasure_id=request,
                subject_id=subject,
                ends_on=lasts.add_to(day),
                sealed=crypto.seal(_key(request), subject_id=request, datum=DATUM, text=json.dumps(taken)),
            )


def take_back(request: int, *, actor: str) -> int:
    """Put back what the erasure took, as it was, and return how many rows that were; the grounds follow. What
    the rules of today let nobody hold stays gone.

    For the keeper's role. Raises TooLateError; IntegrityError where they let nothing of it be held.
    """
    with access.acting(actor=actor, purpose=(), reason=f"request:{request}"), connection.cursor() as cursor:
        note = Erasure.objects.select_for_update().filter(pk=request).first()
        there = list(Undo.objects.filter(erasure=note, ends_on__gt=clock.today()).order_by("-pk"))
        key = UndoKey.objects.filter(erasure=note).first()
        if not there or key is None:
            message = "Nothing of it can be taken back."
            raise TooLateError(message)
        parts = [part for one in there for part in _opened(bytes(key.wrapped), request, bytes(one.sealed))]
        parts.sort(key=lambda part: FIRST.index(part["happens"]))
        cursor.execute("delete from public.grounds_asked where request = %s", [request])
        back = [part for part in parts if _held(cursor, part)]
        if not any(map(_grounding, back)) and any(map(_grounding, parts)):
            message = "No ground holds anything of it any more."
            raise IntegrityError(message)
        journal.give_back(_written(back))
        cursor.execute(
            "insert into public.grounds_recheck select unnest(%s::bigint[]) on conflict do nothing",
            [sorted({one.subject_id for one in there})],
        )
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        Undo.objects.filter(erasure=note).delete()
        UndoKey.objects.filter(erasure=note).delete()
        Erasure.objects.filter(pk=request).update(state=Erasure.State.UNDONE)
        cursor.execute(
            "insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id,"
            " reason) values (clock_timestamp(), kernel.acting(), '', 'run', 'erasure_erasure', %s, %s, %s)",
            [request, there[0].subject_id, f"undo:{request}"],
        )
    return len(back)


def clear() -> int:
    """Destroy what can no longer be taken back: first the keys, then what they sealed. Returns how much."""
    with transaction.atomic():
        over = Undo.objects.filter(ends_on__lte=clock.today())
        UndoKey.objects.filter(erasure__in=over.values("erasure")).exclude(
            erasure__undos__ends_on__gt=clock.today()
        ).delete()
        number, _kinds = over.delete()
    return number


def _key(request: int) -> bytes:
    """The erasure's wrapped key, made with its first round."""
    made, _new = UndoKey.objects.get_or_create(
        erasure_id=request, defaults={"wrapped": crypto.new_key(request)}
    )
    return bytes(made.wrapped)


def _taken(cursor: Any, step: Step, subject: int) -> Iterable[dict[str, Any]]:
    """What one step takes of the subject: each row as it stands. A pointer to her stands in another's row."""
    table = _table(step.table)
    whose = [table.subject, *(table.others.values() if step.happens == "reference" else ())]
    mine = " or ".join(f"r.{column} = %(subject)s" for column in whose)
    cursor.execute(
        f"select r.{table.key}, to_jsonb(r) from public.{table.name} r"
        f" where r.{table.key} = any(%(rows)s) and ({mine})",
        {"rows": step.rows, "subject": subject},
    )
    for key, row in cursor.fetchall():
        held = row if isinstance(row, dict) else json.loads(row)
        if step.table == SUBJECTS.table:
            held = _opened_key(held, key)
        yield {
            "happens": step.happens, "table": step.table, "rule": step.rule, "data": step.data, "key": key,
            "row": held,
        }  # fmt: skip


def _opened(wrapped: bytes, request: int, sealed: bytes) -> list[dict[str, Any]]:
    parts: list[dict[str, Any]] = json.loads(
        crypto.unseal(wrapped, subject_id=request, datum=DATUM, value=sealed)
    )
    return parts


def _held(cursor: Any, part: dict[str, Any]) -> bool:
    """Put one thing back: the whole row, or the columns that were emptied. Whether anything of it is held."""
    table = _table(part["table"])
    row = _wrapped_key(part["row"], part["key"]) if table.name == SUBJECTS.table else part["row"]
    if part["happens"] not in ROWS:
        return _tried(cursor, *_filled(table, row, part["key"], _columns(table, part)))
    if _tried(cursor, *_inserted(table, row)):
        return True
    return _in_part(cursor, table, row, part)


def _in_part(cursor: Any, table: Table, row: dict[str, Any], part: dict[str, Any]) -> bool:
    """Something in the row may not be held any more: put it back without, unless nothing is left then."""
    data = due.erasable(table)
    bare = row | {column: None for columns in data.values() for column in columns}
    with transaction.atomic():
        there = _tried(cursor, *_inserted(table, bare))
        filled = [there and _tried(cursor, *_filled(table, row, part["key"], of)) for of in data.values()]
        held = there and (part["happens"] != "row" or not data or any(filled))
        transaction.set_rollback(not held)
    return held


def _tried(cursor: Any, statement: str, values: list[Any]) -> bool:
    """Run the statement; False where no ground holds what it writes, and then it is not written."""
    try:
        with transaction.atomic():
            cursor.execute(statement, values)
    except IntegrityError as error:
        if broken(error) != NO_GROUND:
            raise
        return False
    return True


def _inserted(table: Table, row: dict[str, Any]) -> tuple[str, list[Any]]:
    made = MADE.format(table.name)
    return f"insert into public.{table.name} select (j).* from (select {made} as j) x", [json.dumps(row)]


def _filled(table: Table, row: dict[str, Any], key: int, columns: Sequence[str]) -> tuple[str, list[Any]]:
    values = ", ".join(f"{column} = (x.j).{column}" for column in columns)
    made = MADE.format(table.name)
    return (
        f"update public.{table.name} r set {values} from (select {made} as j) x where r.{table.key} = %s",
        [json.dumps(row), key],
    )


def _opened_key(row: dict[str, Any], subject: int) -> dict[str, Any]:
    """A subject's key is kept opened too: its master key may be destroyed before the undo ends."""
    try:
        return row | {"opened": crypto.unwrap(bytes.fromhex(row["wrapped"][2:]), subject).hex()}
    except UnsealableError:
        return row


def _wrapped_key(row: dict[str, Any], subject: int) -> dict[str, Any]:
    """And is wrapped anew as it is put back, where another master key wraps now."""
    if "opened" not in row or row["generation"] == ring.there().current:
        return row
    wrapped = crypto.wrap(bytes.fromhex(row["opened"]), subject)
    return row | {"wrapped": f"\\x{wrapped.hex()}", "generation": crypto.generation(wrapped)}


def _grounding(part: dict[str, Any]) -> bool:
    """Whether it is a record that is the reason for holding the rest: not a line of the log."""
    return part["happens"] == "record" and not _table(part["table"]).datum_column


def _columns(table: Table, part: dict[str, Any]) -> list[str]:
    if part["happens"] == "person":
        return ["gone_on", "shielded", "restricted"]
    if part["happens"] == "reference":
        return [c for c in table.others.values() if table.data[c] in part["data"]]
    return [c for datum, columns in due.erasable(table).items() if datum in part["data"] for c in columns]


def _written(parts: Iterable[dict[str, Any]]) -> list[told.Erasure]:
    return [
        told.Erasure(part["happens"], part["table"], part["rule"], part["data"], [part["key"]])
        for part in parts
    ]


def _table(name: str) -> Table:
    table = catalog.find(name)
    if table is None:
        raise LookupError(name)
    return table
