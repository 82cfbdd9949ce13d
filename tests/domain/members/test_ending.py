"""Leaving: the date and the reason, nobody's list from that day, and taking it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from hjemmel.domain.members import actions, queries
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people import queries as people
from hjemmel.kernel import clock
from hjemmel.kernel.subjects.refusals import ConflictError, Refused
from tests.domain.looking import joined, left, unmasked
from tests.planting import FJORD, HARBOUR, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"


@pytest.fixture
def her():
    return joined(HARBOUR, given_name="Ida", family_name="Sund", phones=["68050123"])


@pytest.mark.requirement("MEM-05")
def test_leaving_is_recorded_with_date_category_and_an_optional_reason(as_app, her):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        version = actions.end(
            membership_id=her.membership_id, version=1, left_on="01.03.2026", leaving="left", reason="Flyttet"
        )
        row = queries.membership(her.membership_id)
        assert (version, row.version, str(row.left_on), row.leaving, row.leaving_reason, row.open) == (
            2, 2, "2026-03-01", "left", "Flyttet", False,
        )  # fmt: skip


@pytest.mark.requirement("MEM-07")
def test_who_leaves_is_in_nobodys_list_the_same_day(as_app, her):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert queries.unit_count(HARBOUR) == 1
        actions.end(membership_id=her.membership_id, version=1)
        assert queries.unit_page(HARBOUR) == []
        assert queries.unit_count(HARBOUR) == 0
        assert people.visible_person(her.person_id) is None
        assert people.search("Sund") == []
        assert people.search("68050123") == []
        assert queries.unit_page(HARBOUR, state="ended") == []


def test_a_membership_that_ends_tomorrow_is_open_today(as_app, her):
    leader = officer("chapter_leader", HARBOUR)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        actions.end(membership_id=her.membership_id, version=1, left_on=clock.today() + timedelta(days=1))
        assert [m.person_id for m in queries.unit_page(HARBOUR)] == [her.person_id]
        # What was written for another day may be written anew until it comes.
        actions.end(membership_id=her.membership_id, version=2)
        assert queries.unit_page(HARBOUR) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"left_on": "14.01.2020"}, "left_on"),
        ({"left_on": "01.01.2030"}, "left_on"),
        ({"left_on": "yesterday"}, "left_on"),
        ({"leaving": "angry"}, "leaving"),
        ({"reason": "x" * 201}, "leaving_reason"),
    ],
)
def test_an_ending_that_cannot_be_is_refused(as_app, her, given, field):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        with pytest.raises(Refused) as refused:
            actions.end(membership_id=her.membership_id, version=1, **given)
        assert refused.value.errors.keys() == {field}


def test_who_wrote_the_ending_takes_it_back_the_same_day_and_nobody_else(as_app, her):
    leader, second = officer("chapter_leader", HARBOUR), officer("chapter_leader", HARBOUR, given="Nina")
    stranger = officer("chapter_leader", FJORD, given="Per")
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        actions.end(membership_id=her.membership_id, version=1)
    for other in (second, stranger):
        with as_app(actor=f"officer:{other.pk}", purpose=ADMIN), pytest.raises(PermissionDenied):
            actions.withdraw_end(membership_id=her.membership_id)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert actions.withdraw_end(membership_id=her.membership_id) == 3
        assert [(m.person_id, m.left_on, m.phone) for m in queries.unit_page(HARBOUR)] == [
            (her.person_id, None, "+4768050123")
        ]
        with pytest.raises(PermissionDenied):
            actions.withdraw_end(membership_id=her.membership_id)


def test_yesterdays_ending_stands_for_her_but_not_for_the_keeper(as_app, her):
    leader, keeper = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        actions.end(membership_id=her.membership_id, version=1)
    with connection.cursor() as cursor:  # the log is only ever added to, so its clock is moved by the owner
        cursor.execute("alter table audit_entry disable trigger user")
        cursor.execute("update audit_entry set at = at - interval '1 day' where field = 'left_on'")
        cursor.execute("alter table audit_entry enable trigger user")
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN), pytest.raises(PermissionDenied):
        actions.withdraw_end(membership_id=her.membership_id)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        actions.withdraw_end(membership_id=her.membership_id)
        assert queries.membership(her.membership_id).open


def test_an_unseen_membership_is_neither_ended_nor_changed(as_app, her):
    stranger = officer("chapter_leader", FJORD)
    with as_app(actor=f"officer:{stranger.pk}", purpose=ADMIN):
        for membership_id in (her.membership_id, 4711):
            with pytest.raises(PermissionDenied):
                actions.end(membership_id=membership_id, version=1)
            with pytest.raises(PermissionDenied):
                actions.change(membership_id=membership_id, version=1, changes={"kind": "child"})
        assert Membership.objects.filter(pk=her.membership_id).update(left_on="2026-01-01") == 0
        with unmasked():
            assert Membership.objects.get(pk=her.membership_id).left_on is None


@pytest.mark.requirement("MEM-02")
def test_a_change_writes_the_given_fields_and_no_other(as_app, her):
    keeper = officer("register_keeper", ROOT)
    other = joined(HARBOUR, given_name="Ola", family_name="Verver")
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        before = Membership.objects.filter(pk=her.membership_id).values().get()
        actions.change(
            membership_id=her.membership_id,
            version=1,
            changes={"earlier": "Norsk  Sjølag", "recruiter_id": other.person_id, "joined_how": "event"},
        )
        after = Membership.objects.filter(pk=her.membership_id).values().get()
        changed = {name: value for name, value in after.items() if before[name] != value}
        assert changed == {
            "version": 2, "earlier": "Norsk Sjølag", "recruiter_id": other.person_id, "joined_how": "event",
        }  # fmt: skip


def test_somebody_was_faster(as_app, her):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        actions.change(membership_id=her.membership_id, version=1, changes={"kind": "supporter"})
        with pytest.raises(ConflictError) as conflict:
            actions.change(membership_id=her.membership_id, version=1, changes={"kind": "child"})
        assert (conflict.value.version, conflict.value.stored) == (2, {"kind": "supporter"})


def test_a_corrected_date_of_leaving_moves_what_is_due(as_app, her):
    keeper = officer("register_keeper", ROOT)
    left(her, "29.02.2024")
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        (before,) = [h for h in people.hjemler(her.person_id) if h.rule == "membership/keep/2"]
        actions.change(membership_id=her.membership_id, version=2, changes={"left_on": "31.01.2023"})
        (after,) = [h for h in people.hjemler(her.person_id) if h.rule == "membership/keep/2"]
    assert (str(before.until), str(after.until)) == ("2029-02-28", "2028-01-31")


@pytest.mark.requirement("MEM-05")
def test_a_year_mistyped_does_not_erase_a_member_in_the_night(as_app):
    keeper = officer("register_keeper", ROOT)
    member = joined(HARBOUR, given_name="Kari", family_name="Nordmann", joined_on="15.01.2001")
    with as_app(actor=f"officer:{keeper.pk}", purpose="membership/administration"):
        with pytest.raises(Refused) as refusal:
            actions.end(membership_id=member.membership_id, version=1, left_on="23.11.2016")
        assert set(refusal.value.errors) == {"left_on"}
