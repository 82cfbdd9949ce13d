"""Holds: what one keeps back, from whom, and what it leaves alone."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people import actions
from hjemmel.domain.people.models import Email, Person, Phone
from hjemmel.kernel import access, catalog, clock
from hjemmel.kernel.access.reasons import because
from hjemmel.kernel.holds import actions as holds
from hjemmel.kernel.holds.models import Hold
from hjemmel.kernel.holds.queries import may_set, of
from hjemmel.kernel.retention import due, queries
from hjemmel.kernel.retention.held import kept_back
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import Refused
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows, sweep
from tests.planting import HARBOUR, HILL, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-08")]
LEFT, DUE = date(2019, 6, 30), date(2024, 6, 30)
SINCE = {"starts_on": date(2017, 1, 1)}
REGISTER = ("membership/administration", "holds/evidence")


@pytest.fixture(autouse=True)
def acts():
    """The console, on a day when all of this is news."""
    with access.acting(actor="console", purpose="membership/administration"), clock.at(date(2018, 1, 1)):
        yield


def left() -> Membership:
    """A member who left five years before the day."""
    return member(joined_on=date(2010, 1, 1), left_on=LEFT)


def held(tie: Membership, **fields: Any) -> Hold:
    """A hold of what there is about the member."""
    return register.hold(tie.subject, register.Mark("sak"), set_on=date(2018, 1, 1), **fields)


def test_the_plan_says_what_is_kept_back_and_by_which_hold():
    tie, other = left(), left()
    hold = held(tie)
    free = queries.plan(DUE)
    assert {item.subject_id for item in free.items} == {other.subject_id}
    assert {(one.subject_id, one.holds) for one in free.held} == {(tie.subject_id, (hold.pk,))}
    # Why it is held is held too, for a year more: so the other's id is all that the plan has besides.
    whole = {(i.happens, i.table, i.datum, i.rule) for i in free.items if i.happens != "person"}
    assert {(k.happens, k.table, k.datum, k.rule) for k in free.held} == whole
    assert free.as_json()["held"][0]["holds"] == [hold.pk]
    with clock.at(DUE):
        Hold.objects.filter(pk=hold.pk).update(ends_on=DUE)
    assert queries.plan(DUE).held == ()


def test_a_hold_of_one_kind_is_named_for_that_kind_alone():
    tie = left()
    one, two = held(tie, record="membership"), held(tie, data=["person.name"])
    found = {(k.table, k.datum): k.holds for k in queries.plan(DUE).held}
    assert found["members_membership", None] == (one.pk,)
    assert found["people_person", None] == (two.pk,)
    assert "people_email" not in {table for table, _ in found}


def test_the_sweep_passes_by_and_comes_back_by_itself_when_it_ends():
    tie = left()
    hold = held(tie, ends_on=date(2025, 3, 1))
    sweep(DUE)
    assert queries.waiting(date(2025, 2, 28)) == []
    assert queries.waiting(date(2025, 3, 1)) == [tie.subject_id]
    assert sweep(date(2025, 3, 1)).counts["membership/keep/2"]["record"] == 1
    assert Hold.objects.filter(pk=hold.pk).exists()
    assert sweep(date(2026, 3, 1)).counts["holds/keep/1"] == {"record": 1, "person": 1}


@pytest.mark.parametrize("role", ["hjemmel_owner", "hjemmel_keeper", "hjemmel_kernel"])
def test_nobodys_delete_passes_a_hold_of_everything(role):
    tie = member()
    register.fill(tie.subject, register.Mark("m", 7))
    register.account(tie.subject, register.Mark("a"), LEFT)
    register.contact(tie.subject, register.Mark("c"), since=LEFT)
    Phone.objects.filter(subject=tie.subject_id).update(number="+4768050999")
    held(tie)
    register.settle()
    tried = set()
    for table in catalog.tables():
        if not table.subject or table.name == "holds_hold":
            continue
        there = rows(f"select 1 from {table.name} where {table.subject} = %s", tie.subject_id)
        if there:
            tried.add(table.name)
            _refused(role, f"delete from {table.name} where {table.subject} = {tie.subject_id}")
    assert {"people_person", "members_membership", "audit_value", "vault_key", "subjects_subject"} <= tried


def _refused(role: str, sql: str) -> None:
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        _as(role, sql)
    assert error.value.__cause__.diag.constraint_name == "hold_keeps", sql


def _as(role: str, sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
        cursor.execute("select set_config('hjemmel.reason', 'rectification:test', true)")
        cursor.execute(sql)


def test_nobody_empties_or_hands_over_what_is_held():
    tie, other = member(), member(HILL, given="Ida")
    held(tie)
    register.settle()
    for column in ("given_name", "birth_date"):
        _refused("hjemmel_keeper", f"update people_person set {column} = null where id = {tie.subject_id}")
    _refused("hjemmel_keeper", f"update people_person set given_name = '' where id = {tie.subject_id}")
    moved = f"set subject_id = {other.subject_id} where subject_id = {tie.subject_id}"
    _refused("hjemmel_keeper", f"update people_email {moved}")
    gone = f"update subjects_subject set gone_on = '2024-01-01' where id = {tie.subject_id}"
    _refused("hjemmel_keeper", gone)
    Person.objects.filter(pk=tie.subject_id).update(given_name="Kåre")  # a mistake may be put right
    assert Person.objects.get(pk=tie.subject_id).given_name == "Kåre"


def test_a_hold_of_one_kind_or_some_data_leaves_the_rest_to_whoever_may():
    tie = member()
    held(tie, record="membership")
    held(tie, data=["person.email"])
    register.settle()
    with because("rectification:test"):
        Phone.objects.filter(subject=tie.subject_id).delete()
    _refused("hjemmel_owner", f"delete from people_email where subject_id = {tie.subject_id}")
    _refused("hjemmel_owner", f"delete from members_membership where subject_id = {tie.subject_id}")


def test_nobody_sees_what_only_a_hold_keeps(as_app):
    tie = left()
    held(tie)
    sweep(DUE)
    keeper_, rights = officer("register_keeper", ROOT), officer("privacy_officer", ROOT)
    with clock.at(DUE):
        for subject in (keeper_, rights):
            with as_app(actor=f"officer:{subject.pk}", purpose=REGISTER):
                assert not Membership.objects.filter(subject=tie.subject_id).exists()
                assert not Email.objects.filter(subject=tie.subject_id).exists()
                person = Person.objects.filter(pk=tie.subject_id).first()
                assert person is None or person.display_name is None
                (seen,) = Hold.objects.filter(subject=tie.subject_id)
                assert (seen.reference is not None) == (subject == rights)
        with as_app(actor=f"self:{tie.subject_id}", purpose=REGISTER):
            assert not Membership.objects.exists()
            assert Hold.objects.get().reference
    assert Membership.objects.filter(subject=tie.subject_id).exists()


def test_who_handles_rights_sets_and_releases_and_nobody_else(as_app):
    tie = member()
    rights, other = officer("privacy_officer", ROOT, **SINCE), officer("register_keeper", ROOT, **SINCE)
    leader = officer("chapter_leader", HARBOUR, **SINCE)
    for subject in (other, leader):
        with as_app(actor=f"officer:{subject.pk}", purpose=REGISTER):
            assert not may_set(tie.subject_id)
            with pytest.raises(PermissionDenied):
                holds.set_hold(subject_id=tie.subject_id, reason="police", reference="Sak 1")
    with as_app(actor=f"officer:{rights.pk}", purpose=REGISTER):
        assert may_set(tie.subject_id)
        number = holds.set_hold(subject_id=tie.subject_id, reason="police", reference=" Sak  1 ")
        (hold,) = of(tie.subject_id)
        assert (hold.id, hold.reference, hold.lasts) == (number, "Sak 1", True)
        assert hold.set_by.startswith("tenure:")
        with pytest.raises(ProgrammingError, match="keeps its scope"), transaction.atomic():
            Hold.objects.filter(pk=number).update(record="membership")
    with as_app(actor=f"officer:{rights.pk}", purpose=REGISTER):
        holds.end(hold_id=number, version=1)
        (hold,) = of(tie.subject_id)
        assert not hold.lasts
        with pytest.raises(Refused):
            holds.end(hold_id=number, version=2, ends_on=clock.today() + timedelta(days=3))


def test_an_officer_who_deletes_what_is_held_is_told_so(as_app):
    tie = member()
    held(tie)
    other = officer("register_keeper", ROOT, **SINCE)
    email = Email.objects.get(subject=tie.subject_id)
    with as_app(actor=f"officer:{other.pk}", purpose=REGISTER), pytest.raises(Refused) as refused:
        actions.remove_point(model="email", point_id=email.pk, version=1, why="wrong")
    assert set(refused.value.errors) == {""}


def test_what_is_wrong_with_a_hold_is_said_all_at_once():
    with pytest.raises(Refused) as refused:
        holds.set_hold(subject_id=1, reason="x", reference=" ", record="x", ends_on=date(2018, 1, 1))
    assert set(refused.value.errors) == {"reason", "reference", "record", "ends_on"}


def test_a_hold_is_of_data_there_are():
    with pytest.raises(IntegrityError), transaction.atomic():
        held(member(), data=["person.shoe_size"])


DATA = ("person.name", "person.email", "person.phone", "person.birth_date", "membership.dates")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.sampled_from([None, "membership", "contact"]),
            st.none() | st.lists(st.sampled_from(DATA), min_size=1, max_size=3, unique=True),
            st.none() | st.dates(date(2024, 1, 1), date(2025, 12, 31)),
        ),
        max_size=3,
    ),
    st.dates(date(2019, 6, 1), date(2025, 12, 31)),
)
def test_due_and_kept_back_are_together_what_would_go_without_holds(several, day):
    with transaction.atomic():
        tie = left()
        for record, data, until in several:
            held(tie, record=record, data=data, ends_on=until)
        register.settle()
        with keeper():
            positions = queries.places()
            ids = [tie.subject_id]
            kept = {_thing(k) for k in kept_back(day, positions, ids)}
            all_, left_ = (
                {_thing(queries.Item(*row)) for row in _items(ids, day, holds=on)} for on in (False, True)
            )
        assert kept == all_ - left_
        assert bool(kept) <= bool([h for h in several if h[2] is None or h[2] > day])
        done = sweep(day) if day <= clock.today() else None
        assert done is None or done.left == 0
        transaction.set_rollback(True)


def _thing(one: Any) -> tuple[Any, ...]:
    return one.happens, one.table, one.row_id, one.subject_id, one.datum


def _items(ids: list[int], day: date, *, holds: bool) -> list[Any]:
    sql = due.items(due.OF_BATCH, queries.places(), holds=holds)
    with connection.cursor() as cursor:
        cursor.execute(sql, {"ids": ids, "day": day})
        return cursor.fetchall()


def test_a_hold_on_somebody_who_is_gone_is_refused():
    tie = left()
    sweep(DUE)
    with pytest.raises(IntegrityError), transaction.atomic():
        held(tie)
    assert Subject.objects.get(pk=tie.subject_id).gone_on == DUE
