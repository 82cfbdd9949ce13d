"""Joining, leaving and what a membership holds (MEM-01, MEM-02, MEM-05, MEM-07), through the office."""

import pytest
from django.conf import settings

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from hjemmel.kernel.access.sessions import SessionStore
from hjemmel.kernel.clock import today
from hjemmel.kernel.consent.models import Consent
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
CONSOLE = {"actor": "console", "purpose": ("membership/administration", "contact_register/information")}
FORM = {
    "given_name": "Ola",
    "family_name": "Ås",
    "birth_date": "29.02.2004",
    "email": "ola@example.org",
    "kind": "youth",
    "how": "event",
    "source": "self_in_person",
    "joined_on": "1.11.2026",
}


@pytest.mark.requirement("MEM-01")
def test_each_purpose_is_consented_to_apart_and_none_is_ticked(visit):
    visitor, url = visit(officer("chapter_leader", HARBOUR)), f"/kontoret/lag/{HARBOUR}/ny/"
    page = visitor.get(url).content.decode()
    assert page.count('type="checkbox"') == 4
    assert "checked" not in page
    assert "Fjellheim Misjon kan sende deg" in page
    assert visitor.post(url, **FORM, consent_0="on").status_code == 302
    with access.acting(**CONSOLE):
        (consent,) = Consent.objects.select_related("wording")
        assert (consent.channel, consent.address, consent.given_how) == ("email", "ola@example.org", "event")
        assert consent.wording.text in page.replace("&#x27;", "'")
        joined = Membership.objects.get()
        assert (joined.joined_how, joined.joined_on.isoformat()) == ("event", "2026-11-01")


@pytest.mark.requirement("MEM-02")
def test_the_number_is_read_on_the_page_and_lies_in_no_session(visit):
    visitor = visit(officer("register_keeper", ROOT))
    answer = visitor.post(f"/kontoret/lag/{HARBOUR}/ny/", **FORM)
    with access.acting(**CONSOLE):
        number = str(Membership.objects.get().number)
    kept = SessionStore(visitor.client.cookies[settings.SESSION_COOKIE_NAME].value)
    stored = str(kept.load())
    assert "Meldt inn. Medlemsnummeret st" in stored
    assert not [personal for personal in (number, "Ola", "2004", "example") if personal in stored]
    assert number in visitor.get(answer.headers["Location"]).content.decode()


@pytest.mark.requirement("MEM-01")
def test_a_consent_without_its_address_is_refused_and_nothing_written(visit):
    visitor, url = visit(officer("chapter_leader", HARBOUR)), f"/kontoret/lag/{HARBOUR}/ny/"
    answer = visitor.post(url, **(FORM | {"email": ""}), consent_0="on")
    assert answer.status_code == 422
    assert "Fyll inn adressen" in answer.content.decode()
    with access.acting(**CONSOLE):
        assert not Membership.objects.exists()


@pytest.mark.requirement("DEC-09")
def test_the_form_says_what_is_held_why_and_how_long(visit):
    page = visit(officer("chapter_leader", HARBOUR)).get(f"/kontoret/lag/{HARBOUR}/ny/").content.decode()
    assert "Om medlemmer lagrer vi navn" in page
    assert "Fem år etter at medlemskapet er avsluttet" in page
    assert 'href="/personvern/#membership"' in page


@pytest.mark.requirement("MEM-02")
def test_number_type_and_dates_stand_on_the_person(visit):
    keeper = officer("register_keeper", ROOT)
    held = member(HARBOUR, number=1234, kind="youth")
    page = visit(keeper).get(f"/kontoret/person/{held.subject_id}/").content.decode()
    for shown in ("1234", "Ungdom", "15.\N{NO-BREAK SPACE}januar\N{NO-BREAK SPACE}2020", "På papir", "Havna"):
        assert shown in page


@pytest.mark.requirement("MEM-05")
@pytest.mark.requirement("MEM-07")
def test_who_left_is_met_nowhere_and_an_error_can_be_taken_back_today(visit):
    held = member(HARBOUR)
    leader = visit(officer("chapter_leader", HARBOUR))
    person = f"/kontoret/person/{held.subject_id}/"
    base = f"{person}medlemskap/{held.pk}/"
    answer = leader.post(f"{base}avslutt/", version=held.version, left_on="")
    assert answer.status_code == 302
    assert "I dag kan du angre" in leader.get(answer["Location"]).content.decode()
    for page in (leader.get(f"/kontoret/lag/{HARBOUR}/", state="all"), leader.search("Nordmann")):
        assert "Kari Nordmann" not in page.content.decode()
    assert leader.get(person).status_code == 404
    other = visit(officer("chapter_leader", HARBOUR, given="Per"))
    assert other.post(f"{base}angre/").status_code == 403
    assert leader.post(f"{base}angre/").status_code == 302
    assert "Kari Nordmann" in leader.get(f"/kontoret/lag/{HARBOUR}/").content.decode()
    assert "I dag kan du angre" not in leader.get("/kontoret/").content.decode()


@pytest.mark.requirement("MEM-05")
def test_the_reason_is_optional_and_only_for_those_who_may_write_it(visit):
    held = member(HARBOUR)
    url = f"/kontoret/person/{held.subject_id}/medlemskap/{held.pk}/avslutt/"
    assert 'name="leaving"' not in visit(officer("chapter_leader", HARBOUR)).get(url).content.decode()
    keeper = visit(officer("register_keeper", ROOT))
    assert 'name="reason"' in keeper.get(url).content.decode()
    form = {"version": held.version, "left_on": "", "leaving": "left", "reason": "Flytter"}
    assert keeper.post(url, **form).status_code == 302
    with access.acting(**CONSOLE):
        stored = Membership.objects.get(pk=held.pk)
        assert (stored.left_on, stored.leaving, stored.leaving_reason) == (today(), "left", "Flytter")


@pytest.mark.requirement("MEM-01")
def test_somebody_alike_is_shown_and_can_be_enrolled_without_a_second_entry(visit):
    held = member(HARBOUR)
    keeper = visit(officer("register_keeper", ROOT))
    form = FORM | {"given_name": "Kari", "family_name": "Nordmann", "birth_date": "29.02.1980"}
    answer = keeper.post("/kontoret/lag/112/ny/", **form)
    rejoin = f"/kontoret/person/{held.subject_id}/innmelding/112/"
    assert rejoin in answer.content.decode()
    assert keeper.post(rejoin, kind="ordinary", how="paper", joined_on="").status_code == 302
    with access.acting(**CONSOLE):
        assert Person.objects.filter(family_name="Nordmann").count() == 1
        assert Membership.objects.filter(subject_id=held.subject_id).count() == 2
