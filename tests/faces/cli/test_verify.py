import json

import pytest
from django.db import connection

from tests.commands import command
from tests.kernel.verify import register

pytestmark = pytest.mark.django_db


def test_an_object_for_each_invariant_and_nothing_to_report(capsys):
    assert command("verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [(one["name"], one["count"], one["examples"]) for one in told] == [
        (name, 0, []) for name in register.NAMES
    ]


def test_what_is_broken_is_counted_and_the_command_says_so(capsys):
    with connection.cursor() as cursor:
        cursor.execute("update grounds_clause set period = '6 years' where rule = 'membership/keep/2'")
    assert command("verify") == 1
    told = capsys.readouterr()
    assert "       1  avvik mellom erklæringen og det som håndheves" in told.out
    assert "membership/keep/2 period is told otherwise than enforced" in told.out
    assert "Personvernerklæringen" in told.err
