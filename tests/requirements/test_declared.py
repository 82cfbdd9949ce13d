"""What a declaration says, on the page anybody can read and through the check, for each preset put in force
(DEC-01, 02, 08, 11, 12, 13).
"""

import re
from html import unescape
from pathlib import Path

import pytest

from hjemmel.declaration import Declaration, load, presets, texts_of
from hjemmel.kernel import access
from hjemmel.kernel.statement.actions import apply
from tests.commands import command
from tests.faces.conftest import Visitor

pytestmark = pytest.mark.django_db
PARTS = ("why", "from", "sees", "gets", "keeps")


def in_force(name: str) -> Declaration:
    with access.acting(actor="console", purpose="declaration/apply"):
        apply(texts_of(name))
    return load(name)


def told(html: str) -> str:
    """The words of a piece of a page, without capitals."""
    words = unescape(re.sub(r"<[^>]+>", " ", html)).replace("\N{NO-BREAK SPACE}", " ")
    return re.sub(r"\s+", " ", words).lower()


def sections(visit: type[Visitor]) -> dict[str, str]:
    """The words at each anchor of the public statement."""
    page = visit(None).get("/personvern/nb/").content.decode()
    pieces = re.split(r'<\w+ id="([\w-]+)"', page[page.index("<article") : page.index("</article>")])
    return {anchor: told(f"<p {piece}") for anchor, piece in zip(pieces[1::2], pieces[2::2], strict=True)}


@pytest.mark.requirement("DEC-01")
@pytest.mark.parametrize("name", presets())
def test_each_activity_says_what_why_from_where_who_sees_who_gets_and_how_long(visit, name):
    declaration, there = in_force(name), sections(visit)
    for activity in declaration.active:
        why, origin, sees, gets, keeps = (there[f"{activity.name}-{part}"] for part in PARTS)
        for purpose in activity.purposes:
            assert purpose.title.nb.lower() in why
        articles = {basis.article for basis in activity.basis}
        assert all(f"artikkel {article.split('.')[0]}" in why for article in articles)
        assert "fra" in origin
        for duty in activity.duties:
            assert declaration.office(duty.office).title.nb.lower() in sees
        for disclosure in activity.recipients:
            assert declaration.recipient(disclosure.to).title.nb.lower() in gets
        assert activity.recipients or "ikke videre til noen" in gets
        for keep in activity.keep:
            if keep.period and keep.period.days:
                assert str(keep.period.days) in keeps
    assert not {activity.name for activity in declaration.planned} & there.keys()


@pytest.mark.requirement("DEC-02")
@pytest.mark.parametrize("name", presets())
def test_who_answers_who_has_the_daily_charge_and_how_to_reach_them(visit, name):
    declaration = in_force(name)
    organisation, there = declaration.organisation, sections(visit)
    main = {controller for activity in declaration.active for controller in activity.controllers}
    for controller in (one for one in organisation.controllers if one.name in main):
        assert controller.title.lower() in there["how-responsible"]
        assert controller.number in there["how-responsible"].replace(" ", "")
    assert "svarer for behandlingen" in there["how-responsible"]
    assert "det daglige ansvaret" in there["how-responsible"]
    assert "krav og spørsmål om personvern" in there["how-responsible"]
    assert organisation.contact.email in there["how-contact"]


@pytest.mark.requirement("DEC-11")
def test_services_that_answer_for_themselves_stand_apart_with_a_link(visit):
    declaration = in_force("union")
    page = visit(None).get("/personvern/nb/").content.decode()
    processors, _, own = page.partition("Disse bestemmer selv over opplysningene")
    used = {d.to for activity in declaration.active for d in activity.recipients}
    used |= {cookie.set_by for cookie in declaration.organisation.cookies}
    answering = [r for r in declaration.recipients if r.kind == "controller" and r.name in used]
    assert len(answering) == 3
    for recipient in answering:
        assert f'href="{recipient.statement}"' in own
        assert f'href="{recipient.statement}"' not in processors


@pytest.mark.requirement("DEC-12")
@pytest.mark.parametrize("name", presets())
def test_measures_are_printed_each_with_the_day_it_was_tested(visit, name):
    measures = in_force(name).organisation.measures
    there = sections(visit)["how-measures"]
    assert measures
    for measure in measures:
        assert measure.title.nb.lower() in there
        assert f"{measure.tested.day}. " in there
        assert str(measure.tested.year) in there


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The union's preset, written out as the files that an organisation keeps."""
    for name, text in texts_of("union").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.requirement("DEC-08")
@pytest.mark.parametrize(
    ("file", "code", "change"),
    [
        ("recipients.yaml", "H070", (r"\n  agreement:(?:\n {4}.*)+", "")),
        ("activities/membership.yaml", "H031", (r"after: membership.ended\n", "after: x.y\n")),
    ],
)
def test_the_check_finds_what_is_missing_and_says_where(capsys, folder, file, code, change):
    text = (folder / file).read_text("utf-8")
    assert re.search(change[0], text), text
    assert command("declaration", "check", str(folder)) == 0
    capsys.readouterr()
    (folder / file).write_text(re.sub(*change, text, count=1), "utf-8")
    assert command("declaration", "check", str(folder)) == 1
    said = capsys.readouterr().out
    assert code in said
    assert re.search(re.escape(file) + r":\d+", said)


@pytest.mark.requirement("DEC-08")
def test_two_rules_that_disagree_are_named_with_the_one_that_wins_and_why(capsys, folder):
    file = folder / "activities" / "membership.yaml"
    rule = "{what: membership, data: [person.name], for: P1Y, after: membership.ended, then: anonymise}"
    file.write_text(file.read_text("utf-8").replace("keep:\n", f"keep:\n  - {rule}\n", 1), "utf-8")
    command("declaration", "check", str(folder))
    said = capsys.readouterr().out
    (found,) = re.findall(r"activities/membership.yaml:\d+:\d+ H058 (.*)", said)
    assert "membership/keep/1" in found
    assert re.search(r"membership/keep/\d vinner, fordi \w+", found)
