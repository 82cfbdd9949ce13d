"""Deleting at the office: what goes, what went, what the brake stopped; by the pages, as the web's role."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import timezone

from hjemmel.kernel import access, clock
from hjemmel.kernel.retention import actions, approvals, brake, forecast, proofs, reports
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.subjects.models import Subject
from hjemmel.kernel.verify.actions import leftovers
from tests.faces.office.test_reviews import told
from tests.kernel.retention import register
from tests.kernel.retention.keeping import keeper as as_keeper
from tests.kernel.retention.keeping import rows
from tests.planting import FJORD, HARBOUR, NORTH, ROOT, member, officer

pytestmark = pytest.mark.django_db
HOME = "/kontoret/sletting/"
HISTORY = "membership/keep/2"
WHY = "Planen er lest, regelen er riktig"


@pytest.fixture
def responsible(visit):
    return visit(officer("register_keeper", ROOT))


def gone(count: int = 1, unit: int = HARBOUR, days: int = 1, **fields: object) -> list[int]:
    """So many who left long enough ago that all of them goes, `days` ago."""
    left = clock.after(clock.today() - timedelta(days=days), years=-5)
    ties = [member(unit, left_on=left, joined_on=date(2000, 1, 1), **fields) for _ in range(count)]
    return [tie.subject_id for tie in ties]


def run(**options: object) -> Run:
    with as_keeper():
        try:
            actions.run(**options)
        except brake.RetentionError:
            return Run.objects.latest("pk")
        found = Run.objects.latest("pk")
        proofs.prove(found.pk, leftovers)
    return found


def page(visitor, url: str, status: int = 200) -> str:
    answer = visitor.get(url)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.requirement("RET-09")
def test_a_run_tells_what_went_by_which_rule_and_that_nothing_is_left(responsible):
    ids = gone(2)
    done = run()
    assert f'href="{HOME}"' in page(responsible, "/kontoret/")
    assert f'href="{HOME}{done.pk}/"' in page(responsible, HOME)
    shown = page(responsible, f"{HOME}{done.pk}/")
    text = told(shown)
    assert "#membership-keeps" in shown
    assert "etter at medlemskapet er avsluttet" in text
    assert re.search(r"Oppføringer 2\b", text)
    assert "Ingenting av det forfalte ble holdt tilbake" in text
    assert "Opplysninger som skulle vært slettet 0" in text
    assert "et søk etterpå fant ingen rester" in text
    with as_keeper():
        proof = proofs.one(done.pk)
    assert proof is not None
    assert proof.checksum in shown  # the same on the page as for the console
    assert not any(str(one) in shown for one in ids)


@pytest.mark.requirement("RET-09")
def test_what_is_left_is_said_and_no_proof_is_claimed(responsible):
    gone(2)
    done = run()
    Run.objects.filter(pk=done.pk).update(left=3, refused=1)
    with access.acting(actor="job:retention", purpose=()):
        found = done.proof
        found.found = found.found | {"data_past_last_ground": 4}
        found.save(force_update=True)
    text = told(page(responsible, f"{HOME}{done.pk}/"))
    assert "de går neste natt 2" in text
    assert "Databasen nektet; noen må se på det før neste natt 1" in text
    assert "Opplysninger som skulle vært slettet 4" in text
    assert "beviser ikke" in text


def test_runs_of_an_earlier_version_are_told_in_its_words_and_many_have_pages(responsible):
    now = timezone.now()
    Run.objects.bulk_create(
        Run(day=clock.today(), actor="job:retention", state="done", began_at=now, ended_at=now, due=0)
        for _ in range(60)
    )
    assert page(responsible, HOME).count('rel="next"') == 1
    assert page(responsible, HOME + "?page=2").count('rel="prev"') == 1
    last = Run.objects.latest("pk")
    Run.objects.filter(pk=last.pk).update(
        counts={"none": {"row": 2}, "gone_activity/keep/9": {"record": 1}, "order:7": {"made_up": 3}}
    )
    text = told(page(responsible, f"{HOME}{last.pk}/"))
    assert "Regelen som holdt dette, er tatt ut." in text
    assert "En regel som ikke gjelder lenger." in text
    assert "Det er ikke søkt etter denne kjøringen." in text
    page(responsible, f"{HOME}999999/", 404), page(responsible, f"{HOME}99999999999/", 404)


def test_nobody_else_gets_in(visit, responsible):
    gone(1)
    done = run()
    with as_keeper():
        forecast.keep_forecast()
    addresses = [
        HOME, f"{HOME}{done.pk}/", HOME + "plan/", f"{HOME}plan/{HISTORY}/", HOME + "framover/",
        f"{HOME}framover/{clock.today().year}/", f"{HOME}framover/{clock.today().year}/{HISTORY}/",
        "/kontoret/gjennomgang/utenfor/",
    ]  # fmt: skip
    for office, unit in (("chapter_leader", HARBOUR), ("region_leader", NORTH)):
        other = visit(officer(office, unit))
        for address in addresses:
            page(other, address, 403)
        assert HOME not in page(other, "/kontoret/")
        assert other.post(f"{HOME}{done.pk}/", answer="approved", reason=WHY).status_code == 403
    assert visit(None).get(HOME).status_code == 302


@pytest.mark.requirement("RET-01")
def test_the_plan_counts_everybody_and_names_only_those_whom_a_duty_reaches(visit, responsible):
    gone(2, days=0), gone(1, FJORD, days=-10, given="Ola"), gone(1, days=-50, given="Sen")
    text = told(page(responsible, HOME + "plan/"))
    assert re.search(r"Oppføringer 2 3\b", text)  # tonight, and within thirty days
    who = page(responsible, f"{HOME}plan/{HISTORY}/")
    seen = told(who)
    assert "Ola Nordmann" in seen  # her duty sees those who have ended, as long as they are held
    assert "Kari Nordmann" not in seen  # what is due today is held no more, and seen by nobody
    assert "Sen Nordmann" not in seen
    page(responsible, HOME + "plan/none/", 404)
    page(responsible, HOME + "plan/membership/keep/99/", 404)


def stopped(visitor) -> Run:
    gone(3)
    found = run(brake=2)
    assert found.state == "stopped"
    return found


@pytest.mark.requirement("RET-01")
def test_what_the_brake_stopped_is_shown_approved_and_run(responsible):
    found = stopped(responsible)
    front = told(page(responsible, "/kontoret/"))
    assert "3 Slettingen er stanset." in front
    assert "Nothing was due" not in front
    here = f"{HOME}{found.pk}/"
    text = told(page(responsible, here))
    assert re.search(r"Oppføringer 3 0\b", text)  # beside the usual
    assert "Godkjenn, og slett hos 3 personer" in text
    answer = responsible.post(here, answer="approved", reason="nei")
    assert answer.status_code == 422
    assert "minst ti tegn" in answer.content.decode()
    assert responsible.post(here, reason=WHY).status_code == 422
    assert responsible.post(here, answer="approved", reason=WHY)["Location"] == here
    assert rows("select task_name from procrastinate_jobs") == [("hjemmel.kernel.retention.tasks.go_on",)]
    text = told(page(responsible, here))
    assert "Godkjent Medlemsansvarlig" in text
    assert WHY in text
    assert (
        "stanset"
        not in told(page(responsible, "/kontoret/")).split("I tall")[0].split("Gjort av seg selv")[0]
    )
    done = run(brake=2)
    assert done.state == "done"
    assert "Brukt av kjøring" in told(page(responsible, here))
    assert "Godkjent av Medlemsansvarlig" in told(page(responsible, f"{HOME}{done.pk}/"))


@pytest.mark.requirement("RET-01")
def test_what_is_rejected_waits_until_somebody_has_looked(responsible):
    found = stopped(responsible)
    here = f"{HOME}{found.pk}/"
    responsible.post(here, answer="rejected", reason=WHY)
    assert "Avvist Medlemsansvarlig" in told(page(responsible, here))
    again = run(brake=1000)
    assert again.state == "stopped"
    assert "Planen før denne ble avvist" in told(page(responsible, f"{HOME}{again.pk}/"))
    assert "Stemmer dette?" not in page(responsible, here)
    assert responsible.post(here, answer="approved", reason=WHY).status_code == 422
    responsible.post(f"{HOME}{again.pk}/", answer="approved", reason=WHY)
    assert run(brake=2).state == "done"


@pytest.mark.requirement("RET-10")
def test_the_years_to_come_lead_from_year_to_rule_to_unit(responsible):
    year = clock.today().year + 3
    for unit, count in ((HARBOUR, 2), (FJORD, 1)):
        for _ in range(count):
            member(unit, left_on=date(year - 5, 7, 1), joined_on=date(2000, 1, 1))
    assert "Ikke regnet ut ennå" in page(responsible, HOME + "framover/")
    with as_keeper():
        forecast.keep_forecast()
    shown = page(responsible, HOME + "framover/")
    assert "<svg" in shown
    assert f'href="{HOME}framover/{year}/"' in shown
    assert re.search(rf"\b{year} 3 .*3\b", told(shown[shown.index("<tbody") :]))
    assert told(page(responsible, HOME + "framover/?what=record")).count("Det samme i tall: Oppføringer") == 1
    text = page(responsible, f"{HOME}framover/{year}/")
    assert "Personer som slettes helt 3" in told(text)
    assert f'href="{HOME}framover/{year}/{HISTORY}/"' in text
    units = told(page(responsible, f"{HOME}framover/{year}/{HISTORY}/"))
    assert "Havna 2 2 0" in units
    assert "Fjorden 1 1 0" in units
    for wrong in (f"{year + 40}/", "aldri/", f"{year}/none/", f"{year}/membership/keep/77/"):
        page(responsible, f"{HOME}framover/{wrong}", 404)


def test_the_letter_of_a_night_has_numbers_and_goes_to_whoever_has_the_daily_charge(responsible, visit):
    visit(officer("chapter_leader", HARBOUR))
    gone(2, given="Solveig")
    done = run()
    with as_keeper():
        assert reports.untold() == done.pk
        assert reports.tell(done.pk) >= 1
        assert reports.tell(done.pk) == 0
        assert reports.untold() is None
    letter = mail.outbox[0]
    assert "Slettet natt til" in letter.subject
    assert "oppføringer: 2" in letter.body
    assert "fant ingen" in letter.body
    assert f"/kontoret/sletting/{done.pk}/" in letter.body
    assert "Solveig" not in letter.body + letter.subject
    assert {to for one in mail.outbox for to in one.to} == {
        row[0] for row in rows("select username from access_account a where a.subject_id in"
                               " (select kernel.all_responsible())")
    }  # fmt: skip


def test_a_stopped_night_is_written_about_and_a_quiet_one_is_not(responsible):
    quiet = run()
    with as_keeper():
        assert reports.tell(quiet.pk) == 0
    found = stopped(responsible)
    with as_keeper():
        reports.tell(found.pk)
    assert "Slettingen ble stanset" in mail.outbox[-1].subject
    assert "Noe er forfalt for 3 personer" in mail.outbox[-1].body
    responsible.post(f"{HOME}{found.pk}/", answer="rejected", reason=WHY)
    again = run(brake=1000)
    with as_keeper():
        assert approvals.stopped(again.pk).why == "rejected"
        reports.tell(again.pk)
    assert "Planen er avvist" in mail.outbox[-1].body


# Eight of them are the test taking and giving back the role of the web.
COSTS = {"": 22, "plan/": 22, f"plan/{HISTORY}/": 24, "framover/": 22}


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("at", COSTS)
def test_a_page_costs_the_same_whatever_it_holds(responsible, at, count, django_assert_num_queries):
    for number in range(count):
        run()
        gone(1, days=-3 - number)
    with as_keeper():
        forecast.keep_forecast()
    responsible.get(HOME + at)  # the declaration is read once a process
    with django_assert_num_queries(COSTS[at]):
        assert responsible.get(HOME + at).status_code == 200


@pytest.mark.requirement("RET-08")
def test_what_a_hold_kept_and_what_went_at_request_is_told_without_saying_whose(responsible):
    (held,) = gone(1)
    gone(1)
    with access.acting(actor="console", purpose="membership/administration"):
        subject = Subject.objects.get(pk=held)
        register.hold(subject, register.Mark("sak"), set_on=clock.today() - timedelta(days=9))
    done = run()
    text = told(page(responsible, f"{HOME}{done.pk}/"))
    assert "En sikring holder på noe 1" in text
    assert "fant ingen rester" in text
    Run.objects.filter(pk=done.pk).update(
        counts={"request:7": {"record": 2}, "request:8": {"record": 1, "person": 1}}
    )
    shown = page(responsible, f"{HOME}{done.pk}/")
    assert "Etter krav fra den det gjelder" in told(shown)
    assert "Oppføringer 3 Personer 1" in told(shown)
    assert "request:7" not in shown
