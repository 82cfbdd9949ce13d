import json
import stat
from pathlib import Path

import pytest
from django.db import connection

from tests.commands import command
from tests.kernel.verify.register import unguarded
from tests.kernel.verify.seals.logs import sealed, sql, write

pytestmark = pytest.mark.django_db


def test_a_whole_log(capsys):
    sealed(3)
    write(2)
    assert command("log", "verify") == 0
    told = capsys.readouterr()
    assert "Loggen er hel." in told.out
    assert "ikke er forseglet ennå, og ikke kan kontrolleres: 2." in told.out
    assert "Linjer …" in told.err
    assert command("log", "verify", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["whole"], told["waiting"], told["found"]) == (True, 2, {})
    assert sum(month["lines"] for month in told["months"]) == told["lines"] == 4


def test_what_is_wrong_is_told_by_number_and_never_by_what_it_says(capsys):
    sealed(3)
    with unguarded("audit_entry"):
        sql("update audit_entry set actor = 'tenure:77' where id = (select max(id) from audit_entry)")
    assert command("log", "verify") == 1
    told = capsys.readouterr().out
    ((number,),) = sql("select max(id) from audit_entry")
    assert "       1  linjer er endret etter at de ble forseglet" in told
    assert f"entry {number}" in told
    assert "tenure:77" not in told
    assert command("verify") == 1
    assert "       1  brudd i loggen" in capsys.readouterr().out


def test_sealing_and_taking_out_a_checkpoint(capsys, tmp_path: Path):
    write(2)
    assert command("log", "seal", "--json") == 0
    assert json.loads(capsys.readouterr().out)["lines"] == 2
    write(1)
    file = tmp_path / "kontrollpunkt"
    assert command("log", "checkpoint", "-o", str(file)) == 0
    assert f"skrevet til {file}" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["kontrollpunkt"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert command("log", "verify", "--checkpoint", str(file)) == 0
    capsys.readouterr()
    assert command("log", "checkpoint") == 0
    assert capsys.readouterr().out == file.read_text(encoding="utf-8")
    assert command("log", "checkpoint", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert told["note"] == file.read_text(encoding="utf-8")
    assert told["key"].startswith("hjemmel/log/")


def test_nothing_is_sealed_on_a_broken_log(capsys):
    sealed(2)
    with unguarded("audit_checkpoint"):
        sql("update audit_checkpoint set peaks = substr(peaks, 33)")
    for what in ("seal", "checkpoint"):
        assert command("log", what) == 1
        assert "Kjør «hjemmel log verify»" in capsys.readouterr().err


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"hei\n\n\xe2\x80\x94 a b\n"])
def test_a_file_that_is_no_checkpoint(capsys, tmp_path: Path, content):
    file = tmp_path / "fil"
    if content is not None:
        file.write_bytes(content)
    assert command("log", "verify", "--checkpoint", str(file)) == 2
    told = capsys.readouterr().err
    assert "kan ikke leses" in told if content is None else "ikke et kontrollpunkt" in told


def test_options_where_they_do_not_belong(capsys, tmp_path: Path):
    assert command("log", "seal", "--checkpoint", "x") == 2
    assert command("log", "verify", "-o", "x") == 2
    write(1)
    assert command("log", "checkpoint", "-o", str(tmp_path / "no" / "such")) == 2
    assert "kan ikke skrives" in capsys.readouterr().err


def test_an_empty_log_has_nothing_to_keep(capsys):
    for table in ("audit_entry", "audit_tally", "audit_value"):
        with connection.cursor() as cursor:
            cursor.execute(f"alter table {table} disable trigger user; delete from {table}")
    assert command("log", "checkpoint") == 2
    assert "tom" in capsys.readouterr().err
    assert command("log", "verify") == 0
