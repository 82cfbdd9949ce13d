"""Whatever is written, it fails with findings that say where, or it is a declaration in every respect."""

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hjemmel.declaration import Declaration, Finding, dump, load_texts, rules, statement, vocabulary
from hjemmel.declaration.findings import levels
from hjemmel.declaration.load import judge
from hjemmel.declaration.model import LANGUAGES
from hjemmel.declaration.read.keys import SHAPES
from tests.declaration.generated import declarations
from tests.declaration.test_schema import judge as fits_schema

WORDS = vocabulary()
VALUES = sorted(
    {
        "~",
        "true",
        "6.1",
        "2026-02-30",
        "[]",
        "{}",
        "''",
        "P1W",
        "&a x",
        "*a",
        "!x y",
        "'",
        "{",
        "- a",
        "\t",
        ":",
    }
    | {"delete", "P0D", "P5Y", "session", "club", "attic", "leader", "printer", "other", "H101", "H041"}
    | {key for shape in SHAPES.values() for key in shape}
    | WORDS.articles.keys()
    | WORDS.conditions.keys()
    | WORDS.events.keys()
    | WORDS.records.keys()
    | set(list(WORDS.data)[:12])
)
# What concerns a whole file, or one that is not there, stands on no line.
OF_FILES = {"H008", "H014", "H015", "H016"}
many = settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
Edit = Callable[[st.DrawFn, list[str], int], None]


def delete(_: st.DrawFn, lines: list[str], at: int) -> None:
    del lines[at]


def repeat(_: st.DrawFn, lines: list[str], at: int) -> None:
    lines.insert(at, lines[at])


def swap(draw: st.DrawFn, lines: list[str], at: int) -> None:
    other = draw(st.integers(0, len(lines) - 1))
    lines[at], lines[other] = lines[other], lines[at]


def indent(draw: st.DrawFn, lines: list[str], at: int) -> None:
    lines[at] = draw(st.sampled_from(["  ", " "])) + lines[at]


def reword(draw: st.DrawFn, lines: list[str], at: int) -> None:
    tokens = lines[at].split(" ")
    tokens[draw(st.integers(0, len(tokens) - 1))] = draw(st.sampled_from(VALUES))
    lines[at] = " ".join(tokens)


def revalue(draw: st.DrawFn, lines: list[str], at: int) -> None:
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{draw(st.sampled_from(VALUES))}"


EDITS: tuple[Edit, ...] = (delete, repeat, swap, indent, reword, revalue)


@st.composite
def edited(draw: st.DrawFn) -> dict[str, str]:
    """Draw the texts of a declaration with up to three edits anywhere in them, good or bad."""
    texts = dump(draw(declarations()))
    for _ in range(draw(st.integers(0, 3))):
        file = draw(st.sampled_from(sorted(texts)))
        lines = texts[file].splitlines()
        if lines:
            draw(st.sampled_from(EDITS))(draw, lines, draw(st.integers(0, len(lines) - 1)))
        texts[file] = "\n".join(lines) + "\n"
    if draw(st.integers(0, 9)) == 0:
        del texts[draw(st.sampled_from(sorted(texts)))]
    return texts


@many
@given(edited())
def test_it_fails_with_a_place_or_it_compiles_and_is_told_and_written_back(texts: dict[str, str]) -> None:
    declaration, findings = judge(texts)
    for finding in findings:
        located(finding, texts)
    if declaration is None:
        assert any(finding.level == "error" for finding in findings)
    else:
        assert all(finding.level != "error" for finding in findings)
        whole(declaration, texts)


def located(finding: Finding, texts: dict[str, str]) -> None:
    """A finding names a file and a line of it, and is said in full in every language."""
    assert finding.level == levels()[finding.code]
    if finding.code in OF_FILES:
        assert finding.file
    else:
        assert finding.file in texts
        assert 1 <= finding.line <= texts[finding.file].count("\n") + 1
        assert finding.column >= 1
    for lang in LANGUAGES:
        assert all(sentence.strip() for sentence in finding.said(lang))


def whole(declaration: Declaration, texts: dict[str, str]) -> None:
    """It compiles to rules with ids of their own, is told in every language and read back as it was."""
    ids = [rule.id for rule in rules(declaration)]
    assert len(set(ids)) == len(ids)
    assert load_texts(dump(declaration)) == declaration
    for lang in LANGUAGES:
        told = statement(declaration, lang)
        assert [rule for rule in ids if f'data-rule="{rule}"' not in told] == []
    for file, text in texts.items():
        fits_schema(file, text)
