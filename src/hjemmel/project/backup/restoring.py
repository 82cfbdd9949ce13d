"""The register from a backup. It is made whole in a database beside the one there is: read in, brought up
to this version, let go of what was erased since, caught up to today, verified. Then two names are changed
in one transaction. So whoever pulls the plug finds the register of before, or the restored one, and nothing
between.

Meanwhile the register of before is closed: it answers with a page that says so, and no sweep runs in it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from hjemmel.kernel import access, clock
from hjemmel.kernel.journal import actions as journal
from hjemmel.kernel.journal import book
from hjemmel.kernel.retention.actions import run
from hjemmel.kernel.retention.brake import RetentionError
from hjemmel.kernel.retention.replaying import replay
from hjemmel.kernel.vault import ring, root
from hjemmel.kernel.verify.actions import verify
from hjemmel.kernel.verify.reading import NotAppliedError
from hjemmel.project.backup import BackupError, copies, reading, taking
from hjemmel.project.backup.copies import Place
from hjemmel.project.backup.reading import Opened
from hjemmel.project.postgres import bootstrap, processes

RESTORING, REPLACED, TRIED = "hjemmel_restoring", "hjemmel_replaced", "hjemmel_tried"
SWITCH_SECONDS = 30.0

Progress = Callable[[str], None]  # the step that is about to begin

SHUT = "update public.clock_installation set restoring_since = clock_timestamp()"
OPEN = "update public.clock_installation set restoring_since = null"
LOST = "select count(*) from public.vault_key where length(wrapped) = 0"
LOGGED = """
insert into public.audit_entry (at, actor, purpose, kind, table_name, reason)
values (clock_timestamp(), kernel.acting(), '', 'run', 'clock_installation', %s)
"""


@dataclass(frozen=True, slots=True)
class Target:
    """The server, as the log-ins that are needed: who makes databases, the owner, the keeper; the database's
    name; the server's programs; the data folder; the backups' place; and how tables are brought up to date.
    """

    maker: dict[str, Any]
    owner: dict[str, Any]
    keeper: dict[str, Any]
    database: str
    binaries: Path
    home: Path
    place: Place
    migrate: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Wish:
    """What may be done although: over a register with data, and, each for a reason that the log keeps,
    without a journal, without the keys of the vault, with findings of verify.
    """

    over: bool = False
    without_journal: str = ""
    without_keys: str = ""
    despite_findings: str = ""

    @property
    def told(self) -> str:
        """Return the reasons for the log."""
        named = {
            "without journal": self.without_journal,
            "without keys": self.without_keys,
            "despite findings": self.despite_findings,
        }
        return "".join(f"; {what}: {why}" for what, why in named.items() if why)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: the backup's time, the rows read, keys not found, what was erased once more by the
    journal and by the sweep, and what verify counted.
    """

    backup: str
    made: str
    rows: int
    keys_missing: int
    replayed: int
    swept: int
    findings: dict[str, int] = field(default_factory=dict)


def restore(
    target: Target, given: Path, wish: Wish, *, keys: Path | None = None, progress: Progress = lambda _: None
) -> Restored:
    """Restore the register. Raises BackupError and RootKeyError; then that of before stands as it was."""
    with taking.alone(target.place):
        progress("check")
        backup = reading.open_backup(target.place, given)
        if backup.copy.kind != "data":
            raise BackupError("Dette er kopien av nøklene. Velg kopien av dataene, den uten «-keys».")
        opened = _keys(target, backup, keys, wish)
        there = _refuse_over(target, wish)
        clear(target)
        _same_keys(target, backup, there=there)
        _journal(target, backup, wish, there=there)
        with _closed(target, there=there):
            progress("read")
            done = _beside(target, backup, opened, wish, progress)
            progress("switch")
            _switch(target)
            progress("switched")
        _drop(target, REPLACED)
    return done


def cancel(target: Target) -> bool:
    """Take away what a broken-off restore left, and open the register; return whether it was shut."""
    with taking.alone(target.place):
        clear(target)
        if not has_data(target):
            return False
        return _open(target)


def has_data(target: Target) -> bool:
    """Whether anybody has set up or filled the register that is here."""
    if not _exists(target, target.database):
        return False
    with psycopg.connect(**_at(target.owner, target.database)) as database:
        made = database.execute("select to_regclass('public.clock_installation') is not null").fetchone()
        if not made or not made[0]:
            return False
        found = database.execute(
            "select exists (select from public.clock_installation)"
            " or exists (select from public.subjects_subject)"
        ).fetchone()
        return bool(found and found[0])


def try_out(target: Target, backup: Opened, opened_keys: Opened | None) -> list[str]:
    """Read a backup into a database that is thrown away; return what does not add up, in words."""
    _drop(target, TRIED)
    _make(target, TRIED)
    try:
        login = _at(target.owner, TRIED)
        missing = reading.read_into(login, target.binaries, backup, opened_keys)
        found = reading.compare(login, backup)
        return [*found, f"{missing} nøkler mangler"] if missing and opened_keys else found
    finally:
        _drop(target, TRIED)


