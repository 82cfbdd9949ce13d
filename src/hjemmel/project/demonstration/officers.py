"""Those who log in to the demonstration, one for each room and reach."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from hjemmel.kernel.access.models import Account
from hjemmel.kernel.clock import today

GROWN = "d.born < %(today)s::date - 25 * 365 and d.kind < 780"
SEVENTEEN = (
    "d.born between %(today)s::date - 18 * 365 + 5 and %(today)s::date - 17 * 365 - 5 and d.kind < 780"
)


@dataclass(frozen=True, slots=True)
class Officer:
    """One who logs in; `chooses` is the SQL that picks the person (and gives the office, if any)."""

    title: str
    username: str
    room: str
    office: str
    chooses: str


def officers() -> list[Officer]:
    """Everybody with a log-in, from the widest reach to the narrowest."""
    return [
        Officer("Medlemsansvarlig, hele registeret", "medlem@example.org", "kontoret", "register_keeper",
                _central("register_keeper")),
        Officer("Personvernansvarlig", "personvern@example.org", "kontoret", "privacy_officer",
                _central("privacy_officer")),
        Officer("Regionleder", "region@example.org", "kontoret", "region_leader", _leader("region_leader")),
        Officer("Lokallagsleder", "lokallag@example.org", "kontoret", "chapter_leader",
                _leader("chapter_leader")),
        Officer("Medlem, 17 år", "ung@example.org", "Min side", "",
                "insert into demo_login select d.id, d.unit_id, ''"
                f" from demo d where {SEVENTEEN} order by d.i limit 1"),
    ]  # fmt: skip


def _central(office: str) -> str:
    return (
        "with chosen as (select d.id, d.i from demo d"
        f" where {GROWN} and d.id not in (select subject_id from units_tenure) order by d.i limit 1),"
        " held as (insert into units_tenure (id, version, subject_id, office, unit_id, starts_on)"
        f" select pg_temp.id('{office}', i), 1, id, '{office}', %(root)s, %(today)s::date - 900 from chosen"
        " returning subject_id, unit_id, office)"
        " insert into demo_login select subject_id, unit_id, office from held"
    )


def _leader(office: str) -> str:
    return (
        "insert into demo_login select t.subject_id, t.unit_id, t.office from units_tenure t"
        " join units_unit u on u.id = t.unit_id"
        f" where t.office = '{office}' and t.ends_on is null order by u.name limit 1"
    )


def tie(officer: Officer, password: str) -> bool:
    """Open the officer's account, tied to the person chosen; False where nobody could be chosen."""
    with connection.cursor() as cursor:
        cursor.execute("select subject_id from demo_login where office = %s", [officer.office])
        found = cursor.fetchone()
    if found is None:
        return False
    Account.objects.create_user(
        officer.username, password, subject_id=found[0], tied_on=today(), last_login=timezone.now()
    )
    return True
