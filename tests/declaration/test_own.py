"""The program's own words read fast are what a slow and thorough reading gives."""

from pathlib import Path

import pytest
from ruamel.yaml import YAML

import hjemmel.declaration
from hjemmel.declaration.own import contents

HERE = Path(hjemmel.declaration.__file__).parent
FILES = sorted(
    path.relative_to(HERE).as_posix()
    for folder in ("texts", "vocabulary", "law")
    for path in (HERE / folder).rglob("*.yaml")
)


@pytest.mark.parametrize("file", FILES)
def test_both_readings_give_the_same(file):
    assert contents(file) == YAML(typ="safe", pure=True).load((HERE / file).read_text("utf-8"))


def test_nothing_inside_a_word_makes_it_another_kind_of_value():
    words = contents("vocabulary/data.yaml")
    assert words
    assert all(isinstance(name, str) for name in words)
