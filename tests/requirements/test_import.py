"""PER-08 through the command line, as whoever keeps a register uses it."""

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from hjemmel.domain.imports.models import Run
from hjemmel.domain.people.models import Person
from hjemmel.kernel import access
from tests.domain.imports.make_csv import make
from tests.domain.imports.processes import started
from tests.environment import HOME

pytestmark = pytest.mark.requirement("PER-08")
UNITS = ("Havna", "Lia", "Fjorden")
COUNTS = ("read", "added", "changed", "unchanged", "queued", "rejected")


def ran(register: str, file: Path, *more: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, the JSON on stdout and what was said on stderr."""
    with started(register, file, *more) as process:
        told, said = process.communicate()
    return process.returncode, json.loads(told) if told else {}, said


def people() -> int:
    with access.acting(actor="console", purpose="membership/administration"):
        return Person.objects.count()


def test_a_list_is_tried_read_in_and_read_in_again(register, tmp_path):
    file = tmp_path / "liste.csv"
    made = make(file, rows=300, seed=21, encoding="cp1252", units=UNITS)
    with register() as name:
        code, tried, said = ran(name, file, "--dry-run")
        assert (code, people(), Run.objects.count()) == (1, 0, 0)
        assert said.splitlines()[-1].startswith("300 av 300 rader")
        code, done, _ = ran(name, file)
        assert [tried[k] for k in COUNTS] == [done[k] for k in COUNTS]
        assert (code, done["read"], done["added"]) == (1, 300, people())
        assert done["rejected"] >= len(made.faulty)
        assert sum(done[k] for k in COUNTS[1:]) == 300
        rejects = Path(done["rejects_file"])
        assert rejects.parent == HOME / "imports"
        assert stat.S_IMODE(rejects.stat().st_mode) == 0o600
        assert len(rejects.read_text(encoding="utf-8-sig").splitlines()) == done["rejected"] + 1
        code, again, _ = ran(name, file)
        assert (code, again["added"], again["changed"]) == (1, 0, 0)
        assert people() == done["added"]


def test_a_clean_list_ends_with_0_and_what_cannot_be_read_with_2(register, tmp_path):
    clean, no_units = tmp_path / "ren.csv", tmp_path / "uten-lag.csv"
    clean.write_text("Fornavn;Etternavn;Lokallag\r\nKari;Nordli;Havna\r\n", encoding="utf-8")
    no_units.write_text("Fornavn;Etternavn\r\nSiv;Vik\r\n", encoding="utf-8")
    with register() as name:
        code, done, _ = ran(name, clean)
        assert (code, done["added"], done["rejects_file"]) == (0, 1, None)
        code, told, said = ran(name, no_units)
        assert (code, told) == (2, {})
        assert said == ("hjemmel import: Filen har ingen kolonne for lag. Si hvilket lag med --unit.\n")
        assert ran(name, no_units, "--unit", "Lia")[0] == 0
        code, _, said = ran(name, tmp_path / "finnes-ikke.csv")
        assert (code, "Finner ikke" in said) == (2, True)
        with started(name, clean, as_json=False) as process:
            told, _ = process.communicate()
        assert told.splitlines()[:5] == [
            "Lest inn.",
            "  lest        1",
            "  nye         0",
            "  endret      0",
            "  uendret     0",
        ]


@pytest.mark.requirement("RET-09")
def test_what_somebody_wrote_among_the_headings_is_kept_nowhere(register, tmp_path):
    file = tmp_path / "liste.csv"
    file.write_text("Fornavn;Etternavn;Lokallag;Kontakt Qxhedda\r\nKari;Nordli;Havna;Qxline\r\n", "utf-8")
    with register() as name:
        assert ran(name, file)[1]["added"] == 1
        with connection.cursor() as cursor:
            cursor.execute(
                "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                " where schemaname not in ('pg_catalog', 'information_schema')"
            )
            tables = [table for (table,) in cursor.fetchall()]
            assert "public.imports_run" in tables
            for table in tables:
                cursor.execute(f"select count(*) from {table} t where t::text ilike '%%qxhedda%%'")
                assert cursor.fetchone() == (0,), table


def test_the_map_file_says_what_headings_do_not(register, tmp_path):
    file, given = tmp_path / "liste.csv", tmp_path / "kart.yaml"
    file.write_text("Kallenavn;Slekt;Hører til\r\nKari;Nordli;Havna lag\r\n", encoding="utf-8")
    given.write_text(
        "columns: {Kallenavn: given_name, Slekt: family_name, Hører til: unit}\nunits: {Havna lag: Havna}\n",
        encoding="utf-8",
    )
    with register() as name:
        assert ran(name, file)[0] == 2
        code, done, _ = ran(name, file, "--map", str(given))
        assert (code, done["added"]) == (0, 1)
