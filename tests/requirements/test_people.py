"""One register of people: where data came from, sealed numbers, search (PER-01, 02, 04, 07)."""

from datetime import date

import pytest

from hjemmel.domain.people.formats import national_id
from hjemmel.domain.people.models import Contact
from hjemmel.kernel import access
from hjemmel.kernel.audit.models import Entry
from hjemmel.kernel.subjects.models import Subject
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
NUMBER = next(n for n in (national_id.synthetic(date(1980, 2, 29), serial=s) for s in range(9)) if n).digits
CONSOLE = {"actor": "console", "purpose": ("membership/administration", "contact_register/administration")}


@pytest.mark.requirement("PER-01")
@pytest.mark.requirement("PER-04")
def test_each_datum_says_where_it_came_from(visit):
    held = member(HARBOUR)
    leader = visit(officer("chapter_leader", HARBOUR))
    person = f"/kontoret/person/{held.subject_id}/"
    form = {"number": "68 05 05 55", "kind": "work", "source": "other_person"}
    assert leader.post(f"{person}phone/ny/", **form).status_code == 302
    page = leader.get(person).content.decode()
    assert "68\N{NO-BREAK SPACE}05\N{NO-BREAK SPACE}05\N{NO-BREAK SPACE}55" in page
    assert "fra: noen andre" in page


@pytest.mark.requirement("PER-01")
def test_a_mobile_number_is_written_one_way_and_dialled_without_spaces(visit):
    held = member(HARBOUR)
    leader = visit(officer("chapter_leader", HARBOUR))
    person = f"/kontoret/person/{held.subject_id}/"
    form = {"number": "48005012", "kind": "private", "source": "self_phone"}
    assert leader.post(f"{person}phone/ny/", **form).status_code == 302
    page = leader.get(person).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert 'href="tel:+4748005012">+47 480 05 012</a>' in page
    assert ": +47 480 05 012</span>" in page


@pytest.mark.requirement("PER-02")
def test_a_national_id_is_masked_and_each_showing_is_logged(visit):
    held = member(HARBOUR)
    keeper = visit(officer("register_keeper", ROOT))
    person = f"/kontoret/person/{held.subject_id}/"
    number = f"{person}nummer/fodselsnummer/"
    assert keeper.post(number, number="12345678901").status_code == 422
    assert keeper.post(number, number=NUMBER).status_code == 302
    shown = f"{NUMBER[:6]} {NUMBER[6:]}"
    page = keeper.get(person).content.decode()
    assert "Åpnes bare ved behov" in page
    assert NUMBER not in page.replace(" ", "")
    assert keeper.get(f"{number}vis/").status_code == 405
    with access.acting(**CONSOLE):
        before = Entry.objects.count()
    assert shown in keeper.post(f"{number}vis/").content.decode()
    with access.acting(**CONSOLE):
        assert Entry.objects.count() == before + 1
    assert shown not in keeper.get(person).content.decode()
    leader = visit(officer("chapter_leader", HARBOUR))
    assert "Lagret kryptert" not in leader.get(person).content.decode()
    assert leader.post(f"{number}vis/").status_code in {403, 404}
    assert keeper.post(f"{number}fjern/", why="wrong", version=1).status_code == 302
    assert "Åpnes bare ved behov" not in keeper.get(person).content.decode()


def test_a_shielded_address_is_hidden_with_its_reason(visit):
    held = member(HARBOUR)
    with access.acting(**CONSOLE):
        Subject.objects.filter(pk=held.subject_id).update(shielded=True)
    person = f"/kontoret/person/{held.subject_id}/"
    page = visit(officer("chapter_leader", HARBOUR)).get(person).content.decode()
    assert "Personen har skjermet adresse" in page
    assert "Strandgata" not in page
    assert "example.org" not in page
    assert "Strandgata" in visit(officer("register_keeper", ROOT)).get(person).content.decode()


@pytest.mark.requirement("PER-01")
def test_an_enquiry_is_entered_looked_over_and_ended(visit):
    keeper = visit(officer("register_keeper", ROOT))
    form = {"given_name": "Ida", "family_name": "Sund", "reason": "Spurte om leir", "source": "self_email"}
    answer = keeper.post("/kontoret/kontakt/ny/", **form)
    assert answer.status_code == 302, answer.content.decode()
    assert "Spurte om leir" in keeper.get(answer["Location"]).content.decode()
    with access.acting(**CONSOLE):
        contact = Contact.objects.get()
    base = f"{answer['Location']}kontakt/{contact.pk}/"
    assert keeper.post(f"{base}vurdert/", version=1).status_code == 302
    assert keeper.post(f"{base}avslutt/", version=2).status_code == 302
    with access.acting(**CONSOLE):
        assert Contact.objects.get().ended_on is not None
    assert visit(officer("chapter_leader", HARBOUR)).get("/kontoret/kontakt/ny/").status_code == 403


@pytest.mark.requirement("PER-07")
@pytest.mark.parametrize(
    "text",
    ["Nordmann", "nordman kari", "kari@example.org", "68050123", "4321", "29.2.1980", "Strandgata 1", "9008"],
)
def test_search_finds_by_every_way_of_knowing_somebody(visit, text):
    member(HARBOUR, number=4321)
    page = visit(officer("register_keeper", ROOT)).search(text)
    assert "Kari Nordmann" in page.content.decode()
