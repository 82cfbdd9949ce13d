"""Search: what was typed says what it is. Every look-up finds only people of whom the actor sees the very
datum searched for, and what is shown of them is masked like everything else.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Q

from hjemmel.domain.people.formats import dates, email, name, national_id, phone
from hjemmel.domain.people.formats.invalid import Invalid
from hjemmel.domain.people.queries.persons import persons
from hjemmel.kernel import clock
from hjemmel.kernel.grounds.models import Clause, Ground
from hjemmel.kernel.units.queries import names
from hjemmel.kernel.vault import queries as vault

LIMIT = 25
_DIGITS = re.compile(r"[0-9]+")
_PHONE = re.compile(r"(?:\+|00)?[0-9 ()]{5,}")
_ADDRESS = re.compile(r"[^\W\d_]{3}|(?<![0-9])[0-9]{4}(?![0-9])")  # a word beside figures, or a postcode
_LETTERS_BEFORE_LIKENESS = 3
# By name, and where that leaves room by address: one statement, since words may be either.
_WORDS = """
with n as materialized (
  select x.id, x.place from kernel.find_name(%s, %s, %s, %s) with ordinality x(id, place))
select by, id from (select 'name' as by, id, place from n
  union all select 'address', x.id, 1000 + x.place
    from kernel.find_address(%s, %s - (select count(*) from n)::int) with ordinality x(id, place)) y
 order by place"""

Finder = Callable[[str, int], Iterable[tuple[str, list[int]]]]
_finders: list[Finder] = []


@dataclass(frozen=True, slots=True)
class HitUnit:
    """Where somebody found belongs, by a record of this kind; `ended` where the relation is over."""

    unit_id: int | None
    unit_name: str | None
    record: str
    ended: bool


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """Somebody found. `by` says how: name, likeness, email, phone, number, birth_date, address or
    national_id.
    """

    person_id: int
    display_name: str | None
    birth_date: date | None
    by: str
    units: tuple[HitUnit, ...]


def search(text: str, *, limit: int = LIMIT) -> list[Hit]:
    """Return at most `limit` people whom `text` may mean, the surest first. At most seven queries."""
    typed = " ".join(text.split())
    found: dict[int, str] = {}
    for by, ids in _look(typed, limit) if typed else ():
        for person_id in ids:
            found.setdefault(person_id, by)
    return _hits(dict(list(found.items())[:limit]))


def finder(found: Finder) -> Finder:
    """Let an app above find people by what it knows: from what was typed and a limit to pairs of how and
    ids. It answers for demanding the datum searched for.
    """
    _finders.append(found)
    return found


def likely_same(
    *,
    given_name: str = "",
    middle_name: str = "",
    family_name: str = "",
    birth_date: date | None = None,
    emails: Sequence[str] = (),
    phones: Sequence[str] = (),
) -> list[Hit]:
    """Return those among whom the actor sees who may be the one that is being entered: the name much alike,
    and birth date, e-mail address or phone number the same. Of others nothing is told. Values as checked:
    e-mail addresses by their key, phones in E.164. At most four queries.
    """
    folded = name.search_key(" ".join(part for part in (given_name, middle_name, family_name) if part))
    ids = ids_of("kernel.find_same(%s, %s, %s, %s, %s)", folded, birth_date, list(emails), list(phones), 10)
    return _hits(dict.fromkeys(ids, "likeness"))


def _look(typed: str, limit: int) -> Iterable[tuple[str, list[int]]]:
    if "@" in typed:
        yield "email", ids_of("kernel.find_email(%s, %s)", _email_key(typed), limit)
        return
    digits = re.sub(r"[\s.\-]", "", typed)
    if _DIGITS.fullmatch(digits) and len(digits) == national_id.LENGTH:
        yield "national_id", vault.find(datum="person.national_id", text=digits)
    if (born := _day(typed)) is not None:
        yield "birth_date", ids_of("kernel.find_born(%s, %s)", born, limit)
    for find in _finders:
        yield from find(typed, limit)
    if _PHONE.fullmatch(typed) and (number := _phone_key(typed)):
        yield "phone", ids_of("kernel.find_phone(%s, %s)", number, limit)
    if not any(sign.isdigit() for sign in typed):
        yield from _names(typed, limit)
    elif born is None and _ADDRESS.search(typed):
        yield "address", ids_of("kernel.find_address(%s, %s)", typed, limit)


def _names(typed: str, limit: int) -> Iterable[tuple[str, list[int]]]:
    folded = name.search_key(typed)
    words = folded.split()
    if not words:
        return
    family, _comma, given = (typed if "," in typed else typed.replace(" ", ",", 1)).partition(",")
    keys = sorted(
        {key for key in (name.sort_key(typed.replace(",", " ")), name.sort_key(family, given)) if key}
    )
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, [keys, folded, words, limit, typed, limit])
        begun = cursor.fetchall()
    for by in ("name", "address"):
        yield by, [pk for how, pk in begun if how == by]
    if not begun and len(folded) >= _LETTERS_BEFORE_LIKENESS:
        yield "likeness", ids_of("kernel.find_like(%s, %s)", folded, limit)


def _hits(found: dict[int, str]) -> list[Hit]:
    """The people found, in order, each with where she belongs: three queries, none for nobody."""
    if not found:
        return []
    named = persons(found)
    units: dict[int, dict[tuple[int | None, str], HitUnit]] = {}
    today = clock.today()
    grounds = list(
        Ground.objects.filter(subject_id__in=list(found), clause__status=Clause.Status.LIVE)
        .filter(Q(until__isnull=True) | Q(until__gt=today))
        .exclude(clause__record__in=("log_value", "account", "consent"))
        .values_list("subject_id", "unit_id", "clause__record", "ended")
    )
    called = names(unit_id for _subject, unit_id, _record, _ended in grounds)
    for subject_id, unit_id, record, ended in sorted(grounds, key=lambda g: (called[g[1]] or "", g[2])):
        over = ended is not None and ended <= today
        place = units.setdefault(subject_id, {})
        before = place.get((unit_id, record))
        if before is None or before.ended:
            place[unit_id, record] = HitUnit(unit_id, called[unit_id], record, over)
    return [
        Hit(pk, named[pk].display_name, named[pk].birth_date, by, tuple(units.get(pk, {}).values()))
        for pk, by in found.items()
        if pk in named
    ]


def ids_of(call: str, *values: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {call}", values)
        return [row[0] for row in cursor.fetchall()]


def _email_key(typed: str) -> str:
    try:
        return email.parse(typed).key
    except Invalid:
        return typed.lower().replace(" ", "")


def _phone_key(typed: str) -> str | None:
    """The number in E.164, or the beginning of a Norwegian one."""
    digits = re.sub(r"[\s()]", "", typed)
    try:
        return phone.parse(digits).e164
    except Invalid:
        international = (
            digits if digits.startswith("+") else f"+{digits[2:]}" if digits.startswith("00") else ""
        )
        return international or f"+47{digits}"


def _day(typed: str) -> date | None:
    try:
        return dates.parse_birth(typed, today=clock.today())
    except Invalid:
        return None
