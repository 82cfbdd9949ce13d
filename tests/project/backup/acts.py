"""What the tests of backups do inside a home, each as a process of its own: `python -m … ACT ARGUMENT`."""

import json
import os
import signal
import sys
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "hjemmel.project.settings"
NUMBER = "29828012345"
DATUM = "person.national_id"


def plant() -> dict:
    """Four members: one to be erased whole, one to lose a record, one a datum, one who stays."""
    from hjemmel.kernel import access
    from hjemmel.kernel.units.models import Unit
    from hjemmel.kernel.vault import actions as vault
    from tests.planting import member

    top = Unit.objects.get()
    with access.acting(actor="console", purpose="membership/administration"):
        chapter = Unit.objects.create(kind="chapter", name="Havna", parent=top, opened_on=date(1950, 1, 1))
    made = {}
    for name in ("person", "record", "datum", "stays"):
        tie = member(chapter.pk, given=name.title(), family=f"Qx{name}zk")
        made[name] = {"subject": tie.subject_id, "membership": tie.pk}
        with access.acting(actor="console", purpose="membership/administration"):
            vault.seal(subject_id=tie.subject_id, datum=DATUM, text=NUMBER)
    with access.acting(actor="console", purpose="membership/administration"):
        from hjemmel.domain.members.models import Membership

        second = Membership.objects.create(
            subject_id=made["record"]["subject"], unit_id=top.pk, joined_on=date(2021, 1, 1), kind="ordinary"
        )
    made["record"]["second"] = second.pk
    return made


def erase(made: dict) -> dict:
    """What requests had erased since the backup: a person, a record of another, a datum of a third."""
    from django.db import connection

    from hjemmel.kernel import access, catalog, clock
    from hjemmel.kernel.journal import actions as journal
    from hjemmel.kernel.retention import sweeping
    from hjemmel.kernel.retention.sweeping import Step

    her, why = made["person"]["subject"], "request"
    tables = [
        t for t in catalog.tables() if t.subject and not t.open_because and t.name != "subjects_subject"
    ]
    steps = []
    with connection.cursor() as cursor:
        for table in sorted(tables, key=lambda t: bool(t.record)):
            cursor.execute(f"select {table.key} from public.{table.name} where {table.subject} = %s", [her])
            rows = [row[0] for row in cursor.fetchall()]
            if rows:
                steps.append(Step("record" if table.record else "row", table.name, why, [None], rows))
    steps.append(Step("person", "subjects_subject", why, [None], [her]))
    steps.append(Step("record", "members_membership", why, [None], [made["record"]["second"]]))
    person = made["datum"]["subject"]
    steps.append(Step("datum", "people_person", why, ["person.birth_date"], [person]))
    for step in steps:
        with access.acting(actor="console", purpose=()), connection.cursor() as cursor:
            journal.erase(sweeping.told([Step(step.happens, step.table, "request:17", step.data, step.rows)]))
            sweeping.do(cursor, step, clock.today())
    return {"steps": len(steps)}


def look(made: dict) -> dict:
    """What is there of them."""
    her, third, stays = (made[who]["subject"] for who in ("person", "datum", "stays"))
    person = "from public.people_person where id = %s"
    return {
        "persons": one("select count(*) from public.people_person where family_name like 'Qx%%'"),
        "her": one(f"select count(*) {person}", her),
        "her key": one("select count(*) from public.vault_key where subject_id = %s", her),
        "second": one(
            "select count(*) from public.members_membership where id = %s", made["record"]["second"]
        ),
        "birth date": one(f"select count(birth_date) {person}", third),
        "her number": opened(her),
        "number": opened(stays),
        "later": one("select count(*) from public.units_unit where name = 'Senere'"),
        "shut": one("select count(restoring_since) from public.clock_installation"),
        "why": one("select max(reason) from public.audit_entry where table_name = 'clock_installation'"),
        "databases": one("select count(*) from pg_database where datname like 'hjemmel%%'"),
    }


def one(sql: str, *values: object) -> object:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchone()[0]


def opened(subject: int) -> str | None:
    from hjemmel.kernel import access
    from hjemmel.kernel.vault import actions as vault
    from hjemmel.kernel.vault.crypto import UnsealableError

    if not one("select count(*) from public.vault_sealed where subject_id = %s", subject):
        return None
    try:
        with access.acting(actor=f"self:{subject}", purpose="accounts/administration"):
            return vault.open_sealed(subject_id=subject, datum=DATUM)
    except UnsealableError:
        return "unreadable"


def later(made: dict) -> dict:
    """Something that the backup does not have."""
    from hjemmel.kernel import access
    from hjemmel.kernel.units.models import Unit

    del made
    with access.acting(actor="console", purpose="membership/administration"):
        Unit.objects.create(
            kind="chapter", name="Senere", parent=Unit.objects.get(parent=None), opened_on=date(2020, 1, 1)
        )
    return {}


def kill(given: dict) -> dict:
    """Restore, and be killed as the step with that number is about to begin."""
    from hjemmel.project.backup.restoring import Wish

    left = given["step"]

    def progress(step: str) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            say({"killed before": step})
            os.kill(os.getpid(), signal.SIGKILL)

    backups().restore(Path(given["backup"]), Wish(over=True), copy=False, progress=progress)
    return {"killed before": None}


def refused(given: dict) -> dict:
    """Why a restore is refused, for each way in which something is not whole."""
    from hjemmel.project.backup import BackupError
    from hjemmel.project.backup.restoring import Wish

    backup, said = Path(given["backup"]), {}
    (journal,) = (backups().place.base / "erasures").glob("*.journal")
    for spoil, file in {
        "flipped byte": backup / "data.hjb",
        "cut": backup / "holders.hjb",
        "changed": backup / "manifest.json",
        "no manifest": backup / "manifest.json",
        "no key": Path(given["key"]),
        "no journal": journal,
        "cut journal": journal,
        "flipped journal": journal,
        "no keys": None,
        "nowhere": None,
    }.items():
        whole = file.read_bytes() if file else b""
        damage(file, whole, spoil)
        aside = backup.parent.parent / "aside"
        if spoil == "no keys":
            aside.mkdir()
            for folder in backup.parent.glob("*-keys"):
                folder.rename(aside / folder.name)
        try:
            backups().restore(Path("/nowhere") if spoil == "nowhere" else backup, Wish(over=True), copy=False)
        except BackupError as error:
            said[spoil] = str(error)
        if file:
            file.write_bytes(whole)
        for folder in aside.glob("*"):
            folder.rename(backup.parent / folder.name)
    return said


def damage(file: Path | None, whole: bytes, how: str) -> None:
    middle = len(whole) // 2
    if file is None:
        return
    if how.startswith("no "):
        file.unlink()
    elif how == "cut":
        file.write_bytes(whole[:-1])
    elif how == "cut journal":
        file.write_bytes(b"".join(whole.splitlines(keepends=True)[:-2]))
    elif how == "changed":
        file.write_bytes(whole.replace(b'"audit_entry": ', b'"audit_entry": 1', 1))
    else:
        file.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])


def backups() -> Any:
    from django.conf import settings

    from hjemmel.project.backup.register import Backups

    return Backups(settings.CONFIG)


def say(what: dict) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    act, given = sys.argv[1], json.loads(sys.argv[2])
    acts = {"erase": erase, "look": look, "later": later, "kill": kill, "refused": refused}
    say(plant() if act == "plant" else acts[act](given))
