"""Another master key: every key is wrapped by it, none is lost on the way, and the old one opens nothing."""

import os
import signal
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction

from hjemmel.domain.members.models import Membership
from hjemmel.kernel import access
from hjemmel.kernel.vault import actions, crypto, ring, rotating
from hjemmel.kernel.vault.models import Key
from tests.planting import HARBOUR, member

DATUM = "person.national_id"
PEOPLE = 7


@pytest.fixture(autouse=True)
def ring_apart(settings, tmp_path: Path) -> Path:
    settings.HJEMMEL_RING = tmp_path / "secrets" / "vault.json"
    return settings.HJEMMEL_RING


@pytest.fixture
def people(register_apart) -> list[int]:
    """Members whose numbers are sealed, committed."""
    ids = [member(HARBOUR, given=f"Kari{n}").subject_id for n in range(PEOPLE)]
    with access.acting(actor="console", purpose="membership/administration"):
        for n, one in enumerate(ids):
            actions.seal(subject_id=one, datum=DATUM, text=f"2982801234{n}")
    return ids


def opened(ids: list[int]) -> list[str | None]:
    found = []
    for one in ids:
        with access.acting(actor=f"self:{one}", purpose="accounts/administration"):
            found.append(actions.open_sealed(subject_id=one, datum=DATUM))
    return found


def stored() -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select subject_id, wrapped from public.vault_key")
        return {subject: bytes(wrapped) for subject, wrapped in cursor.fetchall()}


def test_all_is_wrapped_anew_and_the_old_master_key_is_gone(people):
    before, values = stored(), opened(people)
    index = crypto.digest(DATUM, "29828012340")
    done = rotating.rotate(batch=3)
    assert (done.generation, done.keys, done.destroyed, done.resumed) == (2, PEOPLE, [1], False)
    assert opened(people) == values
    assert crypto.digest(DATUM, "29828012340") == index  # found as before
    assert rotating.state() == rotating.State(2, [2], {2: PEOPLE})
    for subject, wrapped in before.items():
        with pytest.raises(crypto.UnsealableError):
            crypto.unwrap(wrapped, subject)
    with connection.cursor() as cursor:
        cursor.execute(
            "select actor, kind, record_id from audit_entry where table_name = 'vault_key' and kind = 'run'"
        )
        assert cursor.fetchall() == [("console", "run", 2)]


def test_under_way_both_open_and_what_comes_meanwhile_is_not_lost(people, second):
    values, late = opened(people), member(HARBOUR).subject_id
    old = crypto.new_key(late)

    def progress(step: str, done: int) -> None:
        assert opened(people) == values
        if step == "wrapped" and done == 3:  # somebody who had it wrapped before, and writes only now
            with access.acting(actor="console", purpose=()):
                Key.objects.bulk_create([Key(subject_id=late, wrapped=old, generation=1)])

    assert rotating.rotate(progress, batch=3).keys == PEOPLE + 1
    assert rotating.state().keys == {2: PEOPLE + 1}
    later = member(HARBOUR).subject_id
    for wrapped, generation in ((old, 1), (old, 2), (crypto.new_key(later), 3)):
        with (
            access.acting(actor="console", purpose=()),
            pytest.raises(DatabaseError, match="being destroyed"),
            transaction.atomic(),
        ):
            Key.objects.bulk_create([Key(subject_id=later, wrapped=wrapped, generation=generation)])


def test_there_is_one_at_a_time_and_a_key_that_does_not_open_stops_it(people, second):
    second.execute("select pg_advisory_lock(hashtext('hjemmel.vault'))")
    with pytest.raises(rotating.RotatingError):
        rotating.rotate()
    second.execute("select pg_advisory_unlock_all()")
    with connection.cursor() as cursor:
        cursor.execute(
            "update public.vault_key set wrapped = wrapped || 'x' where subject_id = %s", [people[0]]
        )
    with pytest.raises(crypto.UnsealableError):
        rotating.rotate()
    assert sorted(ring.there().masters) == [1, 2]
    assert opened(people[1:]) == [f"2982801234{n}" for n in range(1, PEOPLE)]


KILLED = """
import os, signal, sys
from pathlib import Path
import django
from django.conf import settings
django.setup()
settings.HJEMMEL_RING = Path(sys.argv[1])
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[2]
from hjemmel.kernel.vault import rotating
left = int(sys.argv[3])
def progress(step, done):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)
rotating.rotate(progress, batch=3)
"""


def test_killed_anywhere_it_goes_on_to_the_same_end(people, ring_apart):
    values, steps = opened(people), 0
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "hjemmel.project.settings"}
    environment["PYTHONPATH"] = os.pathsep.join(path for path in sys.path if path)
    while True:
        name = connection.settings_dict["NAME"]
        command = [sys.executable, "-c", KILLED, str(ring_apart), name, str(steps)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert opened(people) == values
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        steps += 1
        now = rotating.rotate(batch=3)
        assert (len(ring.there().masters), now.keys <= PEOPLE) == (1, True)
        assert rotating.state().keys == {now.generation: PEOPLE}
        assert opened(people) == values
    assert steps == 6  # a new key, three batches, before the old one is destroyed, and after


def test_what_was_erased_by_hand_can_be_undone_after_it_too(people):
    """The key of the undo is wrapped anew, and the subject's own key in it was kept opened."""
    from hjemmel.kernel.erasure import actions as erasure
    from hjemmel.kernel.erasure import undo
    from hjemmel.kernel.statement.actions import apply
    from tests.kernel.retention.test_erasing import declared

    her, value = people[0], opened(people)[0]
    with access.acting(actor="console", purpose="membership/administration"):
        files = declared()
        name = "activities/membership.yaml"
        kept = "data: [person.name, person.birth_date, person.postal_address"
        assert kept in files[name]
        apply(files | {name: files[name].replace(kept, kept.replace("name,", "name, person.national_id,"))})
        Membership.objects.filter(subject_id=her).update(left_on=date(2026, 1, 1), leaving="left")
    with access.acting(actor="console", purpose="membership/administration"):
        request = erasure.ask(subject_id=her)
    erasure.walk(request)
    assert her not in stored()
    done = rotating.rotate(batch=3)
    assert (done.destroyed, done.keys) == ([1], PEOPLE)  # one of them is the key of the undo
    assert undo.take_back(request, actor="console") > 0
    assert crypto.generation(stored()[her]) == 2
    assert opened([her]) == [value]
