"""The journal of erasures: durable, chained, ahead of what it tells of, and silent about whom."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from hjemmel.kernel.journal import actions, book, queries
from hjemmel.kernel.journal.models import Batch
from hjemmel.kernel.journal.steps import Erasure, digest

ROW, OTHER = 7301452986012345, 8123456789012345


@pytest.fixture(autouse=True)
def beside(settings, tmp_path: Path) -> Path:
    """Where this test's journal lies."""
    settings.HJEMMEL_BACKUPS = tmp_path
    return tmp_path / "erasures"


def gone(*rows: int, rule: str = "membership/keep/1", happens: str = "record") -> list[Erasure]:
    return [Erasure(happens, "members_membership", rule, [None], rows)]


def file(beside: Path) -> Path:
    (found,) = book.files(beside)
    return found


def test_lines_come_back_as_written_and_only_whoever_has_the_key_reads_them(beside, settings):
    for number in range(5):
        book.append({"done": number})
    assert [line["done"] for line in book.lines()] == [0, 1, 2, 3, 4]
    assert oct(file(beside).stat().st_mode)[-3:] == "600"
    settings.HJEMMEL_JOURNAL_KEY = bytes(32)
    with pytest.raises(book.BrokenJournalError):
        list(book.lines())


@pytest.mark.parametrize("how", ["change", "remove", "insert", "swap", "another's"])
def test_what_was_tampered_with_is_found(beside, tmp_path, settings, how):
    for number in range(5):
        book.append({"done": number})
    path = file(beside)
    lines = path.read_bytes().splitlines(keepends=True)
    if how == "change":
        lines[3] = lines[3].replace(b"2", b"9", 1)
    elif how == "remove":
        del lines[3]
    elif how == "insert":
        lines.insert(3, lines[2])
    elif how == "swap":
        lines[2], lines[3] = lines[3], lines[2]
    else:
        settings.HJEMMEL_JOURNAL_KEY, key = os.urandom(32), settings.HJEMMEL_JOURNAL_KEY
        settings.HJEMMEL_BACKUPS = tmp_path / "another"
        book.append({"done": 3})
        lines[3:] = file(book.folder()).read_bytes().splitlines(keepends=True)[1:]
        settings.HJEMMEL_JOURNAL_KEY, settings.HJEMMEL_BACKUPS = key, tmp_path
    path.write_bytes(b"".join(lines))
    with pytest.raises(book.BrokenJournalError):
        list(book.lines())


def test_a_tail_cut_off_shows_by_where_it_had_come_to(beside):
    assert (book.head(), book.holds("")) == ("", True)
    for number in range(3):
        book.append({"done": number})
    head = book.head()
    assert book.holds(head)
    path = file(beside)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
    assert len(list(book.lines())) == 2
    assert not book.holds(head)


@pytest.mark.parametrize("left", [1, 20, 1000])
def test_a_line_cut_off_in_writing_counts_for_nothing_and_the_next_takes_its_place(beside, left):
    book.append({"done": 1})
    book.append({"done": 2, "steps": "x" * 200_000})
    path = file(beside)
    whole = path.read_bytes()
    first = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    path.write_bytes(whole[: first + left])
    assert [line["done"] for line in book.lines()] == [1]
    book.append({"done": 3})
    assert [line["done"] for line in book.lines()] == [1, 3]


def test_a_month_follows_the_one_before_and_old_ones_go(beside, db):
    for number in range(3):
        book.append({"done": number})
    file(beside).rename(beside / "2026-01.journal")  # as if they had been written then
    book.append({"done": 3})
    first, second = book.files(beside)
    assert [line["done"] for line in book.lines()] == [0, 1, 2, 3]
    text = second.read_bytes()
    second.write_bytes(b"")
    assert [line["done"] for line in book.lines()] == [0, 1, 2]
    book.append({"done": 3})
    assert [line["done"] for line in book.lines()] == [0, 1, 2, 3]
    assert second.read_bytes() == text

    old = Batch.objects.create(at=datetime(2026, 1, 31, tzinfo=UTC)).pk
    new = Batch.objects.create().pk
    assert actions.forget(datetime(2026, 1, 31, tzinfo=UTC)) == 0
    assert actions.forget(datetime(2026, 2, 1, tzinfo=UTC)) == 1
    assert not first.exists()
    assert [line["done"] for line in book.lines()] == [3]
    assert set(Batch.objects.values_list("pk", flat=True)) == {new}
    assert old != new
    assert actions.forget(datetime.now(UTC) + timedelta(days=400)) == 0  # the last file stays


