import json
from datetime import date

import pytest

from hjemmel.domain.members.models import Membership
from hjemmel.kernel import access, clock
from hjemmel.kernel.subjects.models import Subject
from tests.commands import command
from tests.kernel.retention.test_erasing import declared, left
from tests.planting import member

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("RET-03")]
CONSOLE = {"actor": "console", "purpose": "membership/administration"}


@pytest.fixture
def hjemmel(capsys: pytest.CaptureFixture[str]):
    with access.acting(**CONSOLE):
        declared()

    def call(*argv: str) -> tuple[int, str, str]:
        code = command(*argv)
        told = capsys.readouterr()
        return code, told.out, told.err

    return call


def test_first_the_plan_then_the_erasure_then_its_undoing(hjemmel):
    with access.acting(**CONSOLE):
        tie = left()
    code, out, _ = hjemmel("erase", str(tie.subject_id), "--plan")
    assert code == 0
    assert "Dette slettes:" in out
    code, out, _ = hjemmel("erase", str(tie.subject_id), "--json")
    done = json.loads(out)
    assert (code, done["left"], done["plan"]["subject"]) == (0, 0, tie.subject_id)
    with access.acting(**CONSOLE):
        assert Subject.objects.get(pk=tie.subject_id).gone_on == clock.today()
    code, out, _ = hjemmel("erase", "--undo", str(done["request"]))
    assert (code, "Angret" in out) == (0, True)
    with access.acting(**CONSOLE):
        assert Membership.objects.get(pk=tie.pk).left_on == date(2026, 1, 1)
    code, _, err = hjemmel("erase", "--undo", str(done["request"]))
    assert (code, "kan ikke angres" in err) == (2, True)


def test_it_says_what_stays_and_what_to_do(hjemmel):
    tie = member()
    code, out, _ = hjemmel("erase", str(tie.subject_id), "--plan")
    assert code == 0
    assert "Ingenting slettes" in out
    assert "Avslutt det først" in out


@pytest.mark.parametrize("who", ["7", "abc", "99999999999999999999"])
def test_nobody_is_told_so(hjemmel, who):
    code, _, err = hjemmel("erase", who, "--plan")
    assert code == 2
    assert "Traceback" not in err
