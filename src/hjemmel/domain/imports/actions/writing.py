"""A chunk's plan written in sets: subject, record, person, how to reach her."""

from collections.abc import Container, Iterable, Sequence
from typing import Any

from django.db import connection, models

from hjemmel.domain.imports.actions.plan import Columns, Plan, Secret, Updates, Writes
from hjemmel.domain.imports.models import Row, Run
from hjemmel.domain.imports.queries.sets import as_json, recordset
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel.subjects.models import Subject, new_id
from hjemmel.kernel.vault import actions as vault
from hjemmel.kernel.vault import crypto
from hjemmel.kernel.vault.models import Key, Sealed


class ChangedMeanwhileError(Exception):
    """Somebody else wrote one of the rows between reading and writing: decide anew."""


def write(plan: Plan, run: Run, numbers: Container[int], *, scoped: bool) -> None:
    """Write everything in the plan. `numbers` are those the file has, which nobody else gets.

    Raises ChangedMeanwhileError, and DatabaseError where the register refuses a row.
    """
    placeholders = [new_id() for _ in plan.staged]
    _insert(Subject, [{"id": pk} for pk in (*plan.subjects, *placeholders)], shielded=False, restricted=False)
    _number(plan, numbers, scoped=scoped)
    _put(Membership, plan.memberships)
    _put(Person, plan.persons)
    _put(Email, plan.emails)
    _put(Phone, plan.phones)
    _put(PostalAddress, plan.addresses)
    _seal(plan.secrets, frozenset(plan.subjects))
    staged = [
        {"id": new_id(), "subject_id": subject_id, "run_id": run.pk, "unit_id": run.unit_id, **columns}
        for subject_id, columns in zip(placeholders, plan.staged, strict=True)
    ]
    _insert(Row, staged, version=1)


def _put(model: type[models.Model], writes: Writes) -> None:
    key = str(model._meta.pk.column)
    _insert(model, [{key: pk, **columns} for pk, columns in writes.new.items()], version=1)
    _change(model, key, writes.changed)


def _insert(model: type[models.Model], rows: Sequence[Columns], **constants: bool | int) -> None:
    """Put rows in, all with the same columns, and with `constants`."""
    if not rows:
        return
    columns = list(rows[0])
    names = ", ".join((*columns, *constants))
    values = ", ".join((*(f"w.{column}" for column in columns), *("%s" for _ in constants)))
    with connection.cursor() as cursor:
        cursor.execute(
            f"insert into public.{model._meta.db_table} ({names}) select {values}"
            f" from {recordset(model, columns)}",
            [*constants.values(), as_json(rows)],
        )


def _change(model: type[models.Model], key: str, updates: Updates) -> None:
    """Change rows, a statement for each group of columns. Each statement raises the versions of its rows."""
    raised: dict[int, int] = {}
    for columns, rows in updates.items():
        sets = ", ".join(f"{column} = w.{column}" for column in columns)
        told = [{key: pk, "version": was + raised.get(pk, 0), **new} for pk, (was, new) in rows.items()]
        with connection.cursor() as cursor:
            cursor.execute(
                f"update public.{model._meta.db_table} t set {sets}"
                f" from {recordset(model, (key, 'version', *columns))}"
                f" where t.{key} = w.{key} and t.version = w.version",
                [as_json(told)],
            )
            if cursor.rowcount != len(rows):
                raise ChangedMeanwhileError
        for pk in rows:
            raised[pk] = raised.get(pk, 0) + 1


def _number(plan: Plan, numbers: Container[int], *, scoped: bool) -> None:
    """Give memberships without a number one of the register's own; two of one person get the same."""
    given: dict[int, int] = {}
    new = frozenset(plan.subjects)
    for membership, subject_id in plan.unnumbered.items():
        while subject_id not in given:
            number = _own_number(subject_id, scoped=scoped)
            if number not in numbers or subject_id not in new:
                given[subject_id] = number
        plan.memberships.new[membership]["number"] = given[subject_id]


def _own_number(subject_id: int, *, scoped: bool) -> int:
    """The web's role asks for a number for somebody whom it sees; others take the next that is free."""
    with connection.cursor() as cursor:
        if scoped:
            cursor.execute("select kernel.member_number(%s)", [subject_id])
        else:
            cursor.execute("select nextval('kernel.member_numbers')")
        row: tuple[int] = cursor.fetchone()
    if scoped or not Membership.objects.filter(number=row[0]).exists():
        return row[0]
    return _own_number(subject_id, scoped=scoped)


def _seal(secrets: Iterable[Secret], new: frozenset[int]) -> None:
    """Seal numbers: of new people in sets, of others one by one."""
    keys: dict[int, bytes] = {}
    sealed: list[Columns] = []
    for secret in secrets:
        one = secret.subject_id
        if one not in new:
            vault.seal(subject_id=one, datum=secret.datum, text=secret.digits)
            continue
        if one not in keys:
            keys[one] = crypto.new_key(one)
        value = crypto.seal(keys[one], subject_id=one, datum=secret.datum, text=secret.digits)
        sealed.append(
            {
                "id": new_id(), "subject_id": one, "datum": secret.datum, "value": value,
                "digest": secret.digest,
            }
        )  # fmt: skip
    made: list[dict[str, Any]] = [
        {"subject_id": pk, "wrapped": wrapped, "generation": crypto.generation(wrapped)}
        for pk, wrapped in keys.items()
    ]
    _insert(Key, made)
    _insert(Sealed, sealed, version=1)
