"""A person sees her own log, and nothing of others; an officer the log of those whom her duties reach."""

import re

import pytest
from django.db import connection

from hjemmel.domain.people.models import Person, Phone
from hjemmel.kernel import access
from hjemmel.kernel.vault.actions import seal
from tests.planting import FJORD, HARBOUR, ROOT, member, officer

pytestmark = pytest.mark.django_db
NEW = "+4768050199"


def text(answer) -> str:
    """What the page says, as one line."""
    return re.sub(
        r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")
    )


@pytest.fixture
def her(as_app):
    """A member whose phone number a chapter leader has changed."""
    her = member(HARBOUR)
    leader = officer("register_keeper", ROOT)
    with as_app(actor=f"officer:{leader.pk}", purpose="membership/administration"):
        phone = Phone.objects.get(subject=her.subject_id)
        Phone.objects.filter(pk=phone.pk).update(number=NEW)
    return her


@pytest.mark.requirement("LOG-01")
def test_she_sees_what_when_and_by_which_office(visit, her):
    page = text(visit(her.subject).get("/minside/logg/"))
    assert "Endret: telefonnummer" in page
    assert "Fra «+47 68 05 01 23» til «+47 68 05 01 99»" in page
    assert "Fjellheim" in page
    assert "Olav" not in page, "the office, never the person"
    assert "Registrert: medlemskap" in page


def test_the_value_goes_and_the_line_stays(visit, her):
    with access.acting(actor="console", purpose=(), reason="request:7"), connection.cursor() as cursor:
        cursor.execute("delete from audit_value")
    page = text(visit(her.subject).get("/minside/logg/"))
    assert "Endret: telefonnummer" in page
    assert "68 05 01" not in page


def test_nobody_sees_the_log_of_another_on_her_page(visit, her):
    other = member(FJORD, given="Ola")
    page = text(visit(other.subject).get("/minside/logg/"))
    assert "Registrert: medlemskap" in page
    assert "Endret" not in page
    assert "68 05 01" not in page


@pytest.mark.requirement("LOG-01")
def test_whose_duties_reach_the_log_sees_it_in_the_office(visit, her):
    keeper = officer("register_keeper", ROOT, given="Vokter")
    visitor = visit(keeper)
    person = visitor.get(f"/kontoret/person/{her.subject_id}/")
    assert f"/kontoret/person/{her.subject_id}/logg/" in person.content.decode()
    page = text(visitor.get(f"/kontoret/person/{her.subject_id}/logg/"))
    assert "Endret: telefonnummer" in page
    assert "Fra «" in page


def test_who_has_no_duty_for_the_log_is_told_nothing(visit, her):
    leader = officer("chapter_leader", HARBOUR, given="Leder")
    visitor = visit(leader)
    person = visitor.get(f"/kontoret/person/{her.subject_id}/")
    assert person.status_code == 200
    assert "/logg/" not in person.content.decode()
    assert visitor.get(f"/kontoret/person/{her.subject_id}/logg/").status_code == 404


@pytest.mark.requirement("LOG-03")
def test_a_look_up_of_a_sealed_number_is_told(visit, her, as_app):
    keeper = officer("register_keeper", ROOT, given="Vokter")
    with access.acting(actor="console", purpose="membership/administration"):
        seal(subject_id=her.subject_id, datum="person.bank_account", text="12345678903")
    visitor = visit(keeper)
    answer = visitor.post(f"/kontoret/person/{her.subject_id}/nummer/bankkonto/vis/")
    assert answer.status_code == 200, answer.status_code
    page = text(visit(her.subject).get("/minside/logg/"))
    assert "Slått opp: bankkontonummer" in page


def test_older_lines_on_further_pages(visit, her):
    with access.acting(actor="console", purpose="membership/administration"):
        for number in range(60):
            Person.objects.filter(pk=her.subject_id).update(given_name=f"Kari {number}")
    visitor = visit(her.subject)
    first = visitor.get("/minside/logg/").content.decode()
    found = re.search(r"\?before=(\d+)", first)
    assert found is not None
    assert first.count('scope="row"') == 50
    second = visitor.get("/minside/logg/", before=found[1]).content.decode()
    assert 'rel="next"' not in second
    assert 0 < second.count('scope="row"') <= 50
    for wrong in ("x", "-1", "9" * 30, "0"):
        assert visitor.get("/minside/logg/", before=wrong).status_code == 200


def test_a_log_without_lines_says_so(visit):
    from hjemmel.kernel.subjects.models import Subject

    with access.acting(actor="console", purpose="accounts/administration"):
        nobody = Subject.objects.create()
    page = visit(nobody).get("/minside/logg/")
    assert page.status_code == 200
