"""The office through its pages: what an officer meets, does, and is refused."""

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from tests.planting import FJORD, HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
CONSOLE = {"actor": "console", "purpose": "membership/administration"}


def test_the_front_page_needs_a_log_in_and_an_office(visit):
    assert visit(None).get("/kontoret/").status_code == 302
    assert visit(member(HARBOUR).subject).get("/kontoret/").status_code == 403
    assert visit(officer("chapter_leader", HARBOUR)).get("/kontoret/").status_code == 200


@pytest.mark.requirement("ORG-03")
def test_a_leader_meets_her_own_members_and_nobody_elses(visit):
    leader = officer("chapter_leader", HARBOUR)
    mine, other = member(HARBOUR, given="Åse"), member(FJORD, given="Stranger")
    visitor = visit(leader)
    page = visitor.get(f"/kontoret/lag/{HARBOUR}/").content.decode()
    assert "Åse Nordmann" in page
    assert "Stranger" not in page
    assert "Stranger" not in visitor.get(f"/kontoret/lag/{FJORD}/").content.decode()
    assert visitor.get(f"/kontoret/person/{mine.subject_id}/").status_code == 200
    assert visitor.get(f"/kontoret/person/{other.subject_id}/").status_code == 404


@pytest.mark.requirement("MEM-01")
def test_somebody_is_enrolled_and_met_in_the_list(visit):
    visitor = visit(officer("chapter_leader", HARBOUR))
    form = {
        "given_name": "Ola",
        "family_name": "Ås",
        "birth_date": "29.02.2004",
        "email": "ola@example.org",
        "kind": "ordinary",
        "how": "paper",
        "source": "self_paper",
        "joined_on": "",
    }
    answer = visitor.post(f"/kontoret/lag/{HARBOUR}/ny/", **form)
    assert answer.status_code == 302, answer.content.decode()
    page = visitor.get(f"/kontoret/lag/{HARBOUR}/").content.decode()
    assert "Ola Ås" in page
    again = visitor.post(f"/kontoret/lag/{HARBOUR}/ny/", **form)
    assert "ligner her fra før" in again.content.decode()


def test_a_faulty_form_loses_nothing_and_writes_nothing(visit):
    visitor = visit(officer("chapter_leader", HARBOUR))
    form = {"given_name": "Ola" * 4000, "family_name": "Ås", "birth_date": "31.02.2004"}
    answer = visitor.post(
        f"/kontoret/lag/{HARBOUR}/ny/", kind="ordinary", how="paper", source="self_paper", **form
    )
    assert answer.status_code == 422
    assert "31.02.2004" in answer.content.decode()
    with access.acting(**CONSOLE):
        assert not Membership.objects.exists()


@pytest.mark.requirement("MEM-05")
@pytest.mark.requirement("MEM-07")
def test_who_leaves_is_in_nobodys_list_the_same_day(visit):
    leader = officer("chapter_leader", HARBOUR)
    held = member(HARBOUR)
    visitor = visit(leader)
    url = f"/kontoret/person/{held.subject_id}/medlemskap/{held.pk}/avslutt/"
    assert visitor.get(url).status_code == 200
    assert visitor.post(url, version=held.version, left_on="", leaving="left").status_code == 302
    assert "Kari" not in visitor.get(f"/kontoret/lag/{HARBOUR}/").content.decode()
    keeper = visit(officer("register_keeper", ROOT, given="Ruth"))
    assert "Kari" in keeper.get(f"/kontoret/lag/{HARBOUR}/", state="ended").content.decode()


def test_a_form_with_half_the_fields_leaves_the_other_half_as_it_was(visit):
    leader = officer("chapter_leader", HARBOUR)
    held = member(HARBOUR)
    with access.acting(**CONSOLE):
        Person.objects.filter(pk=held.subject_id).update(
            language="nn", employer="Fjordbruket", gender="woman"
        )
        before = Person.objects.filter(pk=held.subject_id).values().get()
    url = f"/kontoret/person/{held.subject_id}/endre/"
    answer = visit(leader).post(
        url, version=before["version"], family_name="Nordli", given_name="Kari", source="self_phone",
        employer="Stolen", language="en",
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    with access.acting(**CONSOLE):
        after = Person.objects.filter(pk=held.subject_id).values().get()
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"version", "family_name", "display_name", "sort_key", "search_key", "name_source"}


def test_two_tabs_do_not_fight(visit):
    leader = officer("chapter_leader", HARBOUR)
    held = member(HARBOUR)
    visitor = visit(leader)
    url = f"/kontoret/person/{held.subject_id}/endre/"
    first = {"version": 1, "given_name": "Kari", "source": "self_phone"}
    assert visitor.post(url, family_name="Nordli", **first).status_code == 302
    second = visitor.post(url, family_name="Nordby", **first)
    assert second.status_code == 409
    page = second.content.decode()
    assert "Nordby" in page
    assert "Nordli" in page


@pytest.mark.parametrize(
    "path", ["endre/", "email/ny/", "phone/1/", "address/1/fjern/", "medlemskap/1/avslutt/"]
)
def test_every_page_of_a_stranger_is_not_found(visit, path):
    stranger = member(FJORD, given="Stranger")
    answer = visit(officer("chapter_leader", HARBOUR)).get(f"/kontoret/person/{stranger.subject_id}/{path}")
    assert answer.status_code == 404
