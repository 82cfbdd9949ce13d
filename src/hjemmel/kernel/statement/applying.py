"""Carrying out what was approved in the office: for the owner's role, in a process of its own.

It takes nobody's word for anything but the rows that only functions write: it works the preview out itself,
sends a code to whoever approved by another way than the web, and before it applies asks once more whether the
draft, the version in force, the day and the approver are as they were.
"""

import hashlib
import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from django.core.mail import send_mail
from django.db import connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hjemmel.declaration import DeclarationError, load_texts
from hjemmel.declaration.edit import widened
from hjemmel.declaration.model import LANGUAGES
from hjemmel.kernel import access
from hjemmel.kernel.access.models import Account
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.statement.actions import apply, known
from hjemmel.kernel.statement.effects import Effects, effects_of
from hjemmel.kernel.statement.models import Approval, Code, Draft, Preview, Step

log = logging.getLogger(__name__)

JOB, PURPOSE = "job:declaration", "declaration/apply"
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that is misread
LONG = 10
SHOWN = 30  # changes written out in a letter

LOGGED = """
insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, reason)
values (clock_timestamp(), kernel.acting(), '', 'applied', 'grounds_version', %s, %s)
"""


def work_off() -> int:
    """Work out the previews that are asked for, and carry out what is approved; return how many were done.

    Each stands in a transaction of its own. What fails is refused, so that it is not tried for ever.
    """
    todo: tuple[tuple[type[Preview | Approval], str, Callable[[int], None], Callable[[int], None]], ...] = (
        (Preview, Preview.State.ASKED, _preview, _no_preview),
        (Approval, Approval.State.GIVEN, _ask_for_code, _refuse),
        (Approval, Approval.State.CONFIRMED, _carry_out, _refuse),
    )
    done = 0
    for model, state, act, refuse in todo:
        for number in model.objects.filter(state=state).order_by("id").values_list("pk", flat=True):
            _safely(act, number, refuse)
            done += 1
    return done


def _safely(act: Callable[[int], None], number: int, refuse: Callable[[int], None]) -> None:
    try:
        with access.acting(actor=JOB, purpose=PURPOSE):
            act(number)
    except Exception:
        log.exception("the declaration: %s %s failed", act.__name__, number)
        with access.acting(actor=JOB, purpose=PURPOSE):
            refuse(number)


# -- the preview --
def _preview(number: int) -> None:
    preview = Preview.objects.select_for_update().get(pk=number)
    draft = Draft.objects.get(pk=preview.draft_id)
    if preview.state != Preview.State.ASKED:
        return
    preview.made_at = timezone.now()
    if (preview.digest, preview.based_on_id) != (draft.digest, draft.based_on_id) or not _is_text(draft):
        preview.state = Preview.State.REFUSED
        preview.save(force_update=True)
        return
    try:
        new = load_texts(draft.files, known())
    except DeclarationError:
        preview.state = Preview.State.REFUSED
        preview.save(force_update=True)
        return
    preview.widened = sorted(widened(in_force(), new))
    found = effects_of(new)
    preview.told = told(found)
    preview.wider = [one["key"] for one in preview.told if one["direction"] == "wider"]
    preview.counts = counted(found)
    preview.state = Preview.State.READY
    preview.save(force_update=True)


def told(found: Effects) -> list[dict[str, Any]]:
    """Every change in words, with how many it touches and a key that is the same as long as the words are."""
    return [
        {
            "key": hashlib.sha256(f"{change.activity}:{change.words.nb}".encode()).hexdigest()[:16],
            "activity": change.activity,
            "kind": change.kind,
            "direction": change.direction,
            "persons": persons,
            **{lang: change.words.of(lang) for lang in LANGUAGES},
        }
        for change, persons in ((each.change, each.persons) for each in found.changes)
    ]


def counted(found: Effects) -> dict[str, int]:
    """How many persons all of it touches."""
    return {
        "touched": found.touched,
        "sooner": sum(persons for _year, persons in found.sooner),
        "due": found.due.persons,
        "later": found.later,
        "into": found.seen.into,
        "more": found.seen.more,
    }


def _no_preview(number: int) -> None:
    Preview.objects.filter(pk=number).update(state=Preview.State.REFUSED, made_at=timezone.now())


