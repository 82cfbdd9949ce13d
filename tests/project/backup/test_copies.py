"""The keys of backups: apart, wrapped, and gone for good when a backup ends."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from hjemmel.kernel.vault.root import RootKeyError
from hjemmel.project.backup import BackupError, copies
from hjemmel.project.backup.copies import Copy, Place

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
ONE, TWO = "11" * 32, "22" * 32


@pytest.fixture
def place(tmp_path: Path, settings) -> Place:
    settings.HJEMMEL_ROOT = ("keys", ONE)
    return Place(tmp_path / "backups")


def made(place: Place, *, days: int = 30, at: datetime = NOW) -> Copy:
    place.copies.mkdir(parents=True, exist_ok=True)
    copy = copies.begin(place, "data", place.copies, lives=timedelta(days=days), now=at)
    draft = copies.draft_of(copy)
    draft.mkdir()
    copies.finish(copy, draft, {"files": {}, "rows": {"people_person": 3}})
    return copy


def test_a_backup_is_found_again_by_what_lies_in_its_folder(place: Place):
    copy = made(place)
    assert copies.of(place, copy.at) == copy
    assert copies.manifest_of(copy, copy.at)["rows"] == {"people_person": 3}
    assert copy.key() not in (place.keys / f"{copy.id}.json").read_bytes()
    for file in (*place.keys.iterdir(), *copy.at.iterdir()):
        assert oct(file.stat().st_mode)[-3:] == "600"


def test_a_changed_manifest_is_refused(place: Place):
    copy = made(place)
    path = copy.at / copies.MANIFEST
    path.write_text(path.read_text().replace('"people_person": 3', '"people_person": 2'))
    with pytest.raises(BackupError, match="endret"):
        copies.manifest_of(copy, copy.at)


@pytest.mark.requirement("RET-09")
def test_past_its_days_it_ends_and_no_byte_of_its_key_is_left(place: Place):
    old, young = made(place, days=7, at=NOW - timedelta(days=7)), made(place)
    wrapped = old.wrapped
    assert [copy.id for copy in copies.end_old(place, NOW)] == [old.id]
    assert copies.known(place) == [young]
    assert not old.at.exists()
    assert not any(wrapped in file.read_bytes() for file in place.keys.iterdir())
    assert copies.end_old(place, NOW + timedelta(days=29, hours=23)) == []
    assert copies.oldest(copies.known(place), NOW) == NOW


def test_what_a_killed_backup_left_goes_and_what_is_whole_stays(place: Place):
    whole = made(place)
    place.copies.mkdir(exist_ok=True)
    begun = copies.begin(place, "keys", place.copies, lives=timedelta(days=7), now=NOW)
    copies.draft_of(begun).mkdir()
    (copies.draft_of(begun) / "keys.hjb").write_bytes(b"half")
    only_key = copies.begin(place, "data", place.copies, lives=timedelta(days=7), now=NOW)
    copies.clear_drafts(place)
    assert copies.known(place) == [whole]
    assert list(place.copies.iterdir()) == [whole.at]
    assert not (place.keys / f"{only_key.id}.json").exists()


def test_a_new_root_key_takes_the_keys_over(place: Place, settings):
    copy = made(place)
    key = copy.key()
    settings.HJEMMEL_ROOT = ("keys", f"{TWO},{ONE}")
    copies.rewrap(place)
    settings.HJEMMEL_ROOT = ("keys", TWO)
    (again,) = copies.known(place)
    assert again.key() == key
    settings.HJEMMEL_ROOT = ("keys", ONE)
    with pytest.raises(RootKeyError):
        again.key()


def test_a_key_file_that_is_not_whole_is_named(place: Place):
    copy = made(place)
    (place.keys / f"{copy.id}.json").write_text("{")
    with pytest.raises(BackupError, match=copy.id):
        copies.known(place)