def clear(target: Target) -> None:
    """Drop the databases that a killed restore or trial left. Only for whoever is alone here."""
    for name in (RESTORING, TRIED):
        _drop(target, name)
    if _exists(target, target.database):
        _drop(target, REPLACED)


def _beside(target: Target, backup: Opened, keys: Opened | None, wish: Wish, progress: Progress) -> Restored:
    """Make the register whole in a database beside."""
    _make(target, RESTORING)
    reading.read_into(_at(target.owner, RESTORING), target.binaries, backup, keys)
    with _django(target, RESTORING):
        progress("migrate")
        target.migrate()
        _execute(SHUT)
        progress("replay")
        head, replayed, swept = _caught_up(target, wish, progress)
        missing = _execute(LOST)
        if missing and not (wish.without_keys or wish.without_journal):
            raise BackupError(
                f"{missing} nøkler mangler i kopien av nøklene, og det som er kryptert med dem, er tapt."
                " Velg en nyere med --keys MAPPE, eller si hvorfor det må gå uten, med --without-keys GRUNN."
            )
        progress("verify")
        findings = _verified(wish)
        progress("open")
        told = f"restored from backup {backup.copy.id[:8]} of {backup.copy.made:%F %R}{wish.told}"
        with access.acting(actor="console", purpose=()):
            _execute(LOGGED, told[:160])
            _execute(OPEN)
        if book.head() != head:
            raise BackupError("Noe ble slettet i registeret mens kopien ble lest inn. Prøv igjen.")
    made, rows = backup.copy.made.isoformat(), sum(backup.manifest["rows"].values())
    return Restored(backup.copy.id, made, rows, missing, replayed, swept, findings)


def _caught_up(target: Target, wish: Wish, progress: Progress) -> tuple[str, int, int]:
    """Erase what was erased since, and what is due since; return how far the journal had come, and how much.

    The sweep writes nothing into the journal: this register is nobody's yet, and what is due here is due
    again wherever the same backup is read in.
    """
    head = book.head()
    with _django(target, RESTORING, role="keeper"), journal.silent():
        replayed = 0 if wish.without_journal else replay()
        progress("sweep")
        try:
            swept = run(actor="console", despite=True).subjects
        except RetentionError as error:
            raise BackupError(f"Slettingen som mangler, lar seg ikke ta igjen: {error}") from error
    return head, replayed, swept


def _verified(wish: Wish) -> dict[str, int]:
    try:
        findings = {result.name: result.count for result in verify() if result.count}
    except NotAppliedError:
        return {}
    if findings and not wish.despite_findings:
        told = ", ".join(f"{name}: {number}" for name, number in findings.items())
        raise BackupError(
            f"Det gjenopprettede registeret holder ikke det det lover ({told}), og er ikke tatt i bruk."
            " Bruk en annen kopi, eller si hvorfor det likevel skal brukes, med --despite-findings GRUNN."
        )
    return findings


def _keys(target: Target, backup: Opened, given: Path | None, wish: Wish) -> Opened | None:
    """Return the backup of the keys to use. Raises BackupError where there is none and nobody said why."""
    if given is not None:
        found: Opened | None = reading.open_backup(target.place, given)
    else:
        found = reading.newest_keys(target.place, backup.at)
    if found is not None and found.copy.kind != "keys":
        raise BackupError(f"{given} er ingen kopi av nøklene. De ligger i en mappe som slutter på «-keys».")
    if found is None and not wish.without_keys:
        raise BackupError(
            f"Ingen kopi av nøklene kan åpnes i {target.place.copies}. Uten dem er fødselsnumre og annet"
            " som er lagret kryptert, tapt. Pek ut en med --keys MAPPE, eller si hvorfor med"
            " --without-keys GRUNN."
        )
    return found


def _refuse_over(target: Target, wish: Wish) -> bool:
    there = has_data(target)
    if there and not wish.over:
        raise BackupError(
            "Det er et register her fra før. Skal det byttes ut med kopien, si --over."
            " Da lages det først en kopi av det som er her nå."
        )
    return there


def _same_keys(target: Target, backup: Opened, *, there: bool) -> None:
    """Searches by number, the journal and the log's signatures need the keys of the register that the backup
    was made of: a fresh data folder takes them over, another register's does not.
    """
    index = bytes.fromhex(backup.manifest["index"])
    carried = {name: bytes.fromhex(key) for name, key in backup.manifest["carried"].items()}
    opened = {name: root.unwrap(key, name) for name, key in carried.items() if name in taking.CARRIED}
    same = all(key == getattr(settings, taking.CARRIED[name]) for name, key in opened.items())
    if same and root.unwrap(index, ring.INDEX) == ring.index_key():
        return
    if there:
        raise BackupError("Kopien er av et annet register enn det som er her. Velg en annen datamappe.")
    ring.adopt_index(index)
    for name, key in opened.items():
        copies.write(target.home / "secrets" / name, key.hex().encode() + b"\n")
        setattr(settings, taking.CARRIED[name], key)