@pytest.mark.requirement("RET-09")
def test_it_names_nobody(register_apart, beside):
    with transaction.atomic():
        actions.erase(gone(ROW, OTHER))
    said = file(beside).read_bytes()
    for row in (ROW, OTHER):
        for form in (str(row).encode(), row.to_bytes(8, "big"), row.to_bytes(8, "little"), b"%x" % row):
            assert form not in said
    (step,) = [step for batch in open_again() for step in batch.steps]
    assert step.rows == (digest("members_membership", ROW), digest("members_membership", OTHER))
    assert step.rows[0] != digest("people_person", ROW)


def open_again() -> list[queries.Erased]:
    """What a register that knows nothing of the journal would have to erase."""
    Batch.objects.all().delete()
    return list(queries.to_replay())


def test_it_is_written_ahead_and_what_was_rolled_back_is_not_replayed(register_apart):
    with transaction.atomic():
        actions.erase(gone(ROW))
        assert [list(line) for line in book.lines()] == [["day", "erase", "steps"]]  # before any commit
        transaction.set_rollback(True)
    with transaction.atomic():
        actions.erase(gone(OTHER))
        with transaction.atomic():
            actions.erase(gone(ROW, rule="request:1"))
            transaction.set_rollback(True)
    assert len(queries.open_batches()) == 2
    assert actions.settle() == 2
    assert actions.settle() == 0
    assert [len(batch.steps[0].rows) for batch in open_again()] == [1]


def test_what_was_committed_without_its_end_written_is_replayed(register_apart, beside):
    with transaction.atomic():
        actions.erase(gone(ROW))
    path = file(beside)
    path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))  # killed before it
    (batch,) = queries.open_batches()
    assert list(queries.to_replay()) == []  # this register has it erased
    assert actions.settle() == 1
    assert queries.ended() == {batch: True}
    assert [erased.batch for erased in open_again()] == [batch]


def test_without_a_register_to_ask_what_was_asked_for_is_done_and_a_rule_is_left_to_the_sweep(
    register_apart, beside
):
    for rule in ("membership/keep/1", "request:17", "order:2026-1"):
        with transaction.atomic():
            actions.erase(gone(ROW, rule=rule))
            path = file(beside)
            text = path.read_bytes()
        path.write_bytes(text)
    assert [batch.steps[0].rule for batch in open_again()] == ["request:17", "order:2026-1"]


def test_one_under_way_is_settled_by_nobody_else(register_apart, second):
    with transaction.atomic():
        actions.erase(gone(ROW))
        (batch,) = queries.open_batches()
        held = second.execute(f"select pg_try_advisory_xact_lock({actions.HELD})", [batch]).fetchone()
        assert held == (False,)
    assert queries.ended() == {batch: True}


def test_what_was_given_back_is_not_taken_again_unless_it_went_once_more(register_apart):
    for what in (actions.erase, actions.give_back):
        with transaction.atomic():
            what(gone(ROW, OTHER))
    with transaction.atomic():
        actions.erase(gone(OTHER))
    assert [batch.steps[0].rows for batch in open_again()] == [(digest("members_membership", OTHER),)]


def test_nothing_is_erased_where_the_journal_cannot_be_written(register_apart, settings, tmp_path):
    settings.HJEMMEL_BACKUPS = tmp_path / "file"
    settings.HJEMMEL_BACKUPS.touch()
    with pytest.raises(book.UnwritableJournalError, match="file"), transaction.atomic():
        actions.erase(gone(ROW))
    assert Batch.objects.count() == 0
    with pytest.raises(transaction.TransactionManagementError):
        actions.erase(gone(ROW))


def test_a_sweep_tells_it_datum_by_datum(register_apart, settings):
    """A person, a record and a datum: each stands there as the sweep did it."""
    from hjemmel.kernel.retention import actions as retention
    from hjemmel.kernel.retention.queries import plan
    from tests.planting import HARBOUR, member

    member(HARBOUR, joined_on=date(2010, 1, 1), left_on=date(2012, 1, 1))
    due = {(item.happens, item.table, item.datum, item.row_id) for item in plan().items}
    assert due
    with register_apart("keeper"):
        retention.run()
    assert plan().items == ()
    told = {
        (step.happens, step.table, datum, row)
        for batch in open_again()
        for step in batch.steps
        for datum in step.data
        for row in step.rows
    }
    assert told == {(happens, table, datum, digest(table, row)) for happens, table, datum, row in due}


def test_killed_between_the_line_and_the_commit_it_can_run_again(register_apart, beside):
    """The journal's own lock and the register's go with the process: nothing is left held."""
    with transaction.atomic():
        actions.erase(gone(ROW))
        transaction.set_rollback(True)
    assert actions.settle() == 1
    with transaction.atomic():
        actions.erase(gone(ROW))
    assert len(open_again()) == 1
