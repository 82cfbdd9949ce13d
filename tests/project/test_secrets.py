"""Secrets lie in files that their owner alone can read."""

import stat
import subprocess
from pathlib import Path

import pytest

from hjemmel.project import secrets

from .conftest import python


def test_made_once_random_and_private(tmp_path: Path):
    home = tmp_path / "some" / "home"
    first = secrets.read(home, "master_key")
    assert len(bytes.fromhex(first)) == 32
    assert secrets.read(home, "master_key") == first
    assert secrets.read(home, "another") != first
    assert [path.name for path in (home / "secrets").iterdir() if path.name.startswith(".")] == []
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (home, home / "secrets", tmp_path / "some")}
    assert modes == {0o700}
    assert stat.S_IMODE((home / "secrets" / "master_key").stat().st_mode) == 0o600


def test_those_who_ask_at_once_get_the_same(tmp_path: Path):
    code = "from pathlib import Path\nfrom hjemmel.project import secrets\n"
    code += "print(secrets.read(Path(sys.argv[1]), 'k'))"
    many = [python(code, tmp_path, stdout=subprocess.PIPE) for _ in range(4)]
    assert len({one.communicate()[0] for one in many}) == 1


def test_a_secret_that_cannot_be_read_is_not_made_anew(tmp_path: Path):
    (tmp_path / "secrets" / "master_key").mkdir(parents=True)
    with pytest.raises(secrets.UnreadableSecretError, match="master_key"):
        secrets.read(tmp_path, "master_key")
