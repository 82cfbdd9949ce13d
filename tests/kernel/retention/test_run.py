from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from hjemmel.declaration import texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.models import Clause, Recheck
from hjemmel.kernel.retention import actions, brake, nights, queries
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.vault.models import Key, Sealed
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper, rows, sweep
from tests.planting import HILL, member

pytestmark = pytest.mark.django_db
LEFT, DUE = date(2019, 6, 30), date(2024, 6, 30)


@pytest.fixture(autouse=True)
def acts():
    """The console, on a day when all of this is news."""
    with access.acting(actor="console", purpose="membership/administration"), clock.at(date(2018, 1, 1)):
        yield


def left() -> Membership:
    """A member who left five years before the day."""
    return member(joined_on=date(2010, 1, 1), left_on=LEFT)


@pytest.mark.requirement("RET-01")
def test_the_plan_names_each_thing_with_its_rule_and_the_day_it_fell_due():
    tie = left()
    email = Email.objects.get(subject=tie.subject_id)
    before = register.every_row()
    found = queries.plan(LEFT)
    assert found.items[0] == queries.Item(
        "row", "people_email", email.pk, tie.subject_id, "person.email", "membership/keep/1", LEFT
    )
    said = found.as_json()
    assert (said["day"], said["subjects"]) == ("2019-06-30", 1)
    assert said["counts"] == {"membership/keep/1": {"row": 2}}
    assert said["items"][0]["due"] == "2019-06-30"
    assert register.every_row() == before
    assert {i.happens for i in queries.plan(DUE).items} == {"row", "record", "person"}
    assert queries.plan(LEFT - timedelta(days=1)).items == ()


@pytest.mark.requirement("RET-09")
def test_all_that_went_stands_in_the_log_with_its_rule_and_without_what_it_was():
    tie = left()
    Person.objects.filter(pk=tie.subject_id).update(language="nn", employer="Fjordbruket")
    sweep(LEFT)
    gone = Entry.objects.filter(subject_id=tie.subject_id, kind__in=["deleted", "erased"])
    assert {(e.kind, e.table_name, e.field) for e in gone} == {
        ("deleted", "people_email", None),
        ("deleted", "people_phone", None),
        ("erased", "people_person", "language"),
        ("erased", "people_person", "employer"),
    }
    assert {(e.actor, e.reason, e.commitment) for e in gone} == {
        ("job:retention", "rule:membership/keep/1", None)
    }
    sweep(DUE)
    assert {e.reason for e in gone.filter(at__isnull=False)} == {
        "rule:membership/keep/1",
        "rule:membership/keep/2",
    }
    assert gone.filter(kind="deleted", table_name="people_person").count() == 1
    run = nights.last_run()
    assert run is not None
    assert (run.day, run.swept, run.state) == (DUE, 1, Run.State.DONE)
    noted = Entry.objects.get(kind="run", record_id=run.pk)
    assert (noted.actor, noted.table_name) == ("job:retention", "retention_run")
    assert run.counts["membership/keep/2"]["person"] == 1


def test_inserted_less_gone_is_what_is_there():
    left(), member()
    sweep(DUE)
    for table in ("members_membership", "people_person", "people_email", "audit_value"):
        ((there,),) = rows(f"select count(*) from {table}")
        ((put,),) = rows("select coalesce(sum(rows), 0) from audit_tally where table_name = %s", table)
        ((gone,),) = rows(
            "select count(*) from audit_entry where kind = 'deleted' and table_name = %s", table
        )
        assert put - gone == there


