"""What is wrong with the arguments of a command is said in Norwegian, and before anything is written."""

from pathlib import Path

import pytest

from hjemmel.faces.cli import main
from hjemmel.project.config import Config
from hjemmel.project.house import House

SAID = [
    ("nonsense", "«nonsense» finnes ikke. Velg: run, setup,"),
    ("", "dette mangler: KOMMANDO"),
    ("stop now", "dette hører ikke til her: now"),
    ("setup", "dette mangler: --preset, --admin"),
    ("run --persons", "--persons: verdien mangler"),
    ("run --persons -5", "--persons: skriv et helt tall fra 20 til 2 000 000"),
    ("run --persons 2000001", "--persons: skriv et helt tall fra 20 til 2 000 000"),
    ("run --persons many", "--persons: skriv et helt tall fra 20 til 2 000 000"),
    ("run --seed 9223372036854775808", "--seed: skriv et helt tall fra 0 til 2 147 483 647"),
    ("run --demo nowhere", "--demo: «nowhere» finnes ikke. Velg: courses,"),
    ("statement --lang de", "--lang: «de» finnes ikke. Velg: nb, nn, en"),
    ("statement --preview=1", "--preview: skal ikke ha noen verdi"),
    ("retention sweep", "«sweep» finnes ikke. Velg: plan, run"),
    ("retention plan --on 31.02.2027", "--on: 31.02.2027 er ingen dato; skriv den som 2027-01-01"),
    ("declaration", "dette mangler: HVA"),
]


@pytest.mark.parametrize(("asked", "told"), SAID)
def test_what_is_wrong_and_what_is_allowed_is_said_in_norwegian(
    asked: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    home = tmp_path / "home"
    with pytest.raises(SystemExit, match="2"):
        main(asked.split(), House(Config(home=home)))
    out, err = capsys.readouterr()
    assert (out, told in err, "--help" in err) == ("", True, True)
    assert "argument" not in err
    assert "invalid" not in err
    assert not home.exists()
