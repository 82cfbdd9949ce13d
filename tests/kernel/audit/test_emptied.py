"""Nothing goes without an entry: a field that is emptied leaves one, whether its values are logged or not."""

import pytest
from django.db import connection, transaction

from hjemmel.kernel import access, catalog
from hjemmel.kernel.audit.models import Entry, Logged, Value
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify.world import masked
from tests.domain.looking import joined, sql
from tests.kernel.verify import register
from tests.planting import HARBOUR, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"


def fields() -> list[tuple[Table, str, str]]:
    """Every column with a datum that can be empty."""
    return [
        (table, column, datum)
        for table in masked()
        if table.record != "log_value"
        for column, datum in table.data.items()
        if table.model._meta.get_field(_name(table, column)).null
    ]


def _name(table: Table, column: str) -> str:
    return next(f.name for f in table.model._meta.local_concrete_fields if f.column == column)


def emptied(table: Table, column: str, to: str = "null") -> tuple[int, list[Entry]]:
    """How many rows had a value there, and the entries written as it went."""
    last = Entry.objects.order_by("-id").values_list("id", flat=True).first() or 0
    statement = f"update public.{table.name} set {column} = {to} where coalesce({column}::text, '') <> ''"
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows = cursor.rowcount
    return rows, list(Entry.objects.filter(id__gt=last, table_name=table.name))


def test_every_field_leaves_an_entry_when_it_is_emptied():
    register.plant()
    logged = set(Logged.objects.values_list("datum", flat=True))
    met = set()
    with access.acting(actor="console", purpose=ADMIN):
        recruiter = officer("chapter_leader", HARBOUR)
        sql("update members_membership set leaving = 'moved', leaving_reason = 'x', earlier = 'x'")
        sql("update members_membership set recruiter_id = %s", recruiter.pk)
        sql(
            "update people_person set employer = 'x', language = 'nn', gender = 'man', municipality = '5501'"
            " where id in (select subject_id from members_membership where left_on is null)"
        )
        for table, column, datum in fields():
            with transaction.atomic():
                rows, entries = emptied(table, column)
                told = [e for e in entries if e.field == column]
                assert (column, len(told)) == (column, rows), table.name
                assert {e.datum for e in told} <= {datum}
                kept = Value.objects.filter(id__in=[e.id for e in told]).count()
                assert kept == (rows if datum in logged else 0), (column, datum)
                assert all((e.commitment is not None) == (datum in logged) for e in told)
                met |= {datum} if rows else set()
                transaction.set_rollback(True)
    assert {
        "person.language", "person.employer", "membership.recruiter", "membership.leaving", "contact.reason",
        "person.name", "person.phone",
    } <= met  # fmt: skip


def test_a_blank_is_empty_and_a_change_of_what_is_not_logged_is_no_entry():
    her = joined(HARBOUR, given_name="Eva", employer="Fjordbruket")
    person = catalog.find("people_person")
    assert person is not None
    with access.acting(actor="console", purpose=ADMIN):
        sql("update people_person set employer = 'Havbruket' where id = %s", her.person_id)
        assert not Entry.objects.filter(datum="person.employer").exists()
        rows, entries = emptied(person, "employer", to="''")
        assert (rows, [(e.datum, e.kind) for e in entries]) == (1, [("person.employer", "changed")])


def test_the_web_cannot_empty_unseen(as_app):
    her = joined(HARBOUR, given_name="Eva", employer="Fjordbruket", language="nn")
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        sql("select set_config('hjemmel.erasing', 'on', true)")
        sql("update public.people_person set employer = null, language = '' where id = %s", her.person_id)
        sql("select set_config('hjemmel.erasing', '', true)")
    gone = Entry.objects.filter(subject_id=her.person_id, kind="changed", datum__in=EMPTIED)
    assert {e.datum for e in gone} == EMPTIED
    assert all(e.actor.startswith("tenure:") for e in gone)


EMPTIED = {"person.employer", "person.language"}
