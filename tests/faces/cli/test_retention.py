import json
from datetime import date
from typing import Any

import pytest

from hjemmel.domain.people.models import Person
from hjemmel.kernel import access, clock
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.models import Clause
from hjemmel.kernel.retention.models import Run
from tests.commands import command
from tests.planting import member

pytestmark = pytest.mark.django_db
LEFT = date(2019, 6, 30)


@pytest.fixture
def hjemmel(capsys: pytest.CaptureFixture[str]):
    def call(*argv: str) -> tuple[int, str, str]:
        code = command(*argv)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def leave() -> Any:
    with access.acting(actor="console", purpose="membership/administration"), clock.at(date(2018, 1, 1)):
        return member(joined_on=date(2010, 1, 1), left_on=LEFT)


@pytest.mark.requirement("RET-01")
def test_first_the_plan_then_the_run_then_nothing(hjemmel):
    tie = leave()
    code, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30", "--json")
    planned = json.loads(out)
    assert (code, planned["day"], planned["counts"]) == (0, "2019-06-30", {"membership/keep/1": {"row": 2}})
    assert {item["subject_id"] for item in planned["items"]} == {tie.subject_id}
    code, out, err = hjemmel("retention", "run", "--on", "2019-06-30", "--json")
    assert (code, json.loads(out)["counts"]) == (0, planned["counts"])
    assert "1 av 1" in err
    code, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30", "--json")
    assert json.loads(out)["items"] == []


def test_for_people_it_speaks_norwegian(hjemmel):
    leave()
    _, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30")
    assert "1 person har noe som skal slettes" in out
    assert "membership/keep/1 – rader med opplysninger: 2" in out


@pytest.mark.requirement("RET-01")
def test_the_plan_says_line_by_line_what_goes_when_and_why(hjemmel):
    tie = leave()
    with access.acting(actor="console", purpose="membership/administration"):
        person = Person.objects.get(subject_id=tie.subject_id)
    _, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30")
    head, counts, _, heading, *lines = out.splitlines()
    assert ("1 person" in head, "membership/keep/1" in counts, heading) == (
        True,
        True,
        "Dag, regel, person og hva som skjer:",
    )
    assert len(lines) == 2
    for line in lines:
        assert line.startswith(
            f"2019-06-30  membership/keep/1  person {tie.subject_id}  raden slettes: people_"
        )
    for secret in (person.given_name, person.family_name, person.display_name):
        assert secret
        assert secret not in out
    _, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30", "--limit", "1")
    assert out.splitlines()[4:] == [lines[0], "… og 1 til. Alle vises med --limit 2, eller med --json."]
    _, out, _ = hjemmel("retention", "plan", "--on", "2019-06-30", "--limit", "0", "--json")
    assert len(json.loads(out)["items"]) == 2


def test_what_cannot_be_done_is_said_plainly(hjemmel):
    Clause.objects.filter(rule="membership/keep/2", status="live").update(then="anonymise")
    code, out, err = hjemmel("retention", "run")
    assert (code, out, "bare slette" in err, "membership/keep/2" in err) == (2, "", True, True)
    Installation.objects.update(kind=Installation.Kind.PRODUCTION)
    code, out, err = hjemmel("retention", "run", "--on", "2149-01-01")
    assert (code, out, "2149-01-01 er ikke kommet ennå" in err) == (2, "", True)


def test_a_day_that_is_none_is_refused(hjemmel, capsys):
    with pytest.raises(SystemExit, match="2"):
        hjemmel("retention", "plan", "--on", "31.02.2027")
    assert "ingen dato" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["2150-01-01", "9999-12-31", "0001-01-01"])
def test_a_day_too_far_off_is_refused_before_anything_is_begun(hjemmel, capsys, day):
    leave()
    for what in ("plan", "run"):
        with pytest.raises(SystemExit, match="2"):
            hjemmel("retention", what, "--on", day)
        assert "--on: velg en dag fra 1850-01-01 til 2149-12-31" in capsys.readouterr().err
    assert not Run.objects.exists()


@pytest.mark.requirement("RET-10")
def test_the_forecast_counts_what_goes_year_by_year(hjemmel):
    leave()
    code, out, _ = hjemmel("retention", "forecast", "--on", "2019-07-01", "--json")
    found = json.loads(out)
    lines = [line for line in found["lines"] if line["rule"] == "membership/keep/2"]
    assert (code, found["day"], found["years"]) == (0, "2019-07-01", [*range(2019, 2029)])
    assert lines == [
        {"kind": kind, "rule": "membership/keep/2", "year": 2024, "number": 1}
        for kind in ("person", "record")
    ]
    _, out, _ = hjemmel("retention", "forecast", "--on", "2019-07-01")
    rows = [line.split() for line in out.splitlines()]
    assert ["membership/keep/2", *"0000010000", "0", "0"] in rows
    assert "Personer som går helt" in out


@pytest.mark.requirement("RET-09")
def test_the_proof_tells_what_went_and_that_nothing_is_left(hjemmel):
    leave()
    code, out, _ = hjemmel("retention", "run", "--on", "2024-06-30", "--json")
    done = json.loads(out)
    assert (code, set(done["found"].values())) == (0, {0})
    code, out, _ = hjemmel("retention", "proof", "--json")
    proof = json.loads(out)
    assert (code, proof["run"], proof["counts"]) == (0, done["run"], done["counts"])
    assert proof["searched"]["found"] == done["found"]
    assert proof["searched"]["rows"] > 0
    _, out, _ = hjemmel("retention", "proof", str(done["run"]))
    assert "fant ingen rester" in out
    assert proof["checksum"] in out
    code, _, err = hjemmel("retention", "proof", "999")
    assert (code, "Det finnes ingen kjøring 999." in err) == (2, True)
    code, _, err = hjemmel("retention", "plan", "3")
    assert (code, "hører bare til «retention proof»" in err) == (2, True)


@pytest.mark.requirement("RET-09")
def test_a_fresh_search_finds_what_was_planted_and_says_so(hjemmel):
    code, out, _ = hjemmel("proof", "--json")
    assert (code, set(json.loads(out)["now"]["found"].values())) == (0, {0})
    leave()  # who should have gone in 2024, and no night has been
    code, out, _ = hjemmel("proof", "--json")
    assert (code, json.loads(out)["now"]["found"]["data_past_last_ground"] > 0) == (1, True)
    assert "opplysninger som skulle vært slettet" in hjemmel("proof")[1]
