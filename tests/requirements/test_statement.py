"""The public statement, printed from the declaration in force (DEC-03)."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("DEC-03")]


def test_the_statement_has_a_table_of_contents_and_the_day_it_changed(visit):
    page = visit(None).get("/personvern/").content.decode()
    anchors = re.findall(r'href="#([\w-]+)"', page)
    assert len(anchors) > 5
    assert all(f'id="{anchor}"' in page for anchor in anchors)
    assert re.search(r'statement-version">.*?<time datetime="\d{4}-\d\d-\d\d">', page)
    assert "Datatilsynet" in page


@pytest.mark.parametrize("path", ["/konto/logg-inn/", "/personvern/", "/finnes-ikke/"])
def test_the_foot_leads_there(visit, path):
    assert 'href="/personvern/"' in visit(None).get(path).content.decode()


def test_bokmal_is_spoken_whatever_the_browser_asks_for(visit):
    visitor = visit(None)
    visitor.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en-US,en;q=0.9"
    assert '<html lang="nb">' in visitor.get("/konto/logg-inn/").content.decode()
    assert 'class="statement" lang="nb"' in visitor.get("/personvern/").content.decode()
    assert visitor.post("/sprak/", language="nn", next="/personvern/").status_code == 302
    page = visitor.get("/personvern/").content.decode()
    assert '<html lang="nn">' in page
    assert 'class="statement" lang="nn"' in page


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("nb", "Personvernerklæring for Fjellheim Misjon"),
        ("nn", "Personvernerklæring for Fjellheim Misjon"),
        ("en", "Privacy statement of Fjellheim Misjon"),
    ],
)
def test_the_statement_has_an_address_in_each_language_and_a_pdf(visit, lang, title):
    page = visit(None).get(f"/personvern/{lang}/").content.decode()
    assert f'<html lang="{lang}">' in page
    assert f"<h1>{title}</h1>" in page
    others = re.findall(r'href="/personvern/(\w\w)/" hreflang', page)
    assert set(others) == {"nb", "nn", "en"} - {lang}
    (address,) = re.findall(r'href="([^"]*\.pdf)"', page)
    answer = visit(None).get(address)
    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    assert reader.metadata.title == title
    assert reader.trailer["/Root"]["/Lang"] == lang


@pytest.mark.parametrize("path", ["/personvern/sv/", "/personvern/sv/personvernerklaring.pdf"])
def test_languages_it_is_not_published_in_are_not_there(visit, path):
    assert visit(None).get(path).status_code == 404
