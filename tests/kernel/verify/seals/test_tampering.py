"""What a superuser of the database can do to the log, and what shows it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from dateutil.relativedelta import relativedelta
from django.test import override_settings

from hjemmel.domain.people.models import Phone
from hjemmel.kernel import access
from hjemmel.kernel.audit.sealing import seal
from hjemmel.kernel.verify import seals
from tests.commands import command
from tests.kernel.verify.register import settle
from tests.kernel.verify.seals.logs import found, note, sealed, sql, tally, write, write_as
from tests.planting import member

pytestmark = pytest.mark.django_db

Do = Callable[[str], None]
# The last sealed entry, and one in the middle of the log.
LAST = "(select max(line) from audit_leaf where kind = 'entry')"
SOME = "(select line from audit_leaf where kind = 'entry' order by month, place offset 1 limit 1)"
NEXT = "(select line from audit_leaf where kind = 'entry' order by month, place offset 2 limit 1)"
NEWEST = "(select max(number) from audit_checkpoint)"
VALUE = "(select min(id) from audit_value)"
ENTRY_LEAF = (
    "sha256('\\x00'::bytea || convert_to(json_build_array('entry', r.id,"
    " (extract(epoch from r.at) * 1000000)::bigint, r.actor, r.purpose, r.kind, r.table_name, r.record_id,"
    " r.subject_id, r.datum, r.field, r.reason, encode(r.commitment, 'hex'))::text, 'UTF8'))"
)


@dataclass(frozen=True)
class Log:
    """A log of three months, and its last checkpoint as it was kept outside."""

    do: Do
    kept: str


@pytest.fixture
def log(superuser: Do) -> Iterator[Log]:
    """Three months, several batches, counts and values; a superuser whom no trigger stops."""
    now = datetime.now(UTC)
    for months in (2, 1):
        write(4, at=now - relativedelta(months=months))
        tally(at=now - relativedelta(months=months))
    for given in ("Kari", "Ola"):
        subject = member(given=given).subject_id
        with access.acting(actor="console", purpose="membership/administration"):
            Phone.objects.filter(subject=subject).update(number="+4768050199")
    seal()
    sealed(4, 4)
    settle()
    assert found() == {}
    superuser("set local session_replication_role = replica")
    yield Log(superuser, note())
    superuser("set local session_replication_role = origin")


def whole_month(months: int) -> list[str]:
    """Everything of the month so many back, gone."""
    month = f"(date_trunc('month', now() at time zone 'Europe/Oslo') - interval '{months} months')::date"
    lines = f"(select line from audit_leaf where month = {month} and kind ="
    return [
        f"delete from audit_entry where id in {lines} 'entry')",
        f"delete from audit_tally where id in {lines} 'tally')",
        f"delete from audit_leaf where month = {month}",
        f"delete from audit_checkpoint where month = {month}",
    ]


BEFORE = "(select max(size) from audit_checkpoint c where c.month = l.month and number <= 4)"
CUT = f"(select line from audit_leaf l where place >= {BEFORE} and kind ="
TAIL = [
    f"delete from audit_tally where id in {CUT} 'tally')",
    f"delete from audit_entry where id in {CUT} 'entry')",
    f"delete from audit_leaf l where place >= {BEFORE}",
    "delete from audit_checkpoint c where number > 4",
    "delete from audit_reached",
]

# What is done → what `log verify` finds, with nothing but the register itself.
INSIDE: dict[str, tuple[list[str], dict[str, int]]] = {
    "an entry is changed": (
        [f"update audit_entry set actor = 'tenure:999' where id = {SOME}"],
        {"line_changed": 1},
    ),
    "an entry is changed, and its leaf": (
        [
            f"update audit_entry set actor = 'tenure:999' where id = {SOME}",
            f"update audit_leaf l set hash = {ENTRY_LEAF} from audit_entry r"
            f" where l.kind = 'entry' and l.line = r.id and r.id = {SOME}",
        ],
        {"root_differs": 1},
    ),
    "the trigger is switched off and an entry changed": (
        [
            "set local session_replication_role = origin",
            "alter table audit_entry disable trigger log_kept",
            f"update audit_entry set reason = 'rule:none' where id = {LAST}",
            "alter table audit_entry enable trigger log_kept",
        ],
        {"line_changed": 1},
    ),
    "an entry is given another time": (
        [f"update audit_entry set at = at + interval '1 microsecond' where id = {SOME}"],
        {"line_changed": 1},
    ),
    "an entry is deleted": ([f"delete from audit_entry where id = {SOME}"], {"line_gone": 1}),
    "an entry is deleted, and its leaf": (
        [
            f"delete from audit_entry where id = {SOME}",
            "delete from audit_leaf l where kind = 'entry'"
            " and not exists (select from audit_entry e where e.id = l.line)",
        ],
        {"place_gone": 1},
    ),
    "an entry is deleted, and the others moved up": (
        [
            f"create temporary table gone on commit drop as select month, place, line from audit_leaf"
            f" where kind = 'entry' and line = {SOME}",
            "delete from audit_entry where id = (select line from gone)",
            "delete from audit_leaf where (month, place) = (select month, place from gone)",
            "update audit_leaf l set place = -l.place from gone g"
            " where l.month = g.month and l.place > g.place",
            "update audit_leaf set place = -place - 1 where place < 0",
        ],
        {"place_gone": 1},
    ),
    "two entries change places": (
        [
            f"create temporary table two on commit drop as select {SOME} as a, {NEXT} as b",
            "update audit_leaf set line = -line from two where kind = 'entry' and line in (a, b)",
            "update audit_leaf set line = case -line when a then b else a end from two where line < 0",
        ],
        {"line_changed": 2},
    ),
    "two leaves change places": (
        [
            f"create temporary table two on commit drop as select {SOME} as a, {NEXT} as b",
            "create temporary table places on commit drop as select month, place, line from audit_leaf, two"
            " where kind = 'entry' and line in (a, b)",
            "update audit_leaf l set place = -1 - l.place from places p"
            " where l.kind = 'entry' and l.line = p.line",
            "update audit_leaf l set place = p.place from places p, two where l.kind = 'entry'"
            " and l.line in (a, b) and p.line in (a, b) and p.line <> l.line",
        ],
        {"root_differs": 1},
    ),
    "two entries trade what they say": (
        [
            f"create temporary table two on commit drop as select {SOME} as a, {NEXT} as b",
            "update audit_entry e set record_id = o.record_id, actor = o.actor from audit_entry o, two"
            " where e.id in (a, b) and o.id in (a, b) and o.id <> e.id",
        ],
        {"line_changed": 2},
    ),
    "only the leaf is changed": (
        [f"update audit_leaf set hash = sha256('x') where kind = 'entry' and line = {SOME}"],
        {"line_changed": 1, "root_differs": 1},
    ),
    "a leaf is put at the end without a sealing": (
        [
            "insert into audit_entry (id, at, actor, purpose, kind, table_name)"
            " values (-5, now(), 'x', '', 'run', '')",
            "insert into audit_leaf (month, place, kind, line, hash)"
            f" select max(month), max(place) + 1, 'entry', -5,"
            f" (select {ENTRY_LEAF} from audit_entry r where id = -5) from audit_leaf"
            " where month = (select max(month) from audit_leaf)",
        ],
        {"place_loose": 1},
    ),
    "a count is changed": (
        ["update audit_tally set rows = rows + 1 where id = (select max(id) from audit_tally)"],
        {"line_changed": 1},
    ),
    "a value is changed": (
        [f"update audit_value set new = '+4768050111' where id = {VALUE}"],
        {"value_differs": 1},
    ),
    "a value is changed, and its commitment": (
        [
            f"update audit_value set new = '+4768050111' where id = {VALUE}",
            "update audit_entry e set commitment = kernel.commitment(v.key, v.datum, v.old, v.new)"
            f" from audit_value v where v.id = e.id and e.id = {VALUE}",
        ],
        {"line_changed": 1},
    ),
    "two people's values change places": (
        [
            "create temporary table two on commit drop as select min(id) as a, max(id) as b from audit_value",
            "update audit_value set id = -id from two where id in (a, b)",
            "update audit_value set id = case -id when a then b else a end from two where id < 0",
        ],
        {"value_differs": 2},
    ),
    "a value is taken away": ([f"delete from audit_value where id = {VALUE}"], {"values_uncounted": 1}),
    "a value is made up": (
        [
            "insert into audit_value (id, version, subject_id, datum, old, new, key, written_on)"
            f" select {LAST}, 1, subject_id, datum, old, new, key, written_on from audit_value limit 1"
        ],
        {"value_differs": 1, "values_uncounted": 1},
    ),
    "a checkpoint is taken out": (
        ["delete from audit_checkpoint where number = 4"],
        {"chain_broken": 1},
    ),
    "a checkpoint is replaced by an earlier one": (
        [
            "create temporary table early on commit drop as select * from audit_checkpoint where number = 4",
            f"update audit_checkpoint c set note = e.note from early e where c.number = {NEWEST}",
        ],
        {"chain_broken": 1, "checkpoint_differs": 1},
    ),
    "a checkpoint says another root": (
        [f"update audit_checkpoint set root = sha256('x') where number = {NEWEST}"],
        {"checkpoint_differs": 1, "root_differs": 1},
    ),
    "a checkpoint's note is changed": (
        [f"update audit_checkpoint set note = replace(note, 'since', 'Since') where number = {NEWEST}"],
        {"signature_differs": 1},
    ),
    "a whole month is deleted": (whole_month(1), {"chain_broken": 1}),
    "an entry is put into the past": (
        [
            "insert into audit_entry (id, at, actor, purpose, kind, table_name)"
            " values (-5, now() - interval '3 days', 'x', '', 'run', '')"
        ],
        {"line_out_of_time": 1},
    ),
}


@pytest.mark.requirement("LOG-02")
@pytest.mark.parametrize("what", INSIDE)
def test_it_shows_by_itself(log: Log, what: str):
    done, finds = INSIDE[what]
    for statement in done:
        log.do(statement)
    assert found() == finds
    assert seals.verify().count == sum(finds.values())


def test_a_batch_is_written_anew_and_signed_by_nobody(log: Log):
    """As the product would seal it, but without the register's key."""
    stolen = Ed25519PrivateKey.generate().private_bytes_raw()
    for statement in (
        f"update audit_entry set actor = 'tenure:999' where id = {LAST}",
        *TAIL[2:],
    ):
        log.do(statement)
    with override_settings(HJEMMEL_LOG_KEY=stolen), pytest.raises(RuntimeError):
        seal()  # it does not go on from what another key has signed
    log.do("delete from audit_leaf")
    log.do("delete from audit_checkpoint")
    with override_settings(HJEMMEL_LOG_KEY=stolen):
        seal()
        assert found() == {}
    assert found().keys() == {"signature_differs"}