def test_what_others_say_of_somebody_who_goes_is_emptied_and_nothing_else_of_theirs():
    recruiter = left()
    recruited, other = member(given="Per"), member(given="Ida", left_on=LEFT, joined_on=date(2018, 1, 1))
    for tie in (recruited, other):
        Membership.objects.filter(pk=tie.pk).update(recruiter=recruiter.subject_id, earlier="Frikyrkja")
    sweep(DUE - timedelta(days=1))
    before = register.every_row()[recruited.subject_id]
    found = queries.plan(DUE)
    assert [i for i in found.items if i.happens == "reference"] == [
        queries.Item(
            "reference", "members_membership", recruited.pk, recruited.subject_id,
            "membership.recruiter", "membership/keep/2", DUE,
        )
    ]  # fmt: skip
    sweep(DUE)
    now = Membership.objects.get(pk=recruited.pk)
    assert (now.recruiter_id, now.earlier) == (None, "Frikyrkja")
    after = register.every_row()[recruited.subject_id]
    mine = ("members_membership", recruited.pk)
    assert {k: t for k, t in after.items() if k != mine} == {k: t for k, t in before.items() if k != mine}
    erased = Entry.objects.filter(kind="erased", subject_id=recruited.subject_id)
    assert [(e.field, e.reason) for e in erased] == [("recruiter_id", "rule:membership/keep/2")]


def test_the_id_of_a_person_stays_and_says_nothing_the_id_of_nobody_goes():
    tie = left()
    Subject.objects.filter(pk=tie.subject_id).update(shielded=True, restricted=True)
    placeholder = register.staged(Subject.objects.create(), register.Mark("x"), LEFT)
    unused = register.account(Subject.objects.create(), register.Mark("y"), LEFT)
    sweep(DUE)
    stays = Subject.objects.get(pk=tie.subject_id)
    assert (stays.gone_on, stays.shielded, stays.restricted) == (DUE, False, False)
    assert not Subject.objects.filter(pk__in=[placeholder.subject_id, unused.subject_id]).exists()


def test_an_account_that_is_tied_to_its_person_leaves_its_own_id_behind():
    tie = member()
    account = register.account(Subject.objects.create(), register.Mark("x"), LEFT)
    own = account.subject_id
    register.settle()
    Account.objects.filter(pk=account.pk).update(subject=tie.subject_id, tied_on=LEFT)
    assert sweep(LEFT).counts == {"none": {"subject": 1}}
    assert not Subject.objects.filter(pk=own).exists()
    assert Account.objects.get(pk=account.pk).subject_id == tie.subject_id


def test_the_key_goes_with_the_last_sealed_value():
    tie, other = left(), member(given="Per")
    for subject in (tie.subject_id, other.subject_id):
        Key.objects.create(subject_id=subject, wrapped=register.FIRST + b"k")
        Sealed.objects.create(subject_id=subject, datum="person.national_id", value=b"v", digest=b"d")
    sweep(LEFT)
    assert [k.pk for k in Key.objects.all()] == [other.subject_id]
    assert [s.subject_id for s in Sealed.objects.all()] == [other.subject_id]


def test_what_only_a_record_held_goes_when_the_record_is_taken_away():
    tie = member()
    second = Membership.objects.create(subject_id=tie.subject_id, unit_id=HILL, joined_on=LEFT)
    contact = register.contact(tie.subject, register.Mark("x"), since=LEFT)
    with connection.cursor() as cursor:
        cursor.execute("select set_config('hjemmel.reason', 'rectification:never', true)")
    Membership.objects.filter(pk=tie.pk).delete()
    assert sweep(DUE).counts == {}
    Membership.objects.filter(pk=second.pk).delete()
    assert [*Recheck.objects.values_list("subject_id", flat=True)] == [tie.subject_id]
    Person.objects.filter(pk=tie.subject_id).update(display_name="Kari")
    assert register.stored(tie.subject_id) >= {"person.name", "person.email"}
    sweep(DUE)
    assert register.stored(tie.subject_id) == {
        "person.name", "person.birth_date", "person.email", "person.phone", "person.postal_address",
    }  # fmt: skip
    assert register.is_there(contact)
    assert not Recheck.objects.exists()


