"""Holding back from deletion, through the pages of the office."""

import pytest

from hjemmel.domain.people.models import Email
from hjemmel.kernel import access, clock
from hjemmel.kernel.holds.models import Hold
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-08")]
CONSOLE = {"actor": "console", "purpose": "membership/administration"}
ASKED = {"reason": "police", "reference": "Sak 2026/14", "record": "", "ends_on": ""}


@pytest.fixture
def page() -> str:
    return f"/kontoret/person/{member(HARBOUR).subject_id}/"


def test_it_is_set_shown_and_released(visit, page):
    rights = visit(officer("privacy_officer", ROOT))
    assert "Sikre mot sletting" in rights.get(f"{page}sikring/ny/").content.decode()
    answer = rights.post(f"{page}sikring/ny/", **ASKED)
    assert (answer.status_code, answer.headers["Location"]) == (302, page)
    shown = rights.get(page).content.decode()
    assert "Sak 2026/14" in shown
    assert "Politiet har bedt om det" in shown
    with access.acting(**CONSOLE):
        hold = Hold.objects.get()
    assert f"{page}sikring/{hold.pk}/opphev/" in shown
    assert rights.get(f"{page}sikring/{hold.pk}/opphev/").status_code == 200
    assert rights.post(f"{page}sikring/{hold.pk}/opphev/", version=hold.version).status_code == 302
    shown = rights.get(page).content.decode()
    assert "Opphevet" in shown
    assert rights.get(f"{page}sikring/{hold.pk}/opphev/").status_code == 404
    with access.acting(**CONSOLE):
        assert Hold.objects.get().ends_on == clock.today()


def test_others_see_that_something_is_held_and_not_why_and_may_not_touch_it(visit, page):
    rights, keeper = visit(officer("privacy_officer", ROOT)), visit(officer("register_keeper", ROOT))
    leader = visit(officer("chapter_leader", HARBOUR))
    rights.post(f"{page}sikring/ny/", **ASKED)
    with access.acting(**CONSOLE):
        hold, email = Hold.objects.get(), Email.objects.get()
    assert "Sikret mot sletting" in keeper.get(page).content.decode()
    assert "Sikret mot sletting" not in leader.get(page).content.decode()
    for visitor in (keeper, leader):
        assert "Sak 2026/14" not in visitor.get(page).content.decode()
        assert visitor.get(f"{page}sikring/ny/").status_code == 403
        assert visitor.post(f"{page}sikring/ny/", **ASKED).status_code == 403
        assert visitor.get(f"{page}sikring/{hold.pk}/opphev/").status_code == 404
    refused = keeper.post(f"{page}email/{email.pk}/fjern/", version=email.version, why="wrong")
    assert refused.status_code == 422
    assert "sikret mot sletting inntil videre" in refused.content.decode()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visit, page):
    rights = visit(officer("privacy_officer", ROOT))
    said = rights.post(f"{page}sikring/ny/", reason="", reference="", record="", ends_on="1.1.2020")
    shown = said.content.decode()
    assert said.status_code == 422
    assert all(text in shown for text in ("Velg hvorfor", "høyst 200 tegn", "fram i tid", "1.1.2020"))
    said = rights.post(f"{page}sikring/ny/", **ASKED | {"ends_on": "31.02.2030"})
    assert said.status_code == 422
    assert "31.02.2030" in said.content.decode()
    said = rights.post(f"{page}sikring/ny/", **ASKED | {"record": "shoe"})
    assert said.status_code == 422
    assert rights.post(f"{page}sikring/ny/", **ASKED | {"ends_on": "31.12.2090"}).status_code == 302


def test_a_person_reads_it_on_her_own_page(visit):
    tie = member(HARBOUR)
    visit(officer("privacy_officer", ROOT)).post(
        f"/kontoret/person/{tie.subject_id}/sikring/ny/", **ASKED | {"record": "membership"}
    )
    shown = visit(tie.subject).get("/minside/").content.decode()
    assert "Sikret mot sletting" in shown
    assert "Sak 2026/14" in shown
