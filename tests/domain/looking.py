"""Short ways to plant people as the register makes them, to look behind the masks, and to act in SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from hjemmel.domain.members.actions import Joined, change, join
from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.actions import NewPerson
from hjemmel.kernel import access


@contextmanager
def unmasked() -> Iterator[None]:
    """Look at the tables themselves as the owner, then go on as the app."""
    with connection.cursor() as cursor:
        cursor.execute("reset role")
        cursor.execute("set local search_path = public, kernel")
    yield
    with connection.cursor() as cursor:
        cursor.execute("set local search_path = seen, public, kernel")
        cursor.execute("set local role hjemmel_app")


def sql(statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run a statement as whoever acts; its rows, if it has any."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def joined(unit: int, *, joined_on: str = "15.01.2020", how: str = "paper", **person: Any) -> Joined:
    """Somebody who joined by the console, with names, keys and numbers as the register makes them."""
    with access.acting(actor="console", purpose="membership/administration"):
        return join(unit_id=unit, person=NewPerson(**person), joined_on=joined_on, how=how, even_so=True)


def left(member: Joined, left_on: str, **fields: Any) -> None:
    """End a membership by the console."""
    with access.acting(actor="console", purpose="membership/administration"):
        version = Membership.objects.get(pk=member.membership_id).version
        change(membership_id=member.membership_id, version=version, changes={"left_on": left_on, **fields})
