"""My page: each datum with its reason, who can see it, and when it goes (MIN-04)."""

import re
from datetime import timedelta

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.kernel import access
from hjemmel.kernel.clock import today
from tests.planting import HARBOUR, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("MIN-04")]


def rows(page: str) -> dict[str, str]:
    """The text of the row that tells of each thing, by what the thing is called."""
    found = {}
    for row in re.findall(r"<tr role=\"row\">(.*?)</tr>", page, re.DOTALL):
        text = " ".join(re.sub(r"<[^>]+>", " ", row).split())
        found |= dict.fromkeys(re.findall(r'held-label">(.*?)</span>', row), text)
    return found


def test_every_datum_has_reason_viewers_and_end(visit):
    held = member(HARBOUR, number=77)
    officer("chapter_leader", HARBOUR), officer("register_keeper", ROOT)
    told = rows(visit(held.subject).get("/minside/").content.decode())
    assert {"Navn", "Fødselsdato", "E-postadresse", "Telefonnummer", "Postadresse", "Medlemsnummer"} <= set(
        told
    )
    assert "Medlemskap" in told["Navn"]
    assert "Havna: lokallagslederen" in told["Navn"]
    assert "5 år etter at medlemskapet er avsluttet" in told["Navn"]
    assert told["E-postadresse"].endswith("Når medlemskapet er avsluttet")
    assert "Ingen andre enn deg" in told["Passord"]


def test_after_leaving_the_day_stands_there(visit):
    held = member(HARBOUR)
    with access.acting(actor="console", purpose="membership/administration"):
        Membership.objects.filter(pk=held.pk).update(left_on=today() - timedelta(days=1))
    told = rows(visit(held.subject).get("/minside/").content.decode())
    assert re.search(r"Slettes 22\.\s*november\s*2031", told["Navn"])
    assert "E-postadresse" not in told or "Slettes" in told["E-postadresse"]


def test_nobody_reads_anothers_page(visit):
    other = member(HARBOUR, given="Stranger")
    page = visit(member(HARBOUR).subject).get("/minside/", subject=other.subject_id).content.decode()
    assert "Stranger" not in page
    assert visit(None).get("/minside/").status_code == 302


def test_in_nynorsk_too(visit):
    visitor = visit(member(HARBOUR).subject)
    visitor.client.cookies["django_language"] = "nn"
    page = visitor.get("/minside/").content.decode()
    assert "5 år etter at medlemskapen er avslutta" in page
    assert "Kven kan sjå det" in page
