"""What a night did, sent to the office that has the daily charge: counts by rule, and nothing about anybody.

A night on which nothing was due and nothing held back is not written about; the office's front page shows it.
What the brake stopped, and what a search found left, goes to all who are responsible.
"""

from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hjemmel.declaration import Declaration
from hjemmel.declaration.render import keep_sentence
from hjemmel.kernel import access
from hjemmel.kernel.access.responsible import HOLDS
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.retention import approvals, proofs
from hjemmel.kernel.retention.models import Run
from hjemmel.kernel.retention.queries import Counts

JOB = "job:retention"

ADDRESSES = f"""
select distinct a.username from (select t.subject_id, t.office {HOLDS}) held
  join public.access_account a on a.subject_id = held.subject_id and a.is_active and a.tied_on is not null
 where held.office = any(%s) order by 1"""


def untold() -> int | None:
    """Return the number of the job's last run, where it has ended and nobody was told."""
    last = Run.objects.filter(actor=JOB).exclude(state=Run.State.RUNNING).order_by("-pk").first()
    return last.pk if last is not None and last.told_at is None else None


def tell(number: int) -> int:
    """Write to the responsible office about a run; return how many letters went. For the keeper.

    It is noted first: a letter too few is better than one a minute from a mail server that is down.
    """
    with access.acting(actor=JOB, purpose=()):
        if not Run.objects.filter(pk=number, told_at__isnull=True).update(told_at=timezone.now()):
            return 0
        run, stopped = proofs.one(number), approvals.stopped(number)
        if run is None or not (_worth_telling(run) or stopped):
            return 0
        declaration = in_force()
        alarm = stopped is not None or (run.searched is not None and run.searched.left > 0)
        to = _addresses(declaration, everybody=alarm)
        languages = declaration.organisation.languages
        with translation.override(languages[0] if languages else "nb"):
            title, body = _letter(declaration, run, stopped)
    for address in to:  # one each: nobody learns the others' addresses
        send_mail(title, body, None, [address])
    return len(to)


def _worth_telling(run: proofs.Told) -> bool:
    return bool(run.counts or run.left or run.state != Run.State.DONE or (run.searched and run.searched.left))


def _addresses(declaration: Declaration, *, everybody: bool) -> list[str]:
    organisation = declaration.organisation
    all_ = [organisation.answers, organisation.daily, organisation.requests]
    daily = [] if everybody else _of([organisation.daily])
    return daily or _of(all_)


def _of(offices: Sequence[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(ADDRESSES, [list(offices)])
        return [row[0] for row in cursor.fetchall()]


def _letter(declaration: Declaration, run: proofs.Told, stopped: approvals.Stopped | None) -> tuple[str, str]:
    lang = translation.get_language() or "nb"
    name = declaration.organisation.title.of(lang)
    day = date_format(run.day, "j F Y" if lang == "en" else "j. F Y")
    if stopped is not None:
        title = _("Deleting was stopped in the night to %(day)s") % {"day": day}
        body = [_stopped(stopped)]
        body += _lines(declaration, stopped.planned, lang)
    else:
        title = _("Deleted in the night to %(day)s") % {"day": day}
        body = [_done(run)]
        body += _lines(declaration, run.counts, lang)
        body += _after(run)
    where = f"{settings.HJEMMEL_BASE_URL}/kontoret/sletting/{run.id}/"
    return f"{name}: {title}", "\n".join([*body, "", _("All of it: %(where)s") % {"where": where}])


def _stopped(stopped: approvals.Stopped) -> str:
    if stopped.why == "rejected":
        return _(
            "What was planned has been rejected, so nothing is deleted until somebody responsible approves"
            " it. Something is due of %(due)s persons now."
        ) % {"due": stopped.due}
    return _(
        "Something is due of %(due)s persons; of late it was %(usual)s at most. Nothing is deleted until"
        " somebody responsible has looked at the plan and approved it."
    ) % {"due": stopped.due, "usual": stopped.usual_due}


def _done(run: proofs.Told) -> str:
    if run.state != Run.State.DONE:
        return _("The run broke off. The next one goes on where it was. So far:")
    return ngettext(
        "The run went through %(n)s person.", "The run went through %(n)s persons.", run.swept
    ) % {"n": run.swept}


def _lines(declaration: Declaration, counts: Counts, lang: str) -> list[str]:
    sentences = {
        keep.id: keep_sentence(declaration, keep, lang) for a in declaration.active for keep in a.keep
    }
    titles = {activity.name: activity.title.of(lang) for activity in declaration.activities}
    lines = []
    for rule, of in counts.items():
        title = titles.get(rule.partition("/")[0], rule)
        head = f"{title}: {sentences.get(rule, _('A rule that is in force no more.'))}"
        if rule.startswith("request:"):
            head = _("At somebody’s own request")
        lines += ["", head, f"  {', '.join(_what(what, n) for what, n in of.items())}"]
    return lines


def _what(happens: str, number: int) -> str:
    words = {
        "record": _("records: %(n)s"),
        "row": _("rows of data: %(n)s"),
        "datum": _("single data: %(n)s"),
        "reference": _("references to others: %(n)s"),
        "person": _("persons: %(n)s"),
        "subject": _("ids without a person: %(n)s"),
    }
    return words.get(happens, happens + ": %(n)s") % {"n": number}


def _after(run: proofs.Told) -> list[str]:
    said = [""]
    if run.left:
        said.append(_("Held back till the next night: %(n)s.") % {"n": run.left})
    if run.held:
        said.append(_("A hold keeps something of %(n)s persons.") % {"n": run.held})
    if run.searched is None:
        said.append(_("The search for leftovers has not been made."))
    elif run.searched.left:
        said.append(_("A fresh search FOUND leftovers: %(n)s. See to it.") % {"n": run.searched.left})
    else:
        said.append(_("A fresh search for leftovers found none."))
    return said
