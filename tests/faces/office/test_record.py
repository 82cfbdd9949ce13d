"""The record of processing in the office: for those who answer for the processing."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from hjemmel.kernel import access
from hjemmel.kernel.clock import today
from hjemmel.kernel.units.models import Tenure
from tests.declaration.dpv import faults
from tests.planting import HARBOUR, ROOT, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("DEC-04")]
PAGE = "/kontoret/protokoll/"
ALL = (PAGE, f"{PAGE}nn/", f"{PAGE}en/protokoll.xlsx", f"{PAGE}protokoll.jsonld")


@pytest.mark.parametrize("office", ["general_secretary", "register_keeper", "privacy_officer"])
def test_those_who_answer_for_the_processing_find_it(visit, office):
    visitor = visit(officer(office, ROOT))
    assert f'href="{PAGE}"' in visitor.get("/kontoret/").content.decode()
    page = visitor.get(PAGE).content.decode()
    assert "Protokoll over behandlingsaktiviteter for Fjellheim Misjon" in page
    assert 'data-rule="membership/keep/1"' in page
    assert all(f'href="{url}"' in page for url in (f"{PAGE}nb/protokoll.xlsx", f"{PAGE}protokoll.jsonld"))


def test_in_another_language_the_page_says_so(visit):
    visitor = visit(officer("privacy_officer", ROOT))
    for lang, title in (("nn", "Protokoll over behandlingsaktivitetar"), ("en", "Record of processing")):
        page = visitor.get(f"{PAGE}{lang}/").content.decode()
        assert f'<article class="record" lang="{lang}"><header><h1>{title}' in page
        assert f'href="{PAGE}{lang}/protokoll.xlsx"' in page
    assert visitor.get(f"{PAGE}se/").status_code == 404


def test_it_is_taken_along_as_files(visit):
    visitor = visit(officer("privacy_officer", ROOT))
    answer = visitor.get(f"{PAGE}en/protokoll.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="protokoll-en.xlsx"'
    book = load_workbook(BytesIO(answer.content))
    assert book.worksheets[0]["A1"].value == "Record of processing activities of Fjellheim Misjon"
    answer = visitor.get(f"{PAGE}protokoll.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert faults(json.loads(answer.content)) == []


@pytest.mark.parametrize("office", [("chapter_leader", HARBOUR), ("personnel_manager", ROOT)])
def test_others_have_no_way_to_it(visit, office):
    visitor = visit(officer(*office))
    assert PAGE not in visitor.get("/kontoret/").content.decode()
    assert {visitor.get(url).status_code for url in ALL} == {403}
    assert {visit(None).get(url).status_code for url in ALL} == {302}


def test_it_closes_with_the_office(visit):
    subject = officer("privacy_officer", ROOT)
    visitor = visit(subject)
    assert visitor.get(PAGE).status_code == 200
    with access.acting(actor="console", purpose="offices/administration"):
        Tenure.objects.filter(subject=subject).update(ends_on=today() - timedelta(days=1))
    assert visitor.get(PAGE).status_code in {302, 403}