def _journal(target: Target, backup: Opened, wish: Wish, *, there: bool) -> None:
    """Settle the journal by the register of before, and refuse one that is missing, cut or changed."""
    if wish.without_journal:
        return
    try:
        if there:
            with _django(target, target.database):
                journal.settle()
        else:
            for _ in book.lines():
                pass
        heads = [backup.manifest["journal"], *_later_heads(target, backup)]
        whole = all(book.holds(head) for head in heads)
    except book.BrokenJournalError as error:
        raise BackupError(f"Slettejournalen er endret ({error}). {_WITHOUT}") from None
    if not whole:
        raise BackupError(f"Slettejournalen i {book.folder()} mangler, eller er kuttet. {_WITHOUT}")


def _later_heads(target: Target, backup: Opened) -> Iterator[str]:
    """Yield how far the journal had come at each later backup that can be reached."""
    for copy in copies.known(target.place):
        if copy.kind == "data" and copy.made > backup.copy.made and copy.at.is_dir():
            yield copies.manifest_of(copy, copy.at)["journal"]


_WITHOUT = (
    "Uten den kan det som er slettet siden kopien ble laget, komme tilbake. Hent journalen fra der den"
    " er tatt vare på, eller si hvorfor det må gå uten, med --without-journal GRUNN."
)


@contextmanager
def _closed(target: Target, *, there: bool) -> Iterator[None]:
    """Shut the register of before as long as this lasts, and keep sweeps from it. An error opens it again."""
    if not there:
        yield
        return
    with psycopg.connect(**_at(target.owner, target.database), autocommit=True) as held:
        lock = held.execute("select pg_try_advisory_lock(hashtext('hjemmel.retention'))").fetchone()
        if not lock or not lock[0]:
            raise BackupError("En sletting er i gang. Vent til den er ferdig, og prøv igjen.")
        held.execute(SHUT)
        try:
            yield
        except BaseException:
            _open(target)
            raise


def _open(target: Target) -> bool:
    """Open the register again; return whether it was shut."""
    with psycopg.connect(**_at(target.owner, target.database)) as database:
        return database.execute(f"{OPEN} where restoring_since is not null").rowcount > 0


def _switch(target: Target) -> None:
    """Give the restored database the register's name, in one transaction. Nobody is logged in to it."""
    failed: list[BaseException] = []

    def tried() -> bool:
        try:
            _rename(target)
        except (psycopg.errors.ObjectInUse, psycopg.errors.AdminShutdown) as error:
            failed.append(error)
            return False
        return True

    if not processes.wait(tried, SWITCH_SECONDS):
        raise BackupError(
            "Noen er inne i databasen hele tiden. Stopp registeret med «hjemmel stop», og prøv igjen."
        )


def _rename(target: Target) -> None:
    with psycopg.connect(**_at(target.maker, "postgres")) as server:
        names = [target.database, RESTORING]
        server.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = any(%s)", [names]
        )
        for old, new in ((target.database, REPLACED), (RESTORING, target.database)):
            if server.execute("select 1 from pg_database where datname = %s", [old]).fetchone():
                rename = sql.SQL("alter database {} rename to {}")
                server.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))


@contextmanager
def _django(target: Target, database: str, *, role: str = "owner") -> Iterator[None]:
    """Have Django work in another database, as the owner or the keeper."""
    before = dict(connection.settings_dict)
    login = target.owner if role == "owner" else target.keeper
    connection.close()
    connection.settings_dict |= {"NAME": database, "USER": login["user"], "PASSWORD": login["password"]}
    clock.forget()
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict |= before
        clock.forget()


def _execute(statement: str, *values: Any) -> int:
    """Run one statement; return the number it selects, else how many rows it wrote."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values))
        return int(cursor.fetchone()[0] if cursor.description else cursor.rowcount)


def _make(target: Target, name: str) -> None:
    """Make an empty database: by whoever may, with nothing open to everybody."""
    bootstrap.make(target.maker, name)


def _drop(target: Target, name: str) -> None:
    bootstrap.drop(target.maker, database=name)


def _exists(target: Target, name: str) -> bool:
    with psycopg.connect(**_at(target.maker, "postgres")) as server:
        return server.execute("select 1 from pg_database where datname = %s", [name]).fetchone() is not None


def _at(login: dict[str, Any], database: str) -> dict[str, Any]:
    return {**login, "dbname": database}
