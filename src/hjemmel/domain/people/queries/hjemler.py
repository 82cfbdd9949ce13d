"""Why somebody is held, and who can see it: read from the ledger and the declaration, never told apart."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language

from hjemmel.declaration import Activity, Declaration, Keep
from hjemmel.declaration.render import keep_sentence, languages
from hjemmel.kernel import clock
from hjemmel.kernel.grounds.models import Clause, Ground
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.units.queries import names


@dataclass(frozen=True, slots=True)
class Hjemmel:
    """One ground: the activity that holds `data` about the person because of one record, `since`; the
    relation `ended`; storage stops at `until` (None: open, and looked over each `review`). `sentence` is
    the keep rule in words, `because` why it is so long.
    """

    rule: str
    activity: str
    activity_title: str
    record: str
    record_id: int
    unit_id: int | None
    unit_name: str | None
    since: date | None
    ended: date | None
    until: date | None
    review: str | None
    sentence: str
    because: str
    data: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Viewer:
    """An office that sees `data` of the person today, in one activity. Never who holds it."""

    office: str
    office_title: str
    unit_id: int
    unit_name: str
    activity: str
    activity_title: str
    data: tuple[str, ...]
    may_change: bool


def hjemler(person_id: int) -> list[Hjemmel]:
    """Return the grounds of the person that the actor sees, in the declaration's order. Three queries.

    The unit is None where it is hidden, as it is of the shielded.
    """
    declaration, today = in_force(), clock.today()
    rules = {keep.id: (activity, keep) for activity in declaration.active for keep in activity.keep}
    places = {rule: place for place, rule in enumerate(rules)}
    found = (
        Ground.objects.filter(subject_id=person_id, clause__status=Clause.Status.LIVE)
        .filter(Q(until__isnull=True) | Q(until__gt=today))
        .select_related("clause")
    )
    rows = _together([g for g in found if g.clause.rule in rules])
    units = names(g.unit_id for g in rows)
    return [
        _hjemmel(declaration, g, units[g.unit_id], *rules[g.clause.rule])
        for g in sorted(rows, key=lambda g: (places[g.clause.rule], g.since or date.min, g.record_id))
    ]


def who_sees(person_id: int) -> list[Viewer]:
    """Return the offices that see something of the person today, in the declaration's order; nobody where
    the actor does not see the person herself. Two queries.
    """
    declaration, lang = in_force(), language()
    with connection.cursor() as cursor:
        cursor.execute(
            "select w.office, w.unit_id, u.name, w.activity,"
            " array(select name from public.catalog_datum where get_bit(w.bits, position) = 1 order by 1),"
            " w.change_bits::text like '%%1%%'"
            " from kernel.who_sees(%s) w join public.units_unit u on u.id = w.unit_id",
            [person_id],
        )
        rows = cursor.fetchall()
    activities = {a.name: (place, a) for place, a in enumerate(declaration.active)}
    offices = {o.name: (place, o) for place, o in enumerate(declaration.offices)}
    kept = [r for r in rows if r[3] in activities and r[0] in offices and r[4]]
    return [
        Viewer(
            office=office,
            office_title=offices[office][1].title.of(lang),
            unit_id=unit_id,
            unit_name=unit_name,
            activity=activity,
            activity_title=activities[activity][1].title.of(lang),
            data=tuple(data),
            may_change=may_change,
        )
        for office, unit_id, unit_name, activity, data, may_change in sorted(
            kept, key=lambda r: (activities[r[3]][0], offices[r[0]][0], r[2])
        )
    ]


def language() -> str:
    """Return the language in use, among those the statement is written in."""
    chosen = (get_language() or "nb").split("-")[0]
    return chosen if chosen in languages() else "nb"


def _together(found: list[Ground]) -> list[Ground]:
    """The grounds, those of the log's many values as one a rule: the first day, and the last of all."""
    kept: dict[tuple[int, int], Ground] = {}
    for ground in found:
        key = (ground.clause_id, 0 if ground.clause.record == "log_value" else ground.record_id)
        before = kept.setdefault(key, ground)
        if ground.since and before.since:
            before.since = min(before.since, ground.since)
        if before.until is not None:
            before.until = max(before.until, ground.until) if ground.until else None
    return list(kept.values())


def _hjemmel(
    declaration: Declaration, ground: Ground, unit_name: str | None, activity: Activity, keep: Keep
) -> Hjemmel:
    lang = language()
    return Hjemmel(
        rule=keep.id,
        activity=activity.name,
        activity_title=activity.title.of(lang),
        record=keep.what,
        record_id=ground.record_id,
        unit_id=ground.unit_id,
        unit_name=unit_name,
        since=ground.since,
        ended=ground.ended,
        until=ground.until,
        review=str(keep.review) if keep.review is not None else None,
        sentence=keep_sentence(declaration, keep, lang),
        because=keep.because.of(lang) if keep.because is not None else "",
        data=activity.subset(keep.data),
    )
