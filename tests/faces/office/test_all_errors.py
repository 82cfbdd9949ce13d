"""All that is wrong with a form is said at once, each beside its field: nobody is sent round twice."""

import re
from datetime import date

import pytest

from hjemmel.domain.people.models import Person
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel import access
from tests.faces.conftest import Visitor
from tests.faces.forms import FormOf
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
BAD = {"birth_date": "31.02.2024"}


@pytest.fixture
def keeper(visit) -> Visitor:
    return visit(officer("register_keeper", ROOT))


def wrong(keeper: Visitor, url: str, **typed: str) -> set[str]:
    """Send the form with every field empty but those typed; return the fields that something is said of."""
    form = FormOf(keeper.get(url).content.decode())
    kept = {name: form.values[name] for name in ("version",) if name in form.values}
    answer = keeper.post(url, **dict.fromkeys(form.values, "") | kept | typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    summary = page[page.index("ds-error-summary") :]
    return set(re.findall(r'href="#id_(\w+)"', summary[: summary.index("</div>")]))


def test_joining(keeper):
    url = f"/kontoret/lag/{HARBOUR}/ny/"
    assert wrong(keeper, url) == {"given_name", "kind", "how", "source"}
    typed = BAD | {"joined_on": "x", "postcode": "1", "consent_0": "on"}
    assert wrong(keeper, url, **typed) == {
        "given_name", "birth_date", "kind", "how", "source", "joined_on", "address_lines", "consent_0",
    }  # fmt: skip


def test_a_name_with_what_no_name_has(keeper):
    url = f"/kontoret/lag/{HARBOUR}/ny/"
    typed = {"given_name": "d'Arc", "middle_name": "Ng", "family_name": "Sitat;semikolon", "kind": "ordinary"}
    assert wrong(keeper, url, **typed, how="paper", source="self_paper") == {"family_name"}


def test_entering_a_contact(keeper):
    assert wrong(keeper, "/kontoret/kontakt/ny/", **BAD, consent_0="on") == {
        "reason", "given_name", "birth_date", "source", "consent_0",
    }  # fmt: skip


def test_changing_a_person(keeper):
    url = f"/kontoret/person/{member(HARBOUR).subject_id}/endre/"
    assert wrong(keeper, url, **BAD) == {"given_name", "birth_date", "source"}


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("email", {"address", "kind", "source"}),
        ("phone", {"number", "kind", "source"}),
        ("address", {"lines", "kind", "source"}),
    ],
)
def test_adding_and_changing_how_to_reach_somebody(keeper, kind, fields):
    person = member(HARBOUR).subject_id
    page = keeper.get(f"/kontoret/person/{person}/").content.decode()
    there = re.findall(rf"/kontoret/person/{person}/{kind}/\d+/", page)[0]
    for url in (f"/kontoret/person/{person}/{kind}/ny/", there):
        assert wrong(keeper, url) == fields


def test_enrolling_again_and_giving_an_office(keeper):
    former = member(HARBOUR, given="Per", left_on=date(2026, 1, 1)).subject_id
    url = f"/kontoret/person/{former}/innmelding/{HARBOUR}/"
    assert wrong(keeper, url, joined_on="x") == {"kind", "how", "joined_on"}
    held = member(HARBOUR).subject_id
    url = f"/kontoret/person/{held}/verv/ny/?unit={HARBOUR}"
    assert wrong(keeper, url, starts_on="x", ends_on="y") == {"office_0", "starts_on", "ends_on"}


def test_what_was_not_offered_is_refused_and_nothing_is_written(keeper):
    url = f"/kontoret/lag/{HARBOUR}/ny/"
    typed = {"given_name": "Kari", "family_name": "Nordmann", "kind": "ordinary", "source": "self_paper"}
    assert wrong(keeper, url, **typed, how="import") == {"how"}
    with access.acting(actor="console", purpose=REGISTER):
        assert not Person.objects.filter(given_name="Kari", family_name="Nordmann").exists()
