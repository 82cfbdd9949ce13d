"""Giving data away at the office, and what the person it is about sees of it."""

import re

import pytest
from django.db import connection

from hjemmel.kernel.disclosure.models import Disclosure
from hjemmel.kernel.subjects.models import Subject
from tests.faces.office.test_reviews import told
from tests.kernel.verify.register import settle
from tests.planting import HARBOUR, NORTH, ROOT, member, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SHA-02")]
PAGE = "/kontoret/utlevering/"
RULE = "membership/recipient/grant_authority"


@pytest.fixture
def keeper(visit):
    return visit(officer("register_keeper", ROOT))


def page(visitor, url: str = PAGE, status: int = 200) -> str:
    answer = visitor.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def give(visitor, **more):
    return visitor.post(f"{PAGE}ny/{RULE}/", unit=str(ROOT), who="all", **more)


def test_it_is_counted_given_listed_and_told_to_whom_it_was_about(keeper, visit):
    her = member(given="Anne")
    secret = member(given="Berit")
    settle()
    Subject.objects.filter(pk=secret.subject_id).update(shielded=True)
    assert f'href="{PAGE}"' in page(keeper, "/kontoret/")
    shown = page(keeper)
    assert "Ingenting er utlevert ennå" in told(shown)
    assert f'href="{PAGE}ny/{RULE}/"' in shown
    counted = give(keeper)
    assert counted.status_code == 200
    words = told(counted.content.decode())
    assert "1 person er med i fila." in words
    assert "1 med hemmelig adresse, hvis du ikke velger noe annet" in words
    assert 'name="ready" value="on"' in counted.content.decode()
    assert not Disclosure.objects.exists()
    given = give(keeper, ready="on")
    assert given["Content-Type"] == "text/csv; charset=utf-8"
    assert re.fullmatch(r'attachment; filename="utlevering-\d+.csv"', given["Content-Disposition"])
    assert given["Cache-Control"] == "no-store, private"
    assert given.content.decode("utf-8-sig").count("\r\n") == 2
    row = Disclosure.objects.get()
    assert f'href="{PAGE}{row.pk}/"' in page(keeper)
    words = told(page(keeper, f"{PAGE}{row.pk}/"))
    assert "Medlemsansvarlig" in words
    assert "Holdt utenfor 1" in words
    assert "Vår berettigede interesse (artikkel 6 nr. 1 bokstav f)" in words
    herself = visit(her.subject)
    words = told(page(herself, "/minside/"))
    assert "Hvem som har fått opplysninger om deg" in words
    assert "Tilskuddsmyndighetene" in words
    assert "Vår berettigede interesse (artikkel 6 nr. 1 bokstav f)" in words
    her_log = told(page(herself, "/minside/logg/"))
    assert "Utlevert til tilskuddsmyndighetene" in her_log
    other = told(page(visit(secret.subject), "/minside/"))
    assert "Vi har ikke gitt opplysninger om deg til noen utenfor." in other


def test_an_agreement_that_should_have_been_looked_over_stops_it(keeper):
    member()
    settle()
    with connection.cursor() as cursor:
        cursor.execute("update disclosure_party set agreed_on = '2020-01-01', review = 'P1Y'")
    shown = page(keeper)
    assert "Avtalen med dem skulle vært gjennomgått." in told(shown)
    assert f'href="{PAGE}ny/{RULE}/"' not in shown
    answer = give(keeper, ready="on")
    assert answer.status_code == 422
    assert "Avtalen med dem skulle vært gjennomgått." in told(answer.content.decode())
    assert not Disclosure.objects.exists()


def test_nobody_to_give_of_is_said(keeper):
    answer = give(keeper, ready="on")
    assert answer.status_code == 422
    assert "Det er ingen å utlevere noe om." in told(answer.content.decode())
    assert "0 personer er med i fila." in told(give(keeper).content.decode())


def test_others_have_no_such_page(visit):
    leader = visit(officer("chapter_leader", HARBOUR))
    region = visit(officer("region_leader", NORTH))
    for visitor in (leader, region):
        assert f'href="{PAGE}"' not in page(visitor, "/kontoret/")
        assert "Gjøremålene dine lar deg ikke utlevere noe." in told(page(visitor))
        page(visitor, f"{PAGE}ny/{RULE}/", 404)
        assert give(visitor, ready="on").status_code == 404


def test_what_is_no_rule_or_disclosure_is_not_found(keeper):
    for url in ("ny/membership/recipient/nobody/", "ny/x/", "7/", f"{2**63}/"):
        page(keeper, PAGE + url, 404)
    member()
    settle()
    assert keeper.post(f"{PAGE}ny/{RULE}/", unit="7", who="all", ready="on").status_code == 422
    assert keeper.post(f"{PAGE}ny/{RULE}/", unit=str(ROOT), who="x", ready="on").status_code == 422


@pytest.mark.requirement("SHA-05")
def test_the_recipient_is_told_which_line_is_of_somebody_who_is_gone(keeper):
    gone = member()
    settle()
    give(keeper, ready="on")
    row = Disclosure.objects.get()
    assert "Gi beskjed om slettinger" not in told(page(keeper, "/kontoret/"))
    Subject.objects.filter(pk=gone.subject_id).update(gone_on=row.day)
    words = told(page(keeper, "/kontoret/"))
    assert "1 Gi beskjed om slettinger til tilskuddsmyndighetene. Linjer i en fil de har fått" in words
    assert "Linje 1, slettet" in told(page(keeper, f"{PAGE}{row.pk}/"))
    assert "Skal ha beskjed om slettinger" in told(page(keeper))
    assert keeper.post(f"{PAGE}{row.pk}/").status_code == 302
    assert "Ingen i fila er slettet siden" in told(page(keeper, f"{PAGE}{row.pk}/"))
    assert "Gi beskjed om slettinger" not in told(page(keeper, "/kontoret/"))
