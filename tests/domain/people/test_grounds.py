"""Why somebody is held, who can see her, and contacts: people in the register for a stated reason."""

import pytest
from django.core.exceptions import PermissionDenied

from hjemmel.domain.people import actions, queries
from hjemmel.domain.people.actions import LikelySame, NewPerson
from hjemmel.kernel import clock
from hjemmel.kernel.consent.actions import Given
from hjemmel.kernel.subjects.refusals import ConflictError, Refused
from tests.domain.looking import joined, left
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, officer

pytestmark = pytest.mark.django_db
ADMIN = "membership/administration"
CONTACTS = ("contact_register/administration", ADMIN)


def rules(person_id):
    return [(h.rule, h.unit_name, str(h.until) if h.until else None) for h in queries.hjemler(person_id)]


def test_a_person_sees_every_ground_and_an_officer_those_her_duties_reach(as_app):
    her = joined(HARBOUR, given_name="Ida", family_name="Sund", joined_on="01.02.2020")
    left(her, "01.03.2025", kind="supporter")  # the log's two values are one ground to read
    leader, keeper = officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    with as_app(actor=f"self:{her.person_id}", purpose="accounts/administration"):
        assert rules(her.person_id) == [
            ("membership/keep/2", "Havna", "2030-03-01"),
            ("change_log/keep/1", "Fjellheim", str(clock.after(clock.today(), years=5))),
        ]
        history, _log = queries.hjemler(her.person_id)
        assert history.activity_title == "Medlemskap"
        assert "fem år" in history.sentence.lower()
        assert "person.phone" not in history.data
        assert str(history.ended) == "2025-03-01"
        assert "tilskudd" in history.because
    with as_app(actor=f"officer:{leader.pk}", purpose=ADMIN):
        assert rules(her.person_id) == []
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        assert rules(her.person_id) == [("membership/keep/2", "Havna", "2030-03-01")]


def test_who_can_see_somebody_is_told_by_office_and_never_by_name(as_app):
    her = joined(HARBOUR, given_name="Ida", family_name="Sund")
    officer("chapter_leader", HARBOUR)
    officer("chapter_leader", FJORD)
    officer("region_leader", NORTH)
    officer("register_keeper", ROOT)
    officer("privacy_officer", ROOT, starts_on="2020-01-01", ends_on="2021-01-01")
    with as_app(actor=f"self:{her.person_id}", purpose="accounts/administration"):
        seen = queries.who_sees(her.person_id)
        assert {(v.office, v.unit_name, v.activity, v.may_change) for v in seen} == {
            ("register_keeper", "Fjellheim", "membership", True),
            ("region_leader", "Nord", "membership", False),
            ("chapter_leader", "Havna", "membership", True),
        }
        (leader,) = [v for v in seen if v.office == "chapter_leader"]
        assert leader.office_title == "Lokallagslederen"
        assert "person.birth_date" in leader.data
        assert "person.employer" not in leader.data
    with as_app(actor=f"self:{her.person_id + 1}", purpose="accounts/administration"):
        assert queries.who_sees(her.person_id) == []


def test_somebody_who_is_neither_member_nor_officer_is_entered_for_a_stated_reason(as_app):
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=CONTACTS):
        asked = NewPerson(given_name="Eva", family_name="Vik", emails=["eva@example.org"])
        news = Given(purpose="contact_register/information", channel="email", how="phone")
        person_id = actions.enter_contact(
            person=asked, reason=" Spør om leir ", source="self_phone", consents=[news]
        )
        (contact,) = queries.contacts(person_id)
        assert (contact.reason, contact.unit_name, contact.source, contact.since) == (
            "Spør om leir", "Fjellheim", "self_phone", clock.today(),
        )  # fmt: skip
        assert [h.record for h in queries.hjemler(person_id)] == ["contact", "consent", "consent"]
        with pytest.raises(LikelySame):
            actions.enter_contact(person=asked, reason="Spør igjen", source="self_web")
        assert actions.review_contact(contact_id=contact.id, version=1) == 2
        with pytest.raises(ConflictError):
            actions.end_contact(contact_id=contact.id, version=1)
        assert actions.end_contact(contact_id=contact.id, version=2) == 3
        assert [h.record for h in queries.hjemler(person_id)] == ["consent", "consent"]


def test_a_contact_needs_a_reason_a_source_and_a_duty(as_app):
    keeper, leader = officer("register_keeper", ROOT), officer("chapter_leader", HARBOUR)
    person = NewPerson(given_name="Eva", family_name="Vik")
    with as_app(actor=f"officer:{keeper.pk}", purpose=CONTACTS), pytest.raises(Refused) as refused:
        actions.enter_contact(
            person=person, reason=" ", source="rumour", since=clock.after(clock.today(), days=1)
        )
    assert refused.value.errors.keys() == {"reason", "source", "since"}
    with as_app(actor=f"officer:{leader.pk}", purpose=CONTACTS):
        with pytest.raises(PermissionDenied):
            actions.enter_contact(person=person, reason="Spør om leir", source="self_web", unit_id=HARBOUR)
        for contact_id in (1, 4711):
            with pytest.raises(PermissionDenied):
                actions.end_contact(contact_id=contact_id, version=1)


def test_grounds_and_viewers_take_few_queries(as_app, django_assert_num_queries):
    her = joined(HARBOUR, given_name="Ida", family_name="Sund")
    keeper = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{keeper.pk}", purpose=ADMIN):
        queries.hjemler(her.person_id)  # the declaration is read once
        with django_assert_num_queries(3):
            assert queries.hjemler(her.person_id)
        with django_assert_num_queries(2):
            assert queries.who_sees(her.person_id)
