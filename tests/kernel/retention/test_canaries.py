"""People whose every field carries a mark of their own: when they are gone, the mark is nowhere."""

import subprocess
from datetime import date
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from hjemmel.declaration import texts_of
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Email, Person, Phone, PostalAddress
from hjemmel.kernel import access, clock
from hjemmel.kernel.access.models import Session
from hjemmel.kernel.retention import actions
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.subjects.models import Subject
from hjemmel.project.postgres import binaries
from tests.kernel.retention import register
from tests.planting import member

BEGIN, END = date(2016, 2, 29), date(2020, 12, 31)
LATER = date(2031, 1, 1)  # long after every rule has ended


def everything(database: dict[str, Any], folder: Any) -> str:
    """All that a dump of the database holds, as text."""
    tools = binaries.folder()
    there = {"PGHOST": database["host"], "PGPORT": str(database["port"]), "PGUSER": database["user"]}
    command = [tools / "pg_dump", "--inserts", "--dbname", database["dbname"]]
    environment = binaries.environment(tools) | there | {"PGPASSWORD": database["password"]}
    done = subprocess.run(command, env=environment, capture_output=True, check=True, cwd=folder)
    return done.stdout.decode().lower()


def canary(number: int) -> tuple[Subject, register.Mark]:
    """Somebody who is everything at once, with a history that the log knows."""
    mark = register.Mark(f"Qx{number}zk", 700 + number)
    subject = Subject.objects.create()
    tie = register.membership(subject, mark, joined_on=BEGIN, left_on=END)
    register.tenure(subject, starts_on=BEGIN, ends_on=END)
    register.contact(subject, mark, since=BEGIN, ended_on=END)
    register.consent(subject, mark, given_on=BEGIN, withdrawn_on=END)
    account = register.account(subject, mark, BEGIN, END)
    EmailAddress.objects.create(user=account, email=mark("allauth").lower() + "@example.org")
    Session.objects.create(
        session_key=f"k{number}",
        session_data=mark("session"),
        expire_date=timezone.now(),
        account_id=account.pk,
    )
    register.fill(subject, mark)
    Person.objects.filter(pk=subject.pk).update(given_name=mark("renamed"))
    Email.objects.filter(subject=subject).update(address=mark("moved"))
    Phone.objects.filter(subject=subject).update(number=mark("tel", 20))
    PostalAddress.objects.filter(subject=subject).update(lines=mark("street2"))
    Membership.objects.filter(pk=tie.pk).update(earlier=mark("earlier2"))
    with pytest.raises(IntegrityError), transaction.atomic():  # an error that names what was typed
        register.account(subject, mark, BEGIN)
    return subject, mark


@pytest.mark.requirement("RET-09")
def test_nothing_of_those_who_are_gone_is_left_in_a_dump_or_in_the_log_of_the_server(
    server, register_apart, tmp_path
):
    files, name = texts_of("mission"), "activities/offices.yaml"
    ends = files[name].replace("    after: tenure.ended\n", "    after: tenure.ended\n    for: P1Y\n")
    assert ends != files[name]
    superuser = server.superuser(connection.settings_dict["NAME"])
    with access.acting(actor="console", purpose="membership/administration"), clock.at(BEGIN):
        apply(files | {name: ends})
        people = [canary(n) for n in range(3)]
        staged = register.Mark("Qx9zk")
        register.staged(Subject.objects.create(), staged, BEGIN)
        stays = member(given="Bjarte", joined_on=BEGIN)
        Membership.objects.filter(pk=stays.pk).update(recruiter=people[0][0])
    marks = [*(mark for _, mark in people), staged]
    before = everything(superuser, tmp_path)
    for mark in marks:
        for said in mark.said:
            assert (
                said.lower() in before
                or said.lower().encode().hex() in before
                or said.encode().hex() in before
            )

    with register_apart("keeper"):
        done = actions.run(LATER, batch=2)
    assert done.left == 0

    left = everything(superuser, tmp_path)
    log = b"".join(file.read_bytes() for file in server.places.log.iterdir()).decode(errors="replace").lower()
    for mark in marks:
        for text in (mark.text.lower(), mark.text.encode().hex(), mark.text.lower().encode().hex()):
            assert text not in left
            assert text not in log
    assert "bjarte" in left
    assert "+4768050123" in left
