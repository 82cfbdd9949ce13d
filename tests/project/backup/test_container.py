"""The file of sealed chunks: whole or refused, whatever happened to it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hjemmel.project.backup import container
from hjemmel.project.backup.container import CHUNK, BrokenContainerError

KEY, ID = bytes(range(32)), b"sixteen bytes id"
HEAD = len(container._head(ID, "data"))
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 3 * CHUNK + 5)


def read(path: Path, **changed) -> bytes:
    return b"".join(container.opened(path, **({"key": KEY, "backup": ID, "label": "data"} | changed)))


def written(path: Path, text: bytes, label: str = "data") -> container.Sealed:
    path.unlink(missing_ok=True)
    return container.seal(path, [text], key=KEY, backup=ID, label=label)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data.hjb"


@pytest.mark.parametrize("size", SIZES)
def test_what_goes_in_comes_out(path: Path, size: int):
    text = bytes(index % 251 for index in range(size))
    told = written(path, text)
    assert (told.plain, told.size) == (size, path.stat().st_size)
    assert read(path) == text
    assert oct(path.stat().st_mode)[-3:] == "600"
    assert text[:40] not in path.read_bytes() or size < 10


@given(parts=st.lists(st.binary(max_size=60), max_size=20))
def test_however_it_is_cut_into_parts(tmp_path_factory, parts):
    path = tmp_path_factory.mktemp("container") / "data.hjb"
    container.seal(path, parts, key=KEY, backup=ID, label="data")
    assert read(path) == b"".join(parts)


def test_another_key_backup_or_label_opens_nothing(path: Path):
    written(path, b"Kari Nordmann")
    for wrong in ({"key": bytes(32)}, {"backup": b"another sixteen!"}, {"label": "keys"}):
        with pytest.raises(BrokenContainerError):
            read(path, **wrong)


def test_no_byte_can_be_changed(path: Path):
    written(path, b"Kari")
    whole = path.read_bytes()
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(BrokenContainerError):
            read(path)


@pytest.mark.parametrize("size", SIZES)
def test_a_cut_shows_wherever_it_is(path: Path, size: int):
    written(path, bytes(size))
    whole = path.read_bytes()
    chunk = container.LENGTH + CHUNK + container.TAG
    for left in {0, HEAD - 1, HEAD, HEAD + 3, HEAD + chunk, HEAD + 2 * chunk, len(whole) - 1} & set(
        range(len(whole))
    ):
        path.write_bytes(whole[:left])
        with pytest.raises(BrokenContainerError):
            read(path)
    path.write_bytes(whole + b"x")
    with pytest.raises(BrokenContainerError):
        read(path)


def test_chunks_cannot_change_places(path: Path):
    written(path, b"a" * CHUNK + b"b" * CHUNK + b"c")
    whole, chunk = path.read_bytes(), container.LENGTH + CHUNK + container.TAG
    first, second, rest = (
        whole[HEAD : HEAD + chunk],
        whole[HEAD + chunk : HEAD + 2 * chunk],
        whole[HEAD + 2 * chunk :],
    )
    for other in (second + first + rest, first + rest, first + first + rest, first + second + second + rest):
        path.write_bytes(whole[:HEAD] + other)
        with pytest.raises(BrokenContainerError):
            read(path)
