"""Consents: for one purpose over one channel, bound to address and wording, withdrawn as easily as given."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.utils.translation import override

from hjemmel.kernel import clock
from hjemmel.kernel.consent import actions, queries
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.consent.models import Consent
from hjemmel.kernel.subjects.refusals import ConflictError, Refused
from tests.planting import FJORD, HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
CONTACTS = ("contact_register/administration", "contact_register/information", "membership/administration")
NEWS = "contact_register/information"


@pytest.fixture
def her():
    return member(HARBOUR).subject_id


@pytest.fixture
def keeper(as_app, her):
    who = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{who.pk}", purpose=CONTACTS):
        yield who


def email(**fields):
    return Given(
        **{"purpose": NEWS, "channel": "email", "address": "kari@example.org", "how": "paper"} | fields
    )


@pytest.mark.requirement("CON-01")
def test_it_says_when_how_by_whom_to_which_address_and_with_which_words(keeper, her):
    day = clock.today() - timedelta(days=3)
    number = actions.give(subject_id=her, given=email(given_on=day))
    (row,) = queries.open_for(her)
    assert (row.id, row.purpose, row.channel, row.address, row.given_on, row.given_how, row.open) == (
        number, NEWS, "email", "kari@example.org", day, "paper", True,
    )  # fmt: skip
    assert "Fjellheim Misjon" in row.wording
    assert row.title == "sende deg det du har sagt ja til å få"
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute(
            "select actor from audit_entry where table_name = 'consent_consent' and record_id = %s", [number]
        )
        assert cursor.fetchone()[0].startswith("tenure:")
        cursor.execute("set local role hjemmel_app")


@pytest.mark.requirement("CON-02")
def test_withdrawing_is_one_step_and_at_once(keeper, her):
    number = actions.give(subject_id=her, given=email())
    version = actions.withdraw(consent_id=number, version=1, how="phone")
    assert version == 2
    assert queries.open_for(her) == []
    (row,) = queries.of(her)
    assert (row.open, row.withdrawn_on, row.withdrawn_how) == (False, clock.today(), "phone")
    # Again does no harm, and a new yes is a new row.
    assert actions.withdraw(consent_id=number, version=1, how="web") == 2
    assert actions.give(subject_id=her, given=email()) != number
    assert [row.open for row in queries.of(her)].count(True) == 1


@pytest.mark.requirement("CON-02")
def test_a_person_gives_and_withdraws_her_own(as_app, her):
    other = member(FJORD, given="Per").subject_id
    with as_app(actor=f"self:{her}", purpose="accounts/administration"):
        number = actions.give(subject_id=her, given=email(how="web"))
        with pytest.raises(PermissionDenied):
            actions.give(subject_id=other, given=email(how="web"))
        assert [row.id for row in queries.open_for(her)] == [number]
        actions.withdraw(consent_id=number, version=1, how="web")
        assert queries.open_for(her) == []


def test_the_same_yes_twice_is_one(keeper, her):
    first = actions.give(subject_id=her, given=email())
    assert actions.give(subject_id=her, given=email(how="phone")) == first
    assert actions.give(subject_id=her, given=email(address="annen@example.org")) != first


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"purpose": "membership/administration"}, {"channel"}),
        ({"purpose": "gifts/unknown"}, {"purpose"}),
        ({"purpose": "news"}, {"purpose"}),
        ({"channel": "pigeon"}, {"channel"}),
        ({"address": ""}, {"address"}),
        ({"how": "telepathy"}, {"how"}),
        ({"given_on": clock.after(clock.today(), days=1)}, {"given_on"}),
    ],
)
def test_what_nobody_asks_for_is_refused(keeper, her, fields, wrong):
    with pytest.raises(Refused) as refused:
        actions.give(subject_id=her, given=email(**fields))
    assert refused.value.errors.keys() == wrong


def test_withdrawing_has_its_own_faults(keeper, her):
    number = actions.give(subject_id=her, given=email())
    tomorrow, yesterday = clock.after(clock.today(), days=1), clock.after(clock.today(), days=-1)
    for fields, wrong in (
        ({"how": "telepathy"}, "how"),
        ({"how": "web", "on": tomorrow}, "on"),
        ({"how": "web", "on": yesterday}, "on"),
    ):
        with pytest.raises(Refused) as refused:
            actions.withdraw(consent_id=number, version=1, **fields)
        assert refused.value.errors.keys() == {wrong}
    with pytest.raises(ConflictError):
        actions.withdraw(consent_id=number, version=7, how="web")
    with pytest.raises(PermissionDenied):
        actions.withdraw(consent_id=4711, version=1, how="web")


@pytest.mark.requirement("ORG-06")
def test_a_leader_neither_sees_gives_nor_withdraws_what_she_has_no_duty_for(as_app, her):
    keeper, leader = officer("register_keeper", ROOT), officer("chapter_leader", HARBOUR, given="Lise")
    with as_app(actor=f"officer:{keeper.pk}", purpose=CONTACTS):
        number = actions.give(subject_id=her, given=email())
    with as_app(actor=f"officer:{leader.pk}", purpose=CONTACTS):
        assert queries.of(her) == []
        with pytest.raises(PermissionDenied):
            actions.give(subject_id=her, given=email())
        with pytest.raises(PermissionDenied):
            actions.withdraw(consent_id=number, version=1, how="web")
        refused = pytest.raises(DatabaseError, match="not yours")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select kernel.withdraw_consent(%s, 1, current_date, 'web')", [number])
        assert Consent.objects.filter(pk=number).update(withdrawn_on=clock.today()) == 0


def test_the_words_are_asked_in_the_language_of_the_form(keeper, her):
    asked = queries.asked()
    assert {q.channel for q in asked} == {"email", "sms", "phone", "post"}
    with override("en"):
        english = queries.asked()[0].wording
    assert english != asked[0].wording
    number = actions.give(subject_id=her, given=email(language="en"))
    assert Consent.objects.select_related("wording").get(pk=number).wording.text == english


def test_no_address_stands_in_a_repr():
    assert "kari" not in repr(email())
