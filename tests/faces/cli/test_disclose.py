import json
import stat

import pytest

from hjemmel.kernel import access
from hjemmel.kernel.disclosure.models import Disclosure
from hjemmel.kernel.subjects.models import Subject
from tests.commands import command
from tests.kernel.verify.register import settle
from tests.planting import HARBOUR, ROOT, member

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SHA-02")]
RULE = "membership/recipient/grant_authority"


@pytest.fixture
def hjemmel(capsys: pytest.CaptureFixture[str]):
    def call(*argv: str) -> tuple[int, str, str]:
        code = command("disclose", *argv)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def disclosures() -> int:
    with access.acting(actor="console", purpose=RULE):
        return Disclosure.objects.count()


def test_first_what_may_be_given_then_how_many_then_the_file(hjemmel, tmp_path):
    member(given="Anne")
    secret = member(given="Berit")
    settle()
    with access.acting(actor="console", purpose=RULE):
        Subject.objects.filter(pk=secret.subject_id).update(shielded=True)
    code, out, _err = hjemmel()
    assert (code, RULE in out) == (0, True)
    assert "Til tilskuddsmyndighetene: person.name" in out
    code, out, _err = hjemmel(RULE, "--json")
    assert json.loads(out) == {"persons": 1, "shielded": 1, "restricted": 0, "without_consent": 0}
    assert disclosures() == 0
    file = tmp_path / "liste.csv"
    code, out, _err = hjemmel(RULE, "-o", str(file))
    assert code == 0
    assert "1 linjer" in out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "Anne" in file.read_text("utf-8-sig")
    code, _out, err = hjemmel(RULE, "-o", str(file))
    assert (code, "finnes fra før" in err) == (2, True)
    assert disclosures() == 1, "what could not be written was not given"
    code, out, _err = hjemmel(RULE, "--new", "--shielded", "--unit", str(HARBOUR), "-o", "-")
    assert (code, out.count("\r\n")) == (0, 2)
    assert "Berit" in out
    assert "Anne" not in out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("membership/recipient/nobody",), "Erklæringen har ingen slik utlevering"),
        ((RULE, "--unit", "7"), "ikke noe lag"),
        ((RULE, "--unit", "x"), "bare sifre"),
        ((RULE, "-o", "-"), "Det er ingen å utlevere noe om."),
        ((RULE, "--unit", str(ROOT), "-o", "/nowhere/at/all"), "ingen å utlevere"),
    ],
)
def test_what_it_cannot_do_it_says(hjemmel, argv, said):
    code, _out, err = hjemmel(*argv)
    assert code == 2
    assert said in err
    assert disclosures() == 0
