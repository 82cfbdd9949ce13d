"""One keep rule changed in its file and applied: what the register does and what it says change together, and
nothing else moves (RET-01, DEC-03, MIN-04). Through the commands and pages that people use.
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.db import connection

from hjemmel.declaration import texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Phone
from hjemmel.kernel import access
from tests.commands import command
from tests.kernel.verify.register import counts, settle
from tests.planting import HARBOUR, member, officer

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.requirement("RET-01"),
    pytest.mark.requirement("DEC-03"),
    pytest.mark.requirement("MIN-04"),
]

RULE = "membership/keep/2"
LEFT, BEFORE, AFTER = date(2026, 3, 2), date(2031, 3, 2), date(2029, 3, 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The preset, written out as the files that an organisation keeps."""
    for name, text in texts_of("mission").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def left() -> Membership:
    """Somebody who has left: only the history is held by now."""
    gone = member(HARBOUR, given="Gerd", left_on=LEFT)
    with access.acting(actor="console", purpose="membership/administration", reason="rectification:test"):
        for model in (Email, Phone):
            model.objects.filter(subject=gone.subject_id).delete()
    return gone


def shorten(folder: Path) -> None:
    """Change one word of one file: the history of a membership is kept for three years."""
    file = folder / "activities" / "membership.yaml"
    text = file.read_text(encoding="utf-8")
    assert text.count("for: P5Y") == 1
    file.write_text(text.replace("for: P5Y", "for: P3Y"), encoding="utf-8")


def planned(capsys: pytest.CaptureFixture[str], day: date) -> set[tuple[str | None, int]]:
    """What `hjemmel retention plan` lists for that day by the rule that changes: due when, and whose."""
    capsys.readouterr()
    assert command("retention", "plan", "--on", day.isoformat(), "--json") == 0
    items = json.loads(capsys.readouterr().out)["items"]
    return {(item["due"], item["subject_id"]) for item in items if item["rule"] == RULE}


def told(page: str) -> str:
    """The page as it reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def sentences(page: str) -> dict[str, str]:
    """What the published statement says, by rule."""
    return {
        rule: told(said) for rule, said in re.findall(r'<li data-rule="([^"]+)">(.*?)</li>', page, re.DOTALL)
    }


def rows(sql: str) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def others() -> list[tuple[object, ...]]:
    """The ledger but for the rule that changes: why each is held, since when, until when."""
    return rows(
        "select c.rule, g.clause_id, g.record_id, g.subject_id, g.unit_id, g.since, g.ended, g.until"
        f" from grounds_ground g join grounds_clause c on c.id = g.clause_id where c.rule <> '{RULE}'"
        " order by 1, 3"
    )


def program() -> list[tuple[object, ...]]:
    """All that acts in the database: functions, triggers, views and policies."""
    return rows(
        "select 'function', oid::regprocedure::text, md5(prosrc) from pg_proc"
        "  where pronamespace = 'kernel'::regnamespace"
        " union all select 'trigger', tgrelid::regclass || ' ' || tgname, md5(pg_get_triggerdef(oid))"
        "  from pg_trigger where not tgisinternal"
        " union all select 'view', schemaname || '.' || viewname, md5(definition) from pg_views"
        "  where schemaname in ('public', 'seen')"
        " union all select 'policy', tablename || ' ' || policyname, md5(concat(qual, with_check))"
        "  from pg_policies order by 1, 2"
    )


def test_due_date_statement_and_my_page_follow_and_nothing_else_moves(left, folder, visit, capsys):
    held = member(HARBOUR, given="Kari")
    officer("chapter_leader", HARBOUR)
    settle()
    anybody, gone, staying = visit(None), visit(left.subject), visit(held.subject)

    def pages() -> tuple[dict[str, str], str, str]:
        published = sentences(anybody.get("/personvern/").content.decode())
        return published, *(told(who.get("/minside/").content.decode()) for who in (gone, staying))

    ledger, acting = others(), program()
    published, of_gone, of_staying = pages()
    assert published[RULE].startswith("Fem år etter at medlemskapet er avsluttet")
    assert ("Slettes 2. mars 2031" in of_gone, "2. mars 2029" in of_gone) == (True, False)
    assert "5 år etter at medlemskapet er avsluttet" in of_staying
    assert planned(capsys, AFTER) == set()
    assert planned(capsys, BEFORE) == {("2031-03-02", left.subject_id)}

    shorten(folder)
    assert command("declaration", "check", str(folder)) == 0
    assert command("declaration", "apply", str(folder), "--yes") == 0

    changed, of_gone, of_staying = pages()
    assert changed.pop(RULE).startswith("Tre år etter at medlemskapet er avsluttet")
    assert published.pop(RULE)
    assert changed == published
    assert ("Slettes 2. mars 2029" in of_gone, "2. mars 2031" in of_gone) == (True, False)
    assert "3 år etter at medlemskapet er avsluttet" in of_staying
    assert "5 år etter at medlemskapet" not in of_staying
    assert planned(capsys, date(2029, 3, 1)) == set()
    assert planned(capsys, AFTER) == {("2029-03-02", left.subject_id)}
    assert (others(), program()) == (ledger, acting)
    assert counts() == {}
