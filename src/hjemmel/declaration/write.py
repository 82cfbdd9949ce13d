"""From the model back to text: the files a database keeps and an organisation takes out again.

What is written is read back as the same declaration; comments and layout are not kept.
"""

from collections.abc import Iterable, Mapping
from io import StringIO

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from hjemmel.declaration.model import (
    BACKUP_KEYS,
    BACKUPS,
    MONTH,
    Activity,
    Agreement,
    Assessment,
    Basis,
    Controller,
    Cookie,
    DataUse,
    Declaration,
    Disclosure,
    Duty,
    Keep,
    Organisation,
    Purpose,
    Reason,
    Recipient,
    Text,
)
from hjemmel.declaration.period import Period

_WIDTH = 4096


def dump(declaration: Declaration) -> dict[str, str]:
    """Return the declaration as YAML texts by file name, which `load_texts` reads back as its equal."""
    files: dict[str, Mapping[str, object]] = {
        "organisation.yaml": _organisation(declaration),
        "units.yaml": {
            kind.name: _given(title=_text(kind.title), own=_text(kind.own), under=_list(kind.under))
            for kind in declaration.unit_kinds
        },
        "offices.yaml": {
            office.name: _given(title=_text(office.title), at=_list(office.at), public=office.public)
            for office in declaration.offices
        },
    }
    if declaration.recipients:
        files["recipients.yaml"] = {each.name: _recipient(each) for each in declaration.recipients}
    files |= {f"activities/{a.name}.yaml": _activity(a) for a in declaration.activities}
    return {file: _yaml(content) for file, content in files.items()}


def _yaml(content: Mapping[str, object]) -> str:
    writer = YAML(typ="rt", pure=True)
    writer.width = _WIDTH
    writer.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    writer.dump(CommentedMap(content), out)
    return out.getvalue()


def _given(**entries: object) -> dict[str, object]:
    """Return the entries that say something, under the names they have in the language."""
    empty: tuple[object, ...] = (None, "", False, [], {})
    return {name.rstrip("_"): value for name, value in entries.items() if value not in empty}


def _flow(entries: Mapping[str, object]) -> CommentedMap:
    flow = CommentedMap(entries)
    flow.fa.set_flow_style()
    return flow


def _list(items: Iterable[object]) -> CommentedSeq:
    flow = CommentedSeq(items)
    flow.fa.set_flow_style()
    return flow


def _set(items: frozenset[str] | None) -> CommentedSeq | None:
    return None if items is None else _list(sorted(items))


def _free(words: str | None) -> DoubleQuotedScalarString | None:
    """Quote words of anybody's choice: unquoted ones can be read as something else inside a flow mapping."""
    return DoubleQuotedScalarString(words) if words else None


def _text(text: Text | None) -> object:
    if text is None:
        return None
    if text.nb == text.nn == text.en:
        return _free(text.nb)
    languages = {"nb": text.nb, "nn": text.nn, "en": text.en}
    return _flow({lang: _free(words) for lang, words in languages.items() if words})


def _organisation(declaration: Declaration) -> dict[str, object]:
    organisation: Organisation = declaration.organisation
    contact, mail = organisation.contact, organisation.mail
    return _given(
        organisation=organisation.name,
        title=_text(organisation.title),
        about=_text(organisation.about),
        reveals=_list(organisation.reveals),
        controllers={each.name: _controller(each) for each in organisation.controllers},
        arrangement=_text(organisation.arrangement),
        answers=organisation.answers,
        daily=organisation.daily,
        requests=organisation.requests,
        answer_within=None if organisation.answer_within == MONTH else str(organisation.answer_within),
        undo=None if organisation.undo is None else str(organisation.undo),
        backups=None if organisation.backups == BACKUPS else str(organisation.backups),
        backup_keys=None if organisation.backup_keys == BACKUP_KEYS else str(organisation.backup_keys),
        contact=_given(
            email=_free(contact.email),
            phone=_free(contact.phone),
            post=_free(contact.post),
            web=_free(contact.web),
        ),
        languages=_list(organisation.languages),
        mail=_flow({"sender": _free(mail.sender), "reply_to": _free(mail.reply_to)}),
        changed=organisation.changed,
        measures={
            m.name: _flow({"title": _text(m.title), "tested": m.tested}) for m in organisation.measures
        },
        cookies={cookie.name: _cookie(cookie) for cookie in organisation.cookies},
        automatic=_text(organisation.automatic),
        children=_list(organisation.children),
        paragraphs={each.place: _text(each.text) for each in organisation.paragraphs},
        activities=_list(activity.name for activity in declaration.activities),
    )


