"""What the repository promises of itself: lock files without addresses, and nothing undocumented."""

import re
from pathlib import Path

import pytest

from hjemmel.faces.cli.frame import _commands
from hjemmel.project import config

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock", "package-lock.json", "make/browser/package-lock.json")


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_pins_by_hash_and_names_no_place_to_fetch_from(name: str):
    text = (ROOT / name).read_text()
    assert '"resolved"' not in text
    assert re.findall(r"https?://\S+\.(?:tgz|whl|zip|tar)\b", text) == []
    assert "--index-url" not in text
    packages = re.findall(r"^[a-z0-9-]+==|^    \"node_modules/", text, re.MULTILINE)
    hashes = re.findall(
        r"\\\n    --hash=sha256:[0-9a-f]{64}(?: \\\n    --hash=\S+)*|\"integrity\": \"sha512-", text
    )
    assert packages
    assert len(hashes) == len(packages)


def test_every_setting_is_documented():
    text = (ROOT / "docs" / "operate" / "README.md").read_text()
    assert [name for name in config._VARIABLES if f"HJEMMEL_{name}`" not in text] == []


def test_every_command_is_documented():
    text = (ROOT / "docs" / "reference" / "commands.md").read_text()
    assert [command.name for command in _commands() if f"`hjemmel {command.name}" not in text] == []


def test_no_file_has_grown_past_four_hundred_lines():
    files = [path for top in ("src", "tests", "bench", "make") for path in (ROOT / top).rglob("*.py")]
    assert len(files) > 100
    assert [str(path) for path in files if len(path.read_text().splitlines()) > 400] == []
