"""Applying a declaration: rules are rows, so no code, trigger or policy changes."""

import hashlib
from collections.abc import Iterable, Mapping

from django.db import connection, transaction

from hjemmel.declaration import Activity, Declaration, Duty, Keep, Known, Organisation, load_texts
from hjemmel.kernel import catalog, clock
from hjemmel.kernel.access.dominance import mark_implied
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.access.models import OfficeDuty, Responsible
from hjemmel.kernel.audit.models import Logged
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.disclosure import laying as disclosing
from hjemmel.kernel.grounds.models import Clause, Version

# Tables too small for autovacuum ever to look at. Believing one clause to be live, the planner of masks and
# guards looked for each clause in turn and not for the person's grounds: three times the cost (measured).
RULES = "grounds_clause, access_officeduty, access_duty, catalog_datum, units_unit"


@transaction.atomic
def apply(files: Mapping[str, str]) -> Version:
    """Put the declaration in `files` (name → YAML text) in force and return its version.

    Clauses that did not change keep their grounds; a changed one is derived beside the old, which then
    goes, and whoever it held is looked at again.

    Runs as the owner. Two at once wait for each other, and who writes records meanwhile waits for it (reading
    goes on): a record that came between the derivation and the flip would stand in the ledger by the old
    rules alone. Raises DeclarationError with what the check finds.
    """
    declaration = load_texts(files, known=known())
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('hjemmel.apply'))")
        records = ", ".join(f"public.{table.name}" for table in catalog.records())
        cursor.execute(f"lock table {records} in share row exclusive mode")
    places = dict(Datum.objects.values_list("name", "position"))
    wanted = [c for a in declaration.active for c in clauses(a, places)]
    live = {c.fingerprint: c for c in Clause.objects.filter(status=Clause.Status.LIVE)}
    new = [c for c in wanted if c.fingerprint not in live]
    gone = [c.pk for f, c in live.items() if f not in {w.fingerprint for w in wanted}]
    Clause.objects.bulk_create(new)
    _flip(new, gone)
    _put_duties(declaration, places)
    _put_logged(declaration)
    _put_responsible(declaration.organisation)
    disclosing.put(declaration, places)
    with connection.cursor() as cursor:
        cursor.execute(f"analyze {RULES}")
    today = clock.today()
    Version.objects.filter(replaced_on__isnull=True).update(replaced_on=today)
    return Version.objects.create(digest=declaration.digest, files=dict(files), valid_from=today)


def known() -> Known:
    """What the catalog knows, for the checker."""
    return Known(**catalog.known())


def clauses(activity: Activity, places: dict[str, int]) -> Iterable[Clause]:
    """Yield the keep rules of an activity as clauses that are next."""
    for keep in activity.keep:
        clause = Clause(
            activity=activity.name,
            record=keep.what,
            rule=keep.id,
            event=keep.after,
            count_from=keep.count_from,
            period=str(keep.period) if keep.period is not None else None,
            review=str(keep.review) if keep.review is not None else None,
            condition=keep.when,
            bits=bits(places, activity.subset(keep.data)),
            then=keep.then,
            at_request=keep.at_request,
            status=Clause.Status.NEXT,
        )
        clause.fingerprint = _fingerprint(clause, keep)
        yield clause


def _fingerprint(clause: Clause, keep: Keep) -> str:
    parts = (clause.activity, clause.record, keep.id, keep.after, keep.count_from, keep.period, keep.review)
    text = "\x1f".join(str(part) for part in (*parts, keep.when, clause.bits, keep.then, keep.at_request))
    return hashlib.sha256(text.encode()).hexdigest()


def _flip(new: list[Clause], gone: list[int]) -> None:
    """Derive the new clauses' grounds beside the old, then let the new ones live and the old ones go."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into public.grounds_ground (clause_id, record_id, subject_id, unit_id, since, ended,"
            " until) select clause_id, record_id, subject_id, unit_id, since, ended, until"
            " from public.grounds_fresh where clause_id = any(%s)",
            [[c.pk for c in new]],
        )
        cursor.execute("update public.grounds_clause set status = 'old' where id = any(%s)", [gone])
        cursor.execute("update public.grounds_clause set status = 'live' where status = 'next'")
        cursor.execute("delete from public.grounds_ground where clause_id = any(%s)", [gone])


def _put_duties(declaration: Declaration, places: dict[str, int]) -> None:
    OfficeDuty.objects.all().delete()
    rows = duties(declaration, places, Clause.objects.filter(status=Clause.Status.LIVE))
    mark_implied(rows)
    OfficeDuty.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("select kernel.duties_anew()")


def duties(declaration: Declaration, places: dict[str, int], through: Iterable[Clause]) -> list[OfficeDuty]:
    """Return the duties of all offices as rows, each through one of the clauses."""
    held = list(through)
    kinds = {office.name: list(office.at) for office in declaration.offices}
    return [
        row
        for activity in declaration.active
        for duty in activity.duties
        for clause in held
        if clause.activity == activity.name
        for row in _duty(duty, activity, clause, kinds[duty.office], places)
    ]


def _duty(
    duty: Duty, activity: Activity, clause: Clause, kinds: list[str], places: dict[str, int]
) -> Iterable[OfficeDuty]:
    """The duty through one clause: what the duty may see, of what the clause holds, of what a purpose uses. A
    row for each such set of data; where they do not meet, none.
    """
    uses: dict[frozenset[str], list[str]] = {}
    for purpose in activity.purposes:
        if duty.purposes is None or purpose.name in duty.purposes:
            used = set(activity.subset(duty.data)) & set(activity.subset(purpose.data))
            held = frozenset(d for d in used if clause.bits[places[d]] == "1")
            uses.setdefault(held, []).append(f"{activity.name}/{purpose.name}")
    for data, purposes in uses.items():
        if data:
            yield OfficeDuty(
                office=duty.office,
                at=kinds,
                rule=duty.id,
                clause=clause,
                bits=bits(places, data),
                change_bits=bits(places, data if "change" in duty.may else frozenset()),
                below=duty.reach == "below",
                sees_ended=duty.sees == "ended",
                may_export="export" in duty.may,
                may_shielded="shielded" in duty.may,
                may_restricted="restricted" in duty.may,
                purposes=purposes,
            )


def _put_logged(declaration: Declaration) -> None:
    wanted = {datum for activity in declaration.active for datum in activity.logged}
    Logged.objects.exclude(datum__in=wanted).delete()
    Logged.objects.bulk_create([Logged(datum=d) for d in sorted(wanted)], ignore_conflicts=True)


def _put_responsible(organisation: Organisation) -> None:
    wanted = {organisation.answers, organisation.daily, organisation.requests}
    Responsible.objects.exclude(office__in=wanted).delete()
    Responsible.objects.bulk_create([Responsible(office=o) for o in sorted(wanted)], ignore_conflicts=True)
