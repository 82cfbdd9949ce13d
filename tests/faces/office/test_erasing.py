"""Erasing somebody at request, through the pages of the office."""

import pytest

from hjemmel.domain.people.models import Person
from hjemmel.kernel import access, clock
from hjemmel.kernel.erasure import actions, undo
from hjemmel.kernel.erasure.models import Erasure
from hjemmel.kernel.subjects.models import Subject
from tests.kernel.retention.keeping import keeper
from tests.kernel.retention.test_erasing import declared, left
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-03")]
CONSOLE = {"actor": "console", "purpose": "membership/administration"}


@pytest.fixture(autouse=True)
def rules() -> None:
    with access.acting(**CONSOLE):
        declared()


def test_the_plan_is_shown_first_and_it_is_hidden_as_the_button_is_pressed(visit):
    with access.acting(**CONSOLE):
        tie = left()
    page = f"/kontoret/person/{tie.subject_id}/"
    rights = visit(officer("privacy_officer", ROOT))
    assert "Slett etter krav" in rights.get(page).content.decode()
    shown = rights.get(f"{page}slett/").content.decode()
    assert "Medlemskap" in shown
    assert "bare et nummer som ikke sier noe" in shown
    assert rights.post(f"{page}slett/", sure="").status_code == 422
    assert rights.get(page).status_code == 200
    answer = rights.post(f"{page}slett/", sure="on")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/kontoret/slettinger/")
    assert rights.get(page).status_code == 404
    with access.acting(**CONSOLE):
        request = Erasure.objects.get()
        assert Person.objects.filter(pk=tie.subject_id).exists()
    with keeper():
        assert actions.walk(request.pk).left == 0
    with access.acting(**CONSOLE):
        assert Subject.objects.get(pk=tie.subject_id).gone_on == clock.today()


def test_it_is_taken_back_from_the_list_that_names_nobody(visit):
    with access.acting(**CONSOLE):
        tie = left(given="Solveig")
    page = f"/kontoret/person/{tie.subject_id}/"
    rights = visit(officer("privacy_officer", ROOT))
    assert "Ingen" in rights.get("/kontoret/slettinger/").content.decode()
    rights.post(f"{page}slett/", sure="on")
    with access.acting(**CONSOLE):
        number = Erasure.objects.get().pk
    with keeper():
        actions.walk(number)
    shown = rights.get("/kontoret/slettinger/").content.decode()
    assert f"/kontoret/slettinger/{number}/angre/" in shown
    assert "Solveig" not in shown
    assert str(tie.subject_id) not in shown
    assert rights.post(f"/kontoret/slettinger/{number}/angre/").status_code == 302
    with keeper():
        undo.take_back(number, actor=actions.JOB)
    assert "Solveig" in rights.get(page).content.decode()
    assert "/angre/" not in rights.get("/kontoret/slettinger/").content.decode()
    assert rights.post(f"/kontoret/slettinger/{number}/angre/").status_code == 302
    assert "kan ikke lenger angres" in rights.get("/kontoret/slettinger/").content.decode()


def test_others_meet_no_list_and_take_nothing_back(visit):
    for office, unit in (("register_keeper", ROOT), ("chapter_leader", HARBOUR)):
        visitor = visit(officer(office, unit))
        assert visitor.get("/kontoret/slettinger/").status_code == 403
        assert visitor.post("/kontoret/slettinger/7/angre/").status_code == 403


def test_what_stays_says_why_and_what_to_do(visit):
    tie = member(HARBOUR)
    rights = visit(officer("privacy_officer", ROOT))
    shown = rights.get(f"/kontoret/person/{tie.subject_id}/slett/").content.decode()
    assert "Ingenting kan slettes nå" in shown
    assert "Avslutt det først" in shown


def test_others_meet_no_button_and_no_page(visit):
    page = f"/kontoret/person/{member(HARBOUR).subject_id}/"
    for office, unit in (("register_keeper", ROOT), ("chapter_leader", HARBOUR)):
        visitor = visit(officer(office, unit))
        assert "Slett etter krav" not in visitor.get(page).content.decode()
        assert visitor.get(f"{page}slett/").status_code == 403
        assert visitor.post(f"{page}slett/", sure="on").status_code == 403
