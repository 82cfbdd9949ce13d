"""The root key: from the environment, a file or a command; another one opens nothing, and says so."""

import stat
import sys
from pathlib import Path

import pytest

from hjemmel.kernel.vault import ring, root

SERVICE = """
import base64, sys
what, given = sys.argv[1], base64.b64decode(sys.stdin.readline())
turned = bytes(byte ^ 0x5A for byte in given)
print(base64.b64encode(b"kms:" + turned if what == "wrap" else bytes(b ^ 0x5A for b in given[4:])).decode())
"""
ONE, TWO = "11" * 32, "22" * 32


@pytest.fixture
def service(tmp_path: Path) -> str:
    program = tmp_path / "a service.py"
    program.write_text(SERVICE)
    return f"'{sys.executable}' '{program}'"


@pytest.fixture(params=["keys", "file", "command"])
def source(request, settings, tmp_path, service) -> str:
    (tmp_path / "key").write_text(ONE + "\n")
    settings.HJEMMEL_ROOT = {
        "keys": ("keys", ONE),
        "file": ("file", str(tmp_path / "key")),
        "command": ("command", service),
    }[request.param]
    settings.HJEMMEL_RING = tmp_path / "vault.json"
    return request.param


def test_what_it_wraps_it_opens_for_the_same_use_alone(source):
    wrapped = root.wrap(b"k" * 32, "vault master 1")
    assert root.unwrap(wrapped, "vault master 1") == b"k" * 32
    assert b"k" * 32 not in wrapped
    with pytest.raises(root.RootKeyError):
        root.unwrap(wrapped, "vault master 2")


def test_another_source_or_key_opens_nothing_and_says_where_to_look(source, settings, service):
    ring.there().master(1)
    settings.HJEMMEL_ROOT = ("keys", TWO)
    with pytest.raises(root.RootKeyError, match="HJEMMEL_MASTER_KEY"):
        ring.there().master(1)
    settings.HJEMMEL_ROOT = ("keys", f"{TWO},{ONE}")  # the new one first, the old one to open by
    if source != "command":
        first = ring.there().master(1)
        assert ring.add_generation() == 2
        settings.HJEMMEL_ROOT = ("keys", ONE)
        assert ring.there().master(1) == first
        settings.HJEMMEL_ROOT = ("keys", f"{TWO},{ONE}")
        assert ring.destroy_generations(before=2) == [1]
        index = ring.index_key()
        settings.HJEMMEL_ROOT = ("keys", TWO)
        assert ring.index_key() == index
        with pytest.raises(ring.NoSuchGenerationError):
            ring.there().master(1)


def test_the_ring_is_its_owners_alone_and_holds_no_key_in_the_open(source, settings):
    key = ring.there().master(1)
    path = settings.HJEMMEL_RING
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert key.hex() not in path.read_text()
    assert ONE not in path.read_text()
    assert ring.there() is ring.there()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (("file", "/nowhere"), "/nowhere"),
        (("keys", "11"), "64 heksadesimale"),
        (("keys", "no key"), "64 heksadesimale"),
        (("command", "/nowhere"), "HJEMMEL_KMS_COMMAND kan ikke startes"),
        (("command", "false"), "svarte med 1"),
        (("command", "echo not/base64!"), "noe annet enn base64"),
    ],
)
def test_what_is_wrong_is_said_and_no_key_is_repeated(settings, given, says):
    settings.HJEMMEL_ROOT = given
    with pytest.raises(root.RootKeyError, match=says):
        root.wrap(b"k" * 32, "a use")
