"""What the declaration says is looked over and the register cannot look into: what is kept outside it,
agreements and audits of processors, assessments, and tests of security measures.

Each is a task with an id that stays the same as long as the rule stands, whatever version tells it; it is due
its own time after it was last done, by the declaration or by whoever signed it off here.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.db import connection
from django.utils.translation import gettext_lazy as _

from hjemmel.declaration import Activity, Declaration, Text
from hjemmel.declaration.period import Period
from hjemmel.kernel import access, clock
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention.models import Outside, SignOff
from hjemmel.kernel.subjects.refusals import Sentence, refusals

JOB = "job:retention"
TESTED_EVERY = Period(years=1)  # GDPR art. 32 no. 1 d asks for regular tests; the declaration gives the last
Kind = Literal["outside", "agreement", "audit", "assessment", "measure"]
CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    "retention_note": ("note", _("The note is too long: 500 letters at most.")),
}

SIGN_OFF = """
create or replace function kernel.retention_sign_off(wanted text, told text) returns void
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare who bigint; held text;
begin
  select t.subject_id, t.office into who, held from public.units_tenure t where t.id = kernel.responsible();
  if who is null then
    raise exception 'not responsible' using errcode = 'insufficient_privilege';
  end if;
  if length(told) > 500 or length(wanted) not between 1 and 160 then
    raise exception 'too long' using errcode = 'check_violation', constraint = 'retention_note';
  end if;
  insert into public.retention_signoff (task, "on", at, subject_id, office, note)
  values (wanted, kernel.today(), clock_timestamp(), who, held, btrim(told));
end $$"""


@dataclass(frozen=True, slots=True)
class Task:
    """Something to look over: what, how often, and when it was done last by the declaration's own word.

    `of` is the activity or the party it belongs to. `what` is the declaration's own text for it; an
    assessment without a title of its own is known by its `sort` (dpia, balancing, risk).
    """

    id: str
    kind: Kind
    of: Text | None
    what: Text | None
    often: Period
    done: date | None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Signed:
    """That a task was signed off: when, by which office, with which note."""

    on: date
    at: datetime
    office: str
    note: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A task with the day it is due, and the last time it was signed off here."""

    task: Task
    due: date
    last: Signed | None

    @property
    def done(self) -> date | None:
        """The day it was last done, by the declaration or by whoever signed it off here."""
        return max(filter(None, (self.task.done, self.last.on if self.last else None)), default=None)

    @property
    def overdue(self) -> bool:
        """Whether the day has come."""
        return self.due <= clock.today()


def tasks(declaration: Declaration) -> list[Task]:
    """Return everything the declaration says is looked over outside the register, in its own order."""
    found = [task for activity in declaration.active for task in _of_activity(activity)]
    for party in declaration.recipients:
        key = f"recipient/{party.name}"
        if party.agreement is not None:
            agreement = party.agreement
            found.append(
                Task(
                    f"{key}/agreement",
                    "agreement",
                    party.title,
                    agreement.title,
                    agreement.review,
                    agreement.since,
                )
            )
        if party.audit is not None:
            found.append(Task(f"{key}/audit", "audit", party.title, None, party.audit, party.audited))
    for controller in declaration.organisation.controllers:
        if controller.agreement is not None:
            held, title = controller.agreement, Text(*[controller.title] * 3)
            key = f"controller/{controller.name}/agreement"
            found.append(Task(key, "agreement", title, held.title, held.review, held.since))
    for measure in declaration.organisation.measures:
        key = f"measure/{measure.name}"
        found.append(Task(key, "measure", None, measure.title, TESTED_EVERY, measure.tested))
    return found


def _of_activity(activity: Activity) -> Iterator[Task]:
    for kept in activity.kept_in:
        key = hashlib.sha256(kept.outside.nb.encode()).hexdigest()[:12]
        yield Task(
            f"{activity.name}/kept_in/{key}", "outside", activity.title, kept.outside, kept.review, None
        )
    seen: list[str] = []
    for each in activity.assessments:
        seen.append(each.kind)
        number = seen.count(each.kind)
        key = f"{activity.name}/assessment/{each.kind}" + (f"/{number}" if number > 1 else "")
        yield Task(key, "assessment", activity.title, each.title, each.review, each.done, each.kind)


def waiting() -> list[Waiting]:
    """Return every task with the day it is due, the first due first. For those responsible. Three queries."""
    since = dict(Outside.objects.values_list("task", "since"))
    last: dict[str, Signed] = {}
    for one in SignOff.objects.order_by("task", "-id").distinct("task"):
        last[one.task] = Signed(one.on, one.at, one.office, one.note)
    found = [_waiting(task, since, last) for task in tasks(in_force())]
    return sorted(found, key=lambda one: (one.due, one.task.id))


def overdue(found: Sequence[Waiting]) -> list[Waiting]:
    """Return those whose day has come."""
    return [one for one in found if one.overdue]


def history(task: str) -> list[Signed]:
    """Return each time a task was signed off, the latest first. One query."""
    rows = SignOff.objects.filter(task=task).order_by("-id")
    return [Signed(one.on, one.at, one.office, one.note) for one in rows]


def sign_off(task: str, note: str) -> None:
    """Note that somebody looked it over today. Raises LookupError for what the declaration does not name,
    Refused, and PermissionDenied where the actor is not responsible.
    """
    if task not in {one.id for one in tasks(in_force())}:
        raise LookupError(task)
    with refusals(CONSTRAINTS), connection.cursor() as cursor:
        cursor.execute("select kernel.retention_sign_off(%s, %s)", [task, note])


def note_tasks() -> None:
    """Note since when each task has stood in the declaration, and forget those that stand no more. Signing
    off stays. For the keeper.
    """
    with access.acting(actor=JOB, purpose=()):
        wanted = {task.id for task in tasks(in_force())}
        Outside.objects.exclude(task__in=wanted).delete()
        known = set(Outside.objects.values_list("task", flat=True))
        new = [Outside(task=task, since=clock.today()) for task in sorted(wanted - known)]
        Outside.objects.bulk_create(new, ignore_conflicts=True)


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The function, safe to run again; and what was signed off stays as it was."""
    del positions
    kept = (
        "create or replace trigger log_kept before update or delete or truncate on public.retention_signoff"
        " for each statement execute function kernel.log_kept()"
    )
    return [SIGN_OFF, kept]


def _waiting(task: Task, since: Mapping[str, date], last: Mapping[str, Signed]) -> Waiting:
    signed = last.get(task.id)
    base = Waiting(task, date.min, signed).done or since.get(task.id) or clock.today()
    return Waiting(task, task.often.add_to(base), signed)
