"""A union adopts a new version: what changes for whom and for how many is told before it applies."""

import json
from datetime import date
from pathlib import Path

import pytest

from hjemmel.declaration import texts_of
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.actions import apply
from tests.commands import command
from tests.planting import HARBOUR, HILL, ROOT, member, officer

pytestmark = pytest.mark.django_db
MEMBERSHIP = "activities/membership.yaml"
EDITS = (
    ("    for: P3Y\n", "    for: P1Y\n"),
    (
        "    when: on_joining\n    basis: {article: 6.1.b}\n",
        "    when: on_joining\n    basis: {article: 6.1.b}\n"
        "  - {to: printer, data: [person.name, person.postal_address], when: each_issue,"
        " basis: {article: 6.1.b}}\n",
    ),
    ("  chapter_leader: {may: [read],", "  chapter_leader: {may: [read, change],"),
)


@pytest.fixture
def union() -> None:
    """A union with two members in one branch, one in another, and two who left, one of them long ago."""
    apply(texts_of("union"))
    for unit in (HARBOUR, HARBOUR, HILL):
        member(unit)
    for left in (date(2024, 6, 1), date(2026, 6, 1)):
        member(HARBOUR, joined_on=date(2001, 1, 1), left_on=left, leaving="left")
    officer("chapter_leader", HARBOUR)
    officer("register_keeper", ROOT)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The new version, with three changes."""
    texts = texts_of("union")
    for before, after in EDITS:
        assert texts[MEMBERSHIP].count(before) == 1, before
        texts[MEMBERSHIP] = texts[MEMBERSHIP].replace(before, after)
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.requirement("DEC-06")
def test_three_changes_are_named_with_the_persons_each_touches(union, folder, capsys):
    assert command("declaration", "diff", "applied", str(folder), "--json") == 0
    told = json.loads(capsys.readouterr().out)
    said = [
        (c["words"]["nb"].partition(", regnet")[0], c["direction"], c["persons"]) for c in told["changes"]
    ]
    assert said == [
        ("Medlemmer: Avdelingslederen kan også endre.", "wider", 2),
        ("Medlemmer: Bjørkeli Trykk AS får navn og postadresse for hver utsending.", "wider", 3),
        ("Medlemmer: dette slettes etter 1 år, før 3 år", "narrower", 5),
    ]
    effects = told["effects"]
    assert (effects["touched"], effects["worse"]) == (5, 3)
    assert effects["due"] == {"persons": 1, "records": 1}
    assert effects["sooner"] == {"2026": 1, "2027": 1}
    # That something about her was changed is still in the log, with nothing of what it was.
    assert effects["seen"] == {"into": 0, "out": 0, "more": 0, "less": 1}


@pytest.mark.requirement("DEC-06")
def test_applying_tells_first_and_the_former_version_stays(union, folder, capsys, visit):
    former = Version.objects.get(replaced_on__isnull=True)
    assert command("declaration", "apply", str(folder)) == 2
    assert "Endringene gjelder 5 personer. Til ulempe: 3 personer." in capsys.readouterr().err
    assert Version.objects.get(replaced_on__isnull=True) == former
    assert command("declaration", "apply", str(folder), "--yes") == 0
    visitor = visit(None)
    assert "Ett år etter at medlemskapet er avsluttet" in visitor.get("/personvern/").content.decode()
    page = visitor.get(f"/personvern/utgaver/{former.pk}/").content.decode()
    assert "Tre år etter at medlemskapet er avsluttet" in page
    changes = visitor.get(f"/personvern/utgaver/{former.pk}/endringer/").content.decode()
    assert changes.index("Bjørkeli Trykk AS får") < changes.index("slettes etter 1 år, før 3 år")