def _controller(controller: Controller) -> CommentedMap:
    return _flow(
        _given(
            title=_free(controller.title),
            number=_free(controller.number),
            address=_free(controller.address),
            agreement=_agreement(controller.agreement),
            at_end=controller.at_end,
        )
    )


def _agreement(agreement: Agreement | None) -> CommentedMap | None:
    if agreement is None:
        return None
    return _flow({"title": _text(agreement.title), "since": agreement.since, "review": str(agreement.review)})


def _cookie(cookie: Cookie) -> dict[str, object]:
    return _given(
        title=_text(cookie.title),
        does=_text(cookie.does),
        kind=cookie.kind,
        lasts=_period(cookie.lasts) or "session",
        set_by=cookie.set_by,
        consent=cookie.consent,
    )


def _period(period: Period | None) -> str | None:
    return None if period is None else str(period)


def _recipient(recipient: Recipient) -> dict[str, object]:
    return _given(
        kind=recipient.kind,
        title=_text(recipient.title),
        does=_text(recipient.does),
        place=_free(recipient.place),
        agreement=_agreement(recipient.agreement),
        statute=recipient.statute,
        transfer=_free(recipient.transfer),
        serves_all=recipient.serves_all,
        audit=_period(recipient.audit),
        audited=recipient.audited,
        statement=_free(recipient.statement),
        delete_within=_period(recipient.delete_within),
    )


def _activity(activity: Activity) -> dict[str, object]:
    duties: dict[str, list[CommentedMap]] = {}
    for duty in activity.duties:
        duties.setdefault(duty.office, []).append(_duty(duty))
    return _given(
        activity=activity.name,
        title=_text(activity.title),
        planned=activity.planned,
        controllers=_list(activity.controllers),
        subjects=_list(activity.subjects),
        purposes={purpose.name: _purpose(purpose) for purpose in activity.purposes},
        data=[_data_use(use) for use in activity.data],
        basis=[_basis(basis) for basis in activity.basis],
        sources=_list(activity.sources),
        recipients=[_disclosure(disclosure) for disclosure in activity.recipients],
        logged=_list(activity.logged),
        duties={office: each[0] if len(each) == 1 else each for office, each in duties.items()},
        keep=[_keep(keep) for keep in activity.keep],
        kept_in=[_flow({"outside": _text(k.outside), "review": str(k.review)}) for k in activity.kept_in],
        notes=_text(activity.notes),
        assessments=[_assessment(assessment) for assessment in activity.assessments],
        measures=_list(activity.measures),
        reasons=[_reason(reason) for reason in activity.reasons],
    )


def _purpose(purpose: Purpose) -> dict[str, object]:
    return _given(
        title=_text(purpose.title),
        basis=_list(purpose.basis),
        data=_set(purpose.data),
        channels=_list(purpose.channels),
        by_subject=_flow({each.subject: _list(each.basis) for each in purpose.by_subject}),
    )


def _data_use(use: DataUse) -> object:
    return _flow({use.datum: _flow({"only_when": use.only_when})}) if use.only_when else use.datum


def _basis(basis: Basis) -> CommentedMap:
    return _flow(
        _given(
            article=basis.article,
            statute=basis.statute,
            for_=_set(basis.for_ or None),
            interest=_text(basis.interest),
        )
    )


def _disclosure(disclosure: Disclosure) -> CommentedMap:
    return _flow(
        _given(
            to=disclosure.to,
            data=_set(disclosure.data),
            when=disclosure.when,
            basis=_basis(disclosure.basis),
        )
    )


def _duty(duty: Duty) -> CommentedMap:
    return _flow(
        _given(
            may=_set(duty.may),
            sees=None if duty.sees == "current" else duty.sees,
            data=_set(duty.data),
            purposes=_set(duty.purposes),
            reach=None if duty.reach == "below" else duty.reach,
        )
    )


def _keep(keep: Keep) -> dict[str, object]:
    archive = keep.then.removeprefix("archive:")
    return _given(
        what=keep.what,
        when=keep.when,
        data=_set(keep.data),
        for_=_period(keep.period),
        after=keep.after,
        count_from=None if keep.count_from == "date" else keep.count_from,
        then=keep.then if archive == keep.then else _flow({"archive": archive}),
        review=_period(keep.review),
        because=_text(keep.because),
        at_request=keep.at_request,
    )


def _assessment(assessment: Assessment) -> CommentedMap:
    return _flow(
        _given(
            kind=assessment.kind,
            title=_text(assessment.title) if assessment.title else None,
            done=assessment.done,
            review=str(assessment.review),
        )
    )


def _reason(reason: Reason) -> CommentedMap:
    return _flow(
        {
            "finding": reason.finding,
            "by": reason.by,
            "on": reason.on,
            "because": _text(reason.because),
        }
    )
