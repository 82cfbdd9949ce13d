"""What is looked over outside the register, at the office: listed with its day, signed off with a note."""

import re

import pytest

from hjemmel.declaration import load, presets, texts_of
from hjemmel.kernel import access, clock
from hjemmel.kernel.retention.models import SignOff
from hjemmel.kernel.statement.actions import apply
from tests.faces.office.test_reviews import told
from tests.planting import HARBOUR, ROOT, officer

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-06")]
PAGE = "/kontoret/gjennomgang/utenfor/"


@pytest.fixture
def responsible(visit):
    return visit(officer("privacy_officer", ROOT))


def page(visitor, url: str = PAGE, status: int = 200) -> str:
    answer = visitor.get(url)
    assert answer.status_code == status
    return answer.content.decode()


def test_it_is_signed_off_and_its_time_begins_anew(responsible):
    assert f'href="{PAGE}"' in page(responsible, "/kontoret/gjennomgang/")
    address = re.search(rf'href="({PAGE}measure/[^"]+)"', page(responsible))[1]
    shown = told(page(responsible, address))
    assert "Prøv om tiltaket virker." in shown
    assert "Sikkerhetstiltak som testes" in shown
    assert responsible.post(address, note="x" * 501).status_code == 422
    assert responsible.post(address, note="Prøvd på en kopi i går")["Location"] == PAGE
    assert "Gjennomgått i dag:" in told(page(responsible))
    shown = told(page(responsible, address))
    assert "Gjennomgått før Personvernansvarlig" in shown
    assert "Prøvd på en kopi i går" in shown
    done = SignOff.objects.get()
    assert (done.on, done.office) == (clock.today(), "privacy_officer")


def test_what_is_due_waits_on_the_front_page_of_those_responsible_and_of_nobody_else(visit, responsible):
    tested = clock.after(clock.today(), years=-2, days=-3)
    files = texts_of("mission")
    name = "organisation.yaml"
    apply(files | {name: re.sub(r"tested: [\d-]+", f"tested: {tested}", files[name], count=1)})
    shown = page(responsible, "/kontoret/")
    assert "1 Til gjennomgang utenfor registeret" in told(shown)
    assert f'href="{PAGE}"' in shown
    assert "Må gjøres" in told(page(responsible))
    other = visit(officer("chapter_leader", HARBOUR))
    assert PAGE not in page(other, "/kontoret/") + page(other, "/kontoret/gjennomgang/")
    page(other, PAGE, 403)
    page(responsible, PAGE + "measure/made_up/", 404)


@pytest.mark.requirement("DEC-13")
def test_a_balancing_test_stands_in_the_record_and_is_looked_over_when_its_day_comes(responsible):
    (balanced,) = [
        one for one in load("mission").activity("membership").assessments if one.kind == "balancing"
    ]
    due = balanced.review.add_to(balanced.done)
    record = told(page(responsible, "/kontoret/protokoll/"))
    assert f"Interesseavveining, gjort {balanced.done.day}. oktober {balanced.done.year}" in record
    assert f"ses på igjen innen {due.day}. oktober {due.year}" in record
    address = f"{PAGE}membership/assessment/balancing/"
    assert f'href="{address}"' in page(responsible)
    shown = page(responsible, address)
    assert "Interesseavveining" in told(shown)
    assert f'datetime="{due}"' in shown
    responsible.post(address, note="Lest, den holder")
    assert f'datetime="{balanced.review.add_to(clock.today())}"' in page(responsible, address)


@pytest.mark.requirement("DEC-13")
@pytest.mark.parametrize("preset", presets())
def test_every_preset_has_weighed_the_interests_it_rests_on(preset):
    for activity in load(preset).activities:
        articles = {one.article for one in activity.basis} | {
            one.basis.article for one in activity.recipients
        }
        balanced = any(one.kind == "balancing" for one in activity.assessments)
        assert balanced or "6.1.f" not in articles, activity.name


def test_an_assessment_of_impact_may_have_a_title_of_its_own(responsible):
    files = texts_of("mission")
    name = "activities/membership.yaml"
    titled = (
        "assessments: [{kind: dpia, title: {nb: Alt om dåp, nn: Alt om dåp, en: Baptism}, done: 2026-10-20,"
    )
    assert "assessments: [{kind: balancing, done: 2026-10-20," in files[name]
    with access.acting(actor="console", purpose="declaration/apply"):
        apply(
            files | {name: files[name].replace("assessments: [{kind: balancing, done: 2026-10-20,", titled)}
        )
    assert "Alt om dåp" in told(page(responsible))
    assert "personvernkonsekvenser: Alt om dåp, gjort" in told(page(responsible, "/kontoret/protokoll/"))