def test_a_column_of_a_record_goes_alone_when_another_rule_holds_the_rest():
    files = texts_of("mission")
    name, long = "activities/membership.yaml", "person.gender, membership.*]"
    assert long in files[name]
    short = "person.gender, membership.number, membership.dates, membership.unit, membership.type]"
    apply(files | {name: files[name].replace(long, short)})
    tie = register.membership(
        Subject.objects.create(), register.Mark("Kari"), joined_on=date(2010, 1, 1), left_on=LEFT
    )
    sweep(LEFT)
    now = Membership.objects.get(pk=tie.pk)
    assert (now.earlier, now.leaving, now.leaving_reason, now.joined_how) == (None, None, None, None)
    assert (now.kind, now.joined_on, now.left_on, now.unit_id) == ("ordinary", date(2010, 1, 1), LEFT, 111)
    assert sweep(DUE).counts == {"membership/keep/2": {"record": 1, "person": 1}}


def test_nobody_writes_about_somebody_who_is_gone():
    tie = left()
    sweep(DUE)
    refused = pytest.raises(IntegrityError, match="gone from the register")
    with clock.at(DUE), refused, transaction.atomic():
        Membership.objects.create(subject_id=tie.subject_id, unit_id=HILL, joined_on=DUE)


def test_nothing_goes_before_its_day_has_come():
    left()
    Installation.objects.update(kind=Installation.Kind.PRODUCTION)
    ((today,),) = rows("select kernel.today()")  # the real one: the register is no test any more
    ahead = today + timedelta(days=1)
    assert queries.plan(ahead).subjects == 1
    with keeper(), pytest.raises(brake.RetentionError, match="has not come"):
        actions.run(ahead)
    with keeper():
        assert actions.run(LEFT).counts == {"membership/keep/1": {"row": 2}}  # a day that has been


def test_a_rule_that_asks_for_more_than_deleting_stops_the_run():
    Clause.objects.filter(rule="membership/keep/2", status="live").update(then="anonymise")
    with keeper(), pytest.raises(brake.RetentionError, match="membership/keep/2"):
        actions.run(DUE)


def test_the_brake_waits_for_somebody_who_has_looked():
    left(), left()
    with keeper(), pytest.raises(brake.BrakeError, match="due of 2 persons; the usual is at most 0"):
        actions.run(DUE, brake=1)
    stopped = nights.last_run()
    assert stopped is not None
    assert (stopped.state, stopped.due, stopped.swept) == (Run.State.STOPPED, 2, 0)
    assert Person.objects.count() == 2
    with keeper():
        assert actions.run(DUE, actor="console").subjects == 2
    left(), left(), left()
    with keeper():  # two were swept by hand: three are not far above that
        assert actions.run(DUE, brake=1).subjects == 3


def test_the_brake_counts_those_of_whom_something_is_due_and_not_all_who_are_looked_at():
    left()
    for _ in range(4):
        member(joined_on=date(2010, 1, 1))
    files = texts_of("mission")
    name = "activities/membership.yaml"
    apply(files | {name: files[name].replace("review: P5Y", "review: P3Y")})
    with keeper():
        assert (len(queries.waiting(DUE)), queries.plan(DUE).subjects, queries.persons(DUE)) == (5, 1, 1)
        assert actions.run(DUE, brake=1).subjects == 5
    run = Run.objects.get()
    assert (run.due, run.swept) == (1, 5)
    for _ in range(6):
        left()
    with keeper(), pytest.raises(brake.BrakeError, match="due of 6 persons; the usual is at most 1"):
        actions.run(DUE, brake=1)


def test_one_that_the_database_refuses_does_not_keep_the_others():
    ties = [left() for _ in range(5)]
    stuck = ties[3].subject_id
    with connection.cursor() as cursor:
        cursor.execute(
            "create function pg_temp.stuck() returns trigger language plpgsql as"
            " $$ begin raise 'not this one'; end $$"
        )
        cursor.execute(
            "create trigger stuck before delete on members_membership for each row"
            f" when (old.subject_id = {stuck}) execute function pg_temp.stuck()"
        )
    with keeper():
        done = actions.run(DUE)
    assert (done.subjects, done.left) == (4, 1)
    assert [*Person.objects.values_list("pk", flat=True)] == [stuck]
    with connection.cursor() as cursor:
        cursor.execute("drop trigger stuck on members_membership")
    assert sweep(DUE).subjects == 1
