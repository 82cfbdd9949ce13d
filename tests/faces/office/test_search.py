"""Searching: what was typed is posted, and can be read in no address."""

from urllib.parse import unquote

import pytest

from tests.planting import FJORD, HARBOUR, HILL, ROOT, member, officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(visit):
    return visit(officer("chapter_leader", HARBOUR))


@pytest.mark.parametrize(
    "text",
    [
        "Nordmann",
        "nordmann kari",
        "Nordmnan",
        "kari@example.org",
        "68 05 01 23",
        "Strandgata 1",
        "9008 tromsø",
    ],
)
@pytest.mark.requirement("PER-07")
def test_search_finds_by_name_misspelt_address_and_phone(leader, text):
    member(HARBOUR), member(HILL, given="Stranger")
    page = leader.search(text).content.decode()
    assert "Kari Nordmann" in page
    assert "Stranger" not in page


@pytest.mark.parametrize(("text", "unit"), [("Havna", HARBOUR), ("fjo", FJORD), ("n%", None), ("_", None)])
@pytest.mark.requirement("PER-07")
def test_search_finds_units_by_name(leader, text, unit):
    page = leader.search(text).content.decode()
    _before, there, listed = page.partition('id="units-title"')
    listed = listed.partition("</section>")[0]
    assert bool(there) == (unit is not None)
    assert [u for u in (ROOT, HARBOUR, HILL, FJORD) if f'"/kontoret/lag/{u}/"' in listed] == (
        [unit] if unit else []
    )


@pytest.mark.parametrize("text", ["Nordmann", "zzzzzz", "nobody@example.org"])
def test_what_was_typed_stands_in_no_address(leader, text):
    member(HARBOUR), member(HARBOUR, given="Per")
    answer = leader.post("/kontoret/sok/", q=text)
    assert answer.status_code == 302
    assert text not in unquote(answer["Location"])
    page = leader.get(answer["Location"]).content.decode()
    assert page.count(text) == page.count(f"Søk: {text}") + page.count(f'value="{text}"') + page.count(
        f">Kari {text}<"
    ) + page.count(f">Per {text}<")


def test_the_address_of_a_search_is_good_for_this_log_in_alone(leader, visit):
    member(HARBOUR), member(HARBOUR, given="Per")
    address = leader.post("/kontoret/sok/", q="Nordmann")["Location"]
    assert "Per Nordmann" in leader.get(address).content.decode()
    other = visit(officer("chapter_leader", HARBOUR, given="Eva"))
    wrong = f"{address[:-9]}{'b' if address[-9] == 'a' else 'a'}{address[-8:]}"
    for visitor, where in ((other, address), (leader, wrong), (leader, "/kontoret/sok/?search=ø")):
        page = visitor.get(where)
        assert page.status_code == 200
        assert "Dette søket finnes ikke lenger" in page.content.decode()
        assert "Nordmann" not in page.content.decode()
    assert "Nordmann" not in str(dict(leader.client.session))


@pytest.mark.parametrize("text", ["kari@example.org", "4321"])
def test_who_is_meant_by_all_that_was_typed_is_opened_at_once(leader, text):
    held = member(HARBOUR, number=4321)
    address = leader.post("/kontoret/sok/", q=text)["Location"]
    assert leader.get(address)["Location"] == f"/kontoret/person/{held.subject_id}/"


def test_an_empty_search_says_what_one_may_search_for(leader):
    assert leader.post("/kontoret/sok/", q="  ")["Location"] == "/kontoret/sok/"
    assert "Skriv et navn, en e-postadresse" in leader.get("/kontoret/sok/").content.decode()


def test_more_than_a_page_is_said_and_shown_on_asking(leader):
    for number in range(52):
        member(HARBOUR, given=f"Kari{number}")
    address = leader.post("/kontoret/sok/", q="Nordmann")["Location"]
    page = leader.get(address).content.decode()
    assert page.count("/kontoret/person/") == 50
    assert "Det er flere enn de 50 som vises her" in page
    further = leader.get(f"{address}&more=on").content.decode()
    assert "Det er flere" not in further
    assert "1–50 av 52" in further
    assert leader.get(f"{address}&more=on&page=2").content.decode().count("/kontoret/person/") == 2


def test_a_search_from_elsewhere_is_refused(leader):
    leader.client.handler.enforce_csrf_checks = True
    assert leader.post("/kontoret/sok/", q="Nordmann").status_code == 403
