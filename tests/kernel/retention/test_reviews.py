"""What is due for review: by the declaration, for whoever may change it, no longer once it is signed off."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact
from hjemmel.kernel import access, clock
from hjemmel.kernel.consent.models import Consent, Wording
from hjemmel.kernel.retention import reviews
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.subjects.refusals import ConflictError
from hjemmel.kernel.units.models import Tenure
from tests.kernel.retention.keeping import sweep
from tests.kernel.verify.register import counts, settle
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, member, officer

pytestmark = pytest.mark.django_db
PURPOSES = (
    "membership/administration",
    "offices/administration",
    "contact_register/administration",
    "contact_register/information",
)
JOINED, DAY_BEFORE, DAY = date(2018, 3, 1), date(2023, 2, 28), date(2023, 3, 1)


@pytest.fixture
def seen_by(as_app):
    """What somebody meets on a day: (record, id, day it was due)."""

    def seen(who: Subject, day: date) -> list[tuple[str, int, date]]:
        with clock.at(day), as_app(actor=f"officer:{who.pk}", purpose=PURPOSES):
            found = reviews.due()
            assert sum(w.count for w in reviews.waiting()) == len(found)
            return [(one.record, one.id, one.due) for one in found]

    return seen


def leader(unit: int = HARBOUR, **dates: date) -> Subject:
    return officer("chapter_leader", unit, **({"starts_on": date(2022, 1, 1)} | dates))


@pytest.mark.requirement("RET-06")
def test_it_is_due_as_long_after_the_beginning_as_the_rule_says_and_again_after_a_sign_off(seen_by, as_app):
    tie = member(HARBOUR, joined_on=JOINED)
    who = leader()
    assert seen_by(who, DAY_BEFORE) == []
    assert seen_by(who, DAY) == [("membership", tie.pk, DAY)]
    with clock.at(date(2023, 4, 2)), as_app(actor=f"officer:{who.pk}", purpose=PURPOSES):
        assert reviews.sign_off(record="membership", record_id=tie.pk, version=1) == 2
        assert reviews.waiting() == []
        with pytest.raises(ConflictError):
            reviews.sign_off(record="membership", record_id=tie.pk, version=1)
    assert seen_by(who, date(2028, 4, 1)) == []
    assert seen_by(who, date(2028, 4, 2)) == [("membership", tie.pk, date(2028, 4, 2))]


def test_what_has_ended_ends_by_itself(seen_by):
    member(HARBOUR, joined_on=JOINED, left_on=date(2023, 3, 1))
    assert seen_by(leader(), DAY) == []


def everything() -> dict[str, int]:
    """A record of each kind that is looked over, all from one day."""
    with access.acting(actor="console", purpose="contact_register/administration"):
        subject = Subject.objects.create()
        contact = Contact.objects.create(subject=subject, unit_id=HARBOUR, reason="Spurte", since=JOINED)
        wording = Wording.objects.create(purpose="contact_register/information", language="nb", text="Ja")
        consent = Consent.objects.create(
            subject=subject, purpose=wording.purpose, channel="post", wording=wording, given_on=JOINED,
            given_how="web",
        )  # fmt: skip
        tenure = Tenure.objects.create(
            subject=subject, office="region_leader", unit_id=NORTH, starts_on=JOINED
        )
        membership = Membership.objects.create(subject=subject, unit_id=HARBOUR, joined_on=JOINED)
        settle()
    made = {"contact": contact, "consent": consent, "tenure": tenure, "membership": membership}
    return {record: row.pk for record, row in made.items()}


def test_each_kind_is_listed_for_whoever_may_change_it_with_its_own_time(seen_by, as_app):
    made = everything()
    keeper = officer("register_keeper", ROOT, starts_on=date(2019, 1, 1))
    assert seen_by(keeper, date(2020, 3, 1)) == [("contact", made["contact"], date(2020, 3, 1))]
    listed = seen_by(keeper, DAY)
    assert {(record, number) for record, number, _ in listed} == set(made.items())
    assert {due for record, _, due in listed if record != "contact"} == {DAY}
    with clock.at(DAY), as_app(actor=f"officer:{keeper.pk}", purpose=PURPOSES):
        for one in reviews.due():
            reviews.sign_off(record=one.record, record_id=one.id, version=one.version)
        assert reviews.due() == []
    for reader in ("privacy_officer", "general_secretary"):  # they read, and change nothing
        assert seen_by(officer(reader, ROOT, starts_on=date(2019, 1, 1)), date(2040, 1, 1)) == []
    assert [record for record, _, _ in seen_by(leader(), date(2028, 3, 1))] == ["membership"]
    with clock.at(DAY):
        sweep(DAY)
        assert counts() == {}


def test_what_has_ended_and_no_rule_ends_is_looked_over_too(seen_by):
    """A rule without a period holds what has ended until somebody decides."""
    from hjemmel.declaration import texts_of
    from hjemmel.kernel.statement.actions import apply

    tie = member(HARBOUR, joined_on=JOINED, left_on=date(2020, 1, 1))
    keeper = officer("register_keeper", ROOT, starts_on=date(2019, 1, 1))
    assert seen_by(keeper, DAY) == []
    files = texts_of("mission")
    name, rule = "activities/membership.yaml", "    for: P5Y\n    after: membership.ended\n"
    endless = files[name].replace(rule, "    after: membership.ended\n    review: P5Y\n")
    assert endless != files[name]
    apply(files | {name: endless})
    assert seen_by(keeper, DAY_BEFORE) == []
    assert seen_by(keeper, DAY) == [("membership", tie.pk, DAY)]


def test_a_changed_rule_changes_the_day(seen_by):
    from hjemmel.declaration import texts_of
    from hjemmel.kernel.statement.actions import apply

    tie = member(HARBOUR, joined_on=JOINED)
    files = texts_of("mission")
    name = "activities/membership.yaml"
    apply(files | {name: files[name].replace("review: P5Y", "review: P3Y")})
    assert seen_by(leader(), DAY) == [("membership", tie.pk, date(2021, 3, 1))]


@pytest.mark.requirement("ORG-06")
def test_a_leader_of_another_unit_meets_none_and_can_sign_off_none(seen_by, as_app):
    tie = member(HARBOUR, joined_on=JOINED)
    hidden = member(HARBOUR, given="Begrenset", joined_on=JOINED)
    Subject.objects.filter(pk=hidden.subject_id).update(restricted=True)
    stranger, region, mine = leader(FJORD), officer("region_leader", NORTH), leader(HARBOUR)
    assert seen_by(mine, date(2030, 1, 1)) == [("membership", tie.pk, DAY)]
    for who in (stranger, region, member(HARBOUR, given="Ola").subject):
        assert seen_by(who, date(2030, 1, 1)) == []
    for who in (stranger, region):
        with as_app(actor=f"officer:{who.pk}", purpose=PURPOSES), pytest.raises(PermissionDenied):
            reviews.sign_off(record="membership", record_id=tie.pk, version=1)
    with as_app(actor=f"officer:{mine.pk}", purpose=PURPOSES):
        for record, number in (("membership", hidden.pk), ("person", tie.pk), ("account", tie.pk)):
            with pytest.raises(PermissionDenied):
                reviews.sign_off(record=record, record_id=number, version=1)
    with as_app(actor=f"officer:{mine.pk}", purpose="membership/grants"):
        assert reviews.due() == []  # a purpose that her duty does not carry
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from members_membership where reviewed_on is not null")
        assert cursor.fetchone() == (0,)
