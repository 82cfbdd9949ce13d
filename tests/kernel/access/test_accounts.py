"""Accounts opened by the console, and what the actor is told of her own sight."""

import pytest

from hjemmel.kernel import access
from hjemmel.kernel.access import sight
from hjemmel.kernel.access.accounts import open_account
from hjemmel.kernel.access.reasons import because
from hjemmel.kernel.audit.models import Entry
from tests.planting import FJORD, HARBOUR, member, officer

pytestmark = pytest.mark.django_db


def test_an_account_is_tied_to_whom_it_is_opened_for():
    leader = officer("chapter_leader", HARBOUR)
    with access.acting(actor="console", purpose="accounts/administration"):
        account = open_account(
            username=" Lise@Example.org ", password="en lang og god frase", subject_id=leader.pk
        )
    assert (account.subject_id, account.username) == (leader.pk, "Lise@Example.org")
    assert account.tied_on is not None
    assert account.check_password("en lang og god frase")


def test_sight_is_told_as_names_of_data(as_app):
    leader = officer("chapter_leader", HARBOUR)
    mine, other = member(HARBOUR), member(FJORD, given="Per")
    with as_app(actor=f"officer:{leader.pk}", purpose="membership/administration"):
        her = sight.of_subject(mine.subject_id)
        assert "person.birth_date" in her.seen
        assert "person.birth_date" not in her.changeable
        assert "person.name" in her.changeable
        assert sight.of_subject(other.subject_id) == sight.Sight(frozenset(), frozenset())
        records = sight.of_records(
            record="membership", subject_id=mine.subject_id, record_ids=[mine.pk, other.pk]
        )
        assert "membership.dates" in records[mine.pk].changeable
        assert records[other.pk].seen == frozenset()
    with access.acting(actor="console", purpose="membership/administration"):
        assert "person.national_id" in sight.of_subject(mine.subject_id).changeable


def test_a_reason_lasts_for_its_block_alone():
    mine = member(HARBOUR)
    with access.acting(actor="console", purpose="membership/administration", reason="request:1"):
        with because("rectification:wrong"):
            from hjemmel.domain.people.models import Email, Phone

            Email.objects.filter(subject_id=mine.subject_id).delete()
        Phone.objects.filter(subject_id=mine.subject_id).delete()
    gone = Entry.objects.filter(kind="deleted").order_by("id")
    assert [entry.reason for entry in gone] == ["rectification:wrong", "request:1"]
