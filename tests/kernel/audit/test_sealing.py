"""Sealing: every line once, in order, whatever the numbers do, and never on top of what was changed."""

import json
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings
from django.db import connection, transaction

from hjemmel.kernel.audit import notes
from hjemmel.kernel.audit.models import Checkpoint, Entry, Leaf, Reached, Tally
from hjemmel.kernel.audit.sealing import BrokenLogError, seal
from hjemmel.kernel.verify.seals import examine
from tests.kernel.retention.keeping import keeper
from tests.kernel.verify.register import unguarded
from tests.kernel.verify.seals.logs import found, sealed, sql, tally, write, write_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _up_to_date(db: None) -> None:
    """What the template holds is sealed."""
    seal()


def unsealed() -> int:
    return Entry.objects.count() + Tally.objects.count() - Leaf.objects.count()


def test_every_line_gets_a_place_and_the_log_is_whole():
    write(5)
    tally()
    assert unsealed() == 6
    assert seal().lines == 6
    assert unsealed() == 0
    seen = examine()
    assert (seen.found, seen.waiting) == ({}, 0)
    assert seen.lines == Leaf.objects.count()
    assert [m.size for m in seen.months] == [seen.lines]


def test_the_keeper_may_and_a_second_time_changes_nothing():
    write(3)
    with keeper():
        done = seal()
        assert done.lines == 3
        assert seal() == type(done)(0, done.checkpoint)
    assert found() == {}


def test_in_batches_it_is_the_same_tree():
    before = Leaf.objects.count()
    write(25)
    tally()
    assert seal(batch=4).lines == 26
    assert examine().months[-1].size == before + 26
    assert found() == {}


def test_a_leaf_binds_all_of_a_line():
    write(1)
    seal()
    entry = Entry.objects.order_by("-id")[0]
    since = entry.at - datetime(1970, 1, 1, tzinfo=UTC)
    told = [
        "entry", entry.id, since // timedelta(microseconds=1), entry.actor, entry.purpose, entry.kind,
        entry.table_name, entry.record_id, entry.subject_id, entry.datum, entry.field, entry.reason, None,
    ]  # fmt: skip
    leaf = Leaf.objects.get(kind="entry", line=entry.id)
    assert bytes(leaf.hash) == sha256(b"\x00" + json.dumps(told, ensure_ascii=False).encode()).digest()
    assert len(told) == len(Entry._meta.local_fields) + 1, "a column that no leaf binds"
    assert {f.name for f in Tally._meta.local_fields} == {"id", "at", "table_name", "rows", "reason"}


def test_lines_of_another_month_get_their_own_tree_by_the_clock_in_oslo():
    """Half past eleven at night in UTC is the first of the next month in Oslo."""
    sql("delete from public.audit_reached")  # nothing says yet how old a line may be
    for at in (datetime(2026, 3, 31, 21, 30, tzinfo=UTC), datetime(2026, 3, 31, 22, 30, tzinfo=UTC)):
        write(2, at=at)
        tally(at=at)
    seal()
    sizes = {f"{m.month:%Y-%m}": m.size for m in examine().months}
    assert (sizes["2026-03"], sizes["2026-04"]) == (3, 3)
    assert Checkpoint.objects.get(month="2026-03-01").note.split("\n")[0].endswith("/2026-03")


def test_numbers_that_were_rolled_back_leave_no_trace():
    write(2)
    with transaction.atomic():
        write(3)
        transaction.set_rollback(True)
    write(2)
    assert seal().lines == 4
    assert found() == {}


def test_a_line_that_turns_up_late_is_sealed_next():
    """Its number lies below those that are sealed."""
    ((number,),) = sql("select nextval('public.audit_entry_id_seq')")
    write(3)
    seal()
    assert Leaf.objects.filter(kind="entry", line__gt=number).exists()
    write_as(number)
    assert found() == {}
    assert examine().waiting == 1
    assert seal().lines == 1
    assert found() == {}


def test_a_whole_look_finds_what_the_figures_pass_over():
    ((number,),) = sql("select nextval('public.audit_entry_id_seq')")
    write(1)
    seal()
    sql("update public.audit_reached set entry_floor = 1000000000")
    write_as(number)
    assert seal().lines == 0
    assert seal(whole=True).lines == 1
    assert found() == {}


def test_checkpoints_are_signed_notes():
    sealed(3)
    *_, note = Checkpoint.objects.order_by("number").values_list("note", flat=True)
    text, _, signature = note.partition("\n\n")
    origin, size, root = text.split("\n")[:3]
    last = Checkpoint.objects.order_by("-number")[0]
    assert (int(size), b64decode(root)) == (last.size, bytes(last.root))
    name, number, key = notes.verifier_key().split("+", 2)
    assert origin.startswith(name + "/")
    raw = b64decode(key)
    assert raw[:1] == b"\x01"
    assert number == sha256(name.encode() + b"\n" + raw).digest()[:4].hex()
    told = b64decode(signature.removeprefix(f"— {name} "))
    assert told[:4].hex() == number
    Ed25519PublicKey.from_public_bytes(raw[1:]).verify(told[4:], (text + "\n").encode())
    assert settings.HJEMMEL_LOG_KEY.hex() not in note


@pytest.mark.parametrize(
    "change",
    [
        "peaks = '\\x00'::bytea || substr(peaks, 2)",
        "note = replace(note, 'number', 'Number')",
        "size = size + 1",
    ],
)
def test_nothing_is_sealed_on_top_of_what_was_changed(change):
    sealed(3)
    with unguarded("audit_checkpoint"):
        last = "(select max(number) from audit_checkpoint)"
        sql(f"update public.audit_checkpoint set {change} where number = {last}")
    write(1)
    before = Leaf.objects.count()
    with pytest.raises(BrokenLogError):
        seal()
    assert Leaf.objects.count() == before


def test_nobody_changes_or_removes_what_is_sealed():
    sealed(2)
    for table in ("audit_entry", "audit_tally", "audit_leaf", "audit_checkpoint"):
        for statement in (f"delete from public.{table}", f"truncate public.{table}"):
            with pytest.raises(Exception, match="only ever added to"), transaction.atomic():
                sql(statement)
    with connection.cursor() as cursor:
        for table in ("audit_leaf", "audit_checkpoint", "audit_reached"):
            cursor.execute(
                "select has_any_column_privilege('hjemmel_app', %s, 'select')", [f"public.{table}"]
            )
            assert cursor.fetchone() == (False,)
    assert Reached.objects.count() == 1