# -- the code --
def _ask_for_code(number: int) -> None:
    """Send the code. A demonstration needs none: it is nobody's register, and its post goes nowhere."""
    approval = Approval.objects.select_for_update().get(pk=number)
    if approval.state != Approval.State.GIVEN:
        return
    if Installation.objects.filter(kind=Installation.Kind.DEMO).exists():
        approval.state = Approval.State.CONFIRMED
        approval.save(force_update=True)
        return
    code = "".join(secrets.choice(ALPHABET) for _letter in range(LONG))
    digest = hashlib.sha256(f"{approval.pk}:{code}".encode()).digest()
    Code.objects.create(approval=approval, digest=digest, sent_at=timezone.now())
    approval.state = Approval.State.SENT
    approval.save(force_update=True)
    address = Account.objects.filter(subject_id=approval.subject_id, is_active=True, tied_on__isnull=False)
    send_mail(*_letter(approval, code), None, list(address.values_list("username", flat=True)))


def _letter(approval: Approval, code: str) -> tuple[str, str]:
    """What the approver is sent: what will come in force as the owner's process reads it, and the code."""
    organisation = in_force().organisation
    lang = organisation.languages[0] if organisation.languages else "nb"
    preview = Preview.objects.get(pk=approval.preview_id)
    with translation.override(lang):
        said = [f"- {one[lang]}" for one in preview.told[:SHOWN]]
        more = len(preview.told) - len(said)
        if more > 0:
            said.append(_("and %(n)s more changes") % {"n": more})
        body = _(
            "You have approved a new declaration for %(organisation)s. This is what it changes:\n\n"
            "%(changes)s\n\n"
            "If that is what you meant, write this code on the page where you approved it: %(code)s\n\n"
            "If it is anything else, or you approved nothing, do not use the code, and tell whoever runs the"
            " register at once."
        ) % {"organisation": organisation.title.of(lang), "changes": "\n".join(said), "code": code}
        return _("The code for the new declaration"), body


# -- putting it in force --
def _carry_out(number: int) -> None:
    draft_id = Approval.objects.values_list("draft_id", flat=True).get(pk=number)
    draft = Draft.objects.select_for_update().get(pk=draft_id)
    approval = Approval.objects.select_for_update().get(pk=number)
    if approval.state != Approval.State.CONFIRMED:
        return
    outcome = _hindrance(approval, draft)
    if not outcome:
        try:
            with transaction.atomic():
                _apply(approval, draft)
        except DeclarationError:
            outcome = "errors"
        else:
            return
    approval.state, approval.outcome = Approval.State.REFUSED, outcome
    approval.ended_at = timezone.now()
    approval.save(force_update=True)


def _hindrance(approval: Approval, draft: Draft) -> str:
    """Why this cannot be carried out, in a word; empty where nothing is in the way."""
    preview = Preview.objects.get(pk=approval.preview_id)
    with connection.cursor() as cursor:
        cursor.execute("select kernel.approvable(%s, %s)", [preview.pk, approval.subject_id])
        answer: str = cursor.fetchone()[0]
    if answer == "old" or approval.digest != draft.digest or not _is_text(draft):
        return "moved"
    if answer in {"no", "other"} or (answer == "alone" and not approval.alone):
        return "not_hers"
    if grown(preview.counts, counted(effects_of(load_texts(draft.files, known())))):
        return "more"
    return ""


def grown(shown: Mapping[str, Any], now: Mapping[str, Any]) -> bool:
    """Whether clearly more persons are concerned than when it was shown: a tenth more, and more than ten."""
    return any(
        isinstance(count, int) and count > 10 + int(shown.get(name, 0)) * 1.1 for name, count in now.items()
    )


def _is_text(draft: Draft) -> bool:
    """Whether the digest is that of the text, asked of the database anew."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select digest = encode(sha256(convert_to(files::text, 'UTF8')), 'hex')"
            " from public.statement_draft where id = %s",
            [draft.pk],
        )
        row: tuple[bool] = cursor.fetchone()
    return row[0]


def _apply(approval: Approval, draft: Draft) -> None:
    version = apply(draft.files)
    now = timezone.now()
    approval.state, approval.version, approval.ended_at = Approval.State.APPLIED, version, now
    approval.save(force_update=True)
    draft.state, draft.changed_at = Draft.State.APPLIED, now
    draft.save(force_update=True)
    Step.objects.create(
        draft=draft, at=now, kind=Step.Kind.APPLIED, subject_id=approval.subject_id, office=approval.office
    )
    with connection.cursor() as cursor:
        cursor.execute(LOGGED, [version.pk, f"approval:{approval.pk}"])


def _refuse(number: int) -> None:
    Approval.objects.filter(pk=number, state__in=Approval.WAITING).update(
        state=Approval.State.REFUSED, outcome="fault", ended_at=timezone.now()
    )