def test_an_entry_is_put_into_the_past_and_sealed(log: Log):
    write_as(-5, at=datetime.now(UTC) - relativedelta(days=3))
    seal(whole=True)
    assert found() == {"line_out_of_time": 1}


def test_and_the_figures_of_sealing_are_put_back_to_hide_it(log: Log):
    write_as(-5, at=datetime.now(UTC) - relativedelta(days=3))
    log.do("update audit_reached set began_at = began_at - interval '10 days'")
    seal(whole=True)
    assert found() == {"chain_broken": 1}


# What leaves a log that fits in itself: only a checkpoint from outside can tell.
def the_tail_is_cut(log: Log) -> None:
    for statement in TAIL:
        log.do(statement)


def the_last_month_is_deleted(log: Log) -> None:
    for statement in [*whole_month(0), "delete from audit_value", "delete from audit_reached"]:
        log.do(statement)


def all_is_sealed_anew_with_the_stolen_key(log: Log) -> None:
    log.do(f"update audit_entry set actor = 'tenure:999' where id = {SOME}")
    for table in ("leaf", "checkpoint", "reached"):
        log.do(f"delete from audit_{table}")
    seal()
    sealed(1, 1, 1, 1)


OUTSIDE = {
    the_tail_is_cut: "outside_missing",
    the_last_month_is_deleted: "outside_missing",
    all_is_sealed_anew_with_the_stolen_key: "outside_differs",
}


