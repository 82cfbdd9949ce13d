"""The schemas for editors and the reference of the language: drawn from what the readers go by."""

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import fastjsonschema
import pytest
from hypothesis import HealthCheck, given, settings

from hjemmel.declaration import Declaration, dump, presets, texts_of
from hjemmel.declaration.findings import Report
from hjemmel.declaration.read.fields import Fields
from hjemmel.declaration.read.keys import FILES, KINDS, SHAPES
from hjemmel.declaration.reference import language, law
from hjemmel.declaration.schema import schema, schemas
from hjemmel.declaration.schema import settings as editor_settings
from hjemmel.declaration.text import Node, parse
from hjemmel.faces.cli.commands import declaration as command
from hjemmel.faces.cli.output import Output
from tests.declaration.generated import declarations
from tests.declaration.sampling import SAMPLES, paths, sample

DOCS = Path(__file__).resolve().parents[2] / "docs" / "declare"
VALID: dict[str, Callable[[Any], Any]] = {file: fastjsonschema.compile(schema(file)) for file in FILES}
# What is wrong with the shape or with a word of the vocabulary, where a schema can tell from one file alone.
SHAPES_OF = ("H003", "H004", "H005", "H006", "H007", "H011", "H013", "H017", "H020", "H021", "H022", "H023")
# A schema cannot tell these: texts of spaces in YAML, a code of a finding, another list in the same file.
TOLD_BY_THE_CHECK = {"H006-reason"}


def plain(node: Node) -> Any:
    """Return YAML as an editor hands it to a schema: dates are text."""
    if isinstance(node.value, dict):
        return {key: plain(inner) for key, inner in node.value.items()}
    if isinstance(node.value, list):
        return [plain(inner) for inner in node.value]
    return node.value.isoformat() if isinstance(node.value, date) else node.value


def judge(file: str, text: str) -> None:
    """Hold a file against the schema of its kind. Raises JsonSchemaException where it does not fit."""
    tree = parse(text, file, Report())
    assert tree is not None
    VALID["activities/….yaml" if file.startswith("activities/") else file](plain(tree))


@pytest.mark.parametrize("name", presets())
def test_presets_fit_the_schemas(name: str) -> None:
    for file, text in texts_of(name).items():
        judge(file, text)


@pytest.mark.parametrize("path", paths("passing"), ids=lambda path: path.stem)
def test_passing_samples_fit_the_schemas(path: Path) -> None:
    for file, text in sample(path).texts.items():
        judge(file, text)


@pytest.mark.parametrize(
    "path",
    [p for p in paths("failing") if p.stem.startswith(SHAPES_OF) and p.stem not in TOLD_BY_THE_CHECK],
    ids=lambda path: path.stem,
)
def test_failing_samples_of_shape_do_not_fit(path: Path) -> None:
    shown = sample(path)
    file = shown.options["file"][0]
    with pytest.raises(fastjsonschema.JsonSchemaException):
        judge(file, shown.texts[file])


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(declarations())
def test_whatever_is_written_fits_the_schemas(declaration: Declaration) -> None:
    for file, text in dump(declaration).items():
        judge(file, text)


def test_every_file_has_a_schema_that_is_json() -> None:
    assert json.loads(json.dumps(schemas())).keys() == {
        f"{name}.schema.json" for name in ("organisation", "units", "offices", "recipients", "activity")
    }
    assert editor_settings("./")["./activity.schema.json"] == "activities/*.yaml"


def test_the_command_writes_them_and_says_which_is_for_which(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    args = argparse.Namespace(what="schema", folder=str(tmp_path / "schema"), out=Output(as_json=False))
    assert command.run(args) == 0
    said = capsys.readouterr().out.splitlines()
    assert f"{tmp_path}/schema/activity.schema.json: activities/*.yaml" in said
    written = {path.name: json.loads(path.read_text("utf-8")) for path in (tmp_path / "schema").iterdir()}
    assert written == schemas()


def test_every_key_is_described_once_and_of_a_known_kind() -> None:
    for shape in SHAPES.values():
        for key in shape.values():
            assert key.kind in KINDS
            assert key.says
            assert not key.shape or key.shape in SHAPES
    led_to = {key.shape for shape in SHAPES.values() for key in shape.values()} - {""}
    tops = {shape for shape, _ in FILES.values()}
    assert led_to | tops | {"text", "condition", "archive"} == SHAPES.keys()


def test_a_key_is_read_as_the_kind_it_has_in_the_language() -> None:
    report = Report()
    tree = parse("kind: processor\n", "recipients.yaml", report)
    assert tree is not None
    fields = Fields(tree, report, "recipient")
    assert fields.choice("kind", "") == "processor"
    with pytest.raises(TypeError, match="“kind” is choice in the language, and read as word"):
        fields.word("kind")
    with pytest.raises(KeyError):
        fields.word("no_such_key")


def test_the_reference_lists_what_the_readers_go_by() -> None:
    assert (DOCS / "reference.md").read_text("utf-8") == language(), "run make/reference.py"
    assert (DOCS / "law.md").read_text("utf-8") == law(), "run make/reference.py"


def test_the_smallest_declaration_is_one_the_schema_takes() -> None:
    for file, text in texts_of(SAMPLES / "base").items():
        judge(file, text)
