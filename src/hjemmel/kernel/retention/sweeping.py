"""One batch of the sweep: lock, decide, do, mark as swept. All or nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from hjemmel.kernel import catalog
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.journal.steps import Erasure
from hjemmel.kernel.retention import due

PATIENCE = "400ms"  # less than deadlock_timeout: rather than a person at her desk, the sweep gives way
ORDER = ("reference", "datum", "row", "record", "person", "subject")


Witness = Callable[[Any, Sequence[int], "Sequence[Step]", date], None]
_witnesses: list[Witness] = []


@dataclass(frozen=True, slots=True)
class Step:
    """One statement: what happens to these rows of the table (to these data of them), by which rule."""

    happens: str
    table: str
    rule: str
    data: list[str | None]
    rows: list[int]

    @property
    def count(self) -> int:
        """How many items of the plan it carries out."""
        return len(self.rows) * len(self.data)


def witness(act: Witness) -> None:
    """Enter who is shown the subjects and the steps of every batch, in its transaction, before it is done."""
    if act not in _witnesses:
        _witnesses.append(act)


def lock(cursor: Any, subjects: Sequence[int], *, wait: bool) -> list[int]:
    """Return the subjects nobody is writing to, locked with all their grounds: what is decided stays true.

    Without `wait` those who are locked are left out; with it, waits a little for each. Rules cannot change
    meanwhile (the lock that applying a declaration takes).
    """
    cursor.execute("set local jit = off; set local plan_cache_mode = force_custom_plan")
    cursor.execute("select pg_advisory_xact_lock_shared(hashtext('hjemmel.apply'))")
    cursor.execute(f"set local lock_timeout = '{PATIENCE}'")
    cursor.execute(
        "select id from public.subjects_subject where id = any(%s) order by id for update"
        + ("" if wait else " skip locked"),
        [list(subjects)],
    )
    ids = [row[0] for row in cursor.fetchall()]
    cursor.execute(
        "select count(*) from (select from public.grounds_ground where subject_id = any(%s)"
        " order by clause_id, record_id for update) g",
        [ids],
    )
    return ids


def batch(
    cursor: Any, steps: str, subjects: Sequence[int], day: date, *, wait: bool
) -> tuple[list[int], list[Step]]:
    """Do all of one batch, in the transaction at hand; return the subjects that were looked at, and what was
    done.
    """
    ids = lock(cursor, subjects, wait=wait)
    found = decide(cursor, steps, ids, day) if ids else []
    for witness in _witnesses:
        witness(cursor, ids, found, day)
    journal.erase(told(found), day=day)
    for step in found:
        do(cursor, step, day)
    close(cursor, ids, day)
    return ids, found


def decide(cursor: Any, steps: str, subjects: list[int], day: date) -> list[Step]:
    """Return what is due for the subjects, in the order to do it."""
    cursor.execute(steps, {"ids": subjects, "day": day})
    return sorted(
        (Step(*row) for row in cursor.fetchall()),
        key=lambda s: (ORDER.index(s.happens), s.table, s.rule, s.data[0] or "", len(s.data)),
    )


def told(steps: Sequence[Step]) -> list[Erasure]:
    """Return the steps as the journal is told of them, which a restore of an older backup has to follow."""
    return [Erasure(s.happens, s.table, s.rule, s.data, s.rows) for s in steps]


def do(cursor: Any, step: Step, day: date) -> None:
    """Carry out one step, with its reason for the log."""
    table = catalog.find(step.table)
    if table is None:
        raise LookupError(step.table)
    erasing = step.happens in {"reference", "datum"}
    cursor.execute(
        "select set_config('hjemmel.reason', %s, true), set_config('hjemmel.erasing', %s, true)",
        [reason(step.rule), "on" if erasing else ""],
    )
    rows = f"where {table.key} = any(%s)"
    if step.happens == "person":
        nobody = "gone_on = %s, shielded = false, restricted = false"
        cursor.execute(f"update public.{table.name} set {nobody} {rows}", [day, step.rows])
    elif erasing:
        empty = ", ".join(f"{column} = null" for column in _columns(table, step))
        cursor.execute(f"update public.{table.name} set {empty} {rows}", [step.rows])
    else:
        cursor.execute(f"delete from public.{table.name} {rows}", [step.rows])


def reason(rule: str) -> str:
    """Return why something goes, as the log has it: by a rule, or by a request that a rule heeds."""
    return rule if rule.startswith("request:") else f"rule:{rule}"


def close(cursor: Any, subjects: list[int], day: date) -> None:
    """Note that the subjects have been looked at, and give no reason any more."""
    cursor.execute("select set_config('hjemmel.reason', '', true), set_config('hjemmel.erasing', '', true)")
    cursor.execute(
        "update public.grounds_ground set done = true"
        " where subject_id = any(%s) and not done and until <= %s",
        [subjects, day],
    )
    cursor.execute(
        "update public.holds_hold set swept = true"
        " where subject_id = any(%s) and not swept and ends_on <= %s",
        [subjects, day],
    )
    # What was asked for stands as long as it ends anything: a hold may keep that for now.
    cursor.execute(
        "delete from public.grounds_asked a where a.subject_id = any(%s) and not exists ("
        " select from public.grounds_ground g join public.grounds_clause c on c.id = g.clause_id"
        "  where g.subject_id = a.subject_id and c.at_request = 'delete' and g.until <= a.asked_on)",
        [subjects],
    )
    cursor.execute("delete from public.grounds_recheck where subject_id = any(%s)", [subjects])


def _columns(table: catalog.Table, step: Step) -> list[str]:
    """The columns that are emptied: those of the data, or the pointers to others."""
    if step.happens == "reference":
        return [c for c in table.others.values() if table.data[c] in step.data]
    return [c for datum, columns in due.erasable(table).items() if datum in step.data for c in columns]