@pytest.mark.requirement("LOG-02")
@pytest.mark.parametrize("what", OUTSIDE, ids=lambda what: what.__name__)
def test_it_shows_by_a_checkpoint_that_was_kept_outside(log: Log, what, tmp_path: Path, capsys):
    what(log)
    assert found() == {}
    assert found(log.kept) == {OUTSIDE[what]: 1}
    file = tmp_path / "kept"
    file.write_text(log.kept, encoding="utf-8")
    assert command("log", "verify") == 0
    assert command("log", "verify", "--checkpoint", str(file)) == 1
    assert "kontrollpunktet i filen" in capsys.readouterr().out


def test_a_checkpoint_of_another_register_or_key(log: Log):
    with override_settings(HJEMMEL_LOG_KEY=Ed25519PrivateKey.generate().private_bytes_raw()):
        assert found(log.kept)["signature_differs"] > 1
    forged = log.kept.replace("number", "number 1\nnumber", 1)
    with pytest.raises(seals.NoNoteError):
        found(forged)


def test_a_clean_log_has_nothing_to_tell(log: Log):
    assert found(log.kept) == {}
    write(3)
    assert found(log.kept) == {}
    seal()
    assert found(log.kept) == {}


def test_it_is_still_whole_when_values_have_gone(log: Log):
    log.do("set local session_replication_role = origin")
    sql("set local hjemmel.reason = 'request:7'")
    sql("delete from audit_value where id = (select min(id) from audit_value)")
    seal()
    assert found(log.kept) == {}
