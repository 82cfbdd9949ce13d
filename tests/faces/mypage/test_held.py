"""My page: everything held about oneself, and nothing of others."""

import pytest

from tests.planting import HARBOUR, member, officer

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("MIN-04")
def test_a_member_sees_what_is_held_why_and_who_sees_it(visit):
    held = member(HARBOUR)
    officer("chapter_leader", HARBOUR)
    member(HARBOUR, given="Stranger")
    page = visit(held.subject).get("/minside/").content.decode()
    assert "Kari Nordmann" in page
    assert "29. februar 1980".replace(" ", "\N{NO-BREAK SPACE}") in page
    assert "Medlemskap" in page
    assert "Havna: lokallagslederen" in page
    assert "Stranger" not in page


def test_nothing_is_kept_by_the_browser(visit):
    answer = visit(member(HARBOUR).subject).get("/minside/")
    assert answer["Cache-Control"] == "no-store, private"


def test_whoever_is_not_logged_in_is_asked_to(visit):
    answer = visit(None).get("/minside/")
    assert (answer.status_code, answer["Location"]) == (302, "/konto/logg-inn/?next=%2Fminside%2F")
