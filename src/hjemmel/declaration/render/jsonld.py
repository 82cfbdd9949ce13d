"""The record as JSON-LD in the W3C Data Privacy Vocabulary 2.3 with its GDPR extension (`eu-gdpr`).

Identifiers are relative (`#membership`), so that they resolve to wherever the record is published; rules have
theirs (`#membership/keep/1`). The context is inline: reading it fetches nothing. Texts are in all languages.
"""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, TypeAlias

from hjemmel.declaration.model import (
    Activity,
    Agreement,
    Controller,
    Declaration,
    Disclosure,
    Keep,
    Recipient,
    Text,
)
from hjemmel.declaration.render.dpv import CONTEXT, VERSION, legal_basis, terms, types
from hjemmel.declaration.render.grounds import LOVDATA
from hjemmel.declaration.render.keeping import keep_sentence
from hjemmel.declaration.render.language import language, languages
from hjemmel.declaration.vocabulary import EEA, vocabulary

Thing: TypeAlias = dict[str, Any]
THEN = {"delete": "dpv:Erase", "anonymise": "dpv:Anonymise", "archive": "dpv:Move"}


def jsonld(
    declaration: Declaration,
    *,
    preview: bool = False,
    changed: date | None = None,
    version: str | None = None,
) -> Thing:
    """Return the record as a JSON-LD document, ready to be written as JSON. The arguments are of `record`."""
    activities = declaration.activities if preview else declaration.active
    controllers = declaration.organisation.controllers
    others = {each.name for each in controllers if each.agreement is not None}
    day = changed or declaration.organisation.changed
    issue = {"issued": day.isoformat(), "identifier": version or declaration.digest[:8]}
    ours = [a for a in activities if not declaration.for_others(a)]
    theirs = [a for a in activities if others & set(a.controllers)]
    graph = [
        _record(declaration, "controller", ours) | issue,
        *([_record(declaration, "processor", theirs) | issue] if theirs else []),
        *(_party(declaration, each, serves=bool(theirs) and each is controllers[0]) for each in controllers),
        *_joint(declaration, ours),
        *(_activity(declaration, each) for each in activities),
        *_words(activities),
        *(_recipient(each) for each in declaration.recipients),
        *_measures(declaration),
    ]
    return {"@context": CONTEXT, "@graph": graph}


def _record(declaration: Declaration, role: str, activities: Iterable[Activity]) -> Thing:
    organisation = declaration.organisation
    us = f"#controller/{organisation.controllers[0].name}"
    return {
        "@id": f"#record-{role}",
        "@type": "dpv:ROPA",
        "title": _said(lambda lang: _title(declaration, role, lang)),
        "conformsTo": VERSION,
        "hasDataController" if role == "controller" else "hasDataProcessor": us,
        "hasProcess": [f"#{activity.name}" for activity in activities],
    }


def _title(declaration: Declaration, role: str, lang: str) -> str:
    words = language(lang)
    title = words.say("record.title", organisation=words.of(declaration.organisation.title))
    return f"{title}. {words.say(f'record.{role}')}"


def _party(declaration: Declaration, controller: Controller, *, serves: bool) -> Thing:
    """Return a controller, `serves`: processor too. Only the organisation's own contact is known."""
    thing: Thing = {
        "@id": f"#controller/{controller.name}",
        "@type": ["dpv:DataController", *(["dpv:DataProcessor"] if serves else []), "dpv:Organisation"],
        "hasName": controller.title,
        "hasIdentifier": controller.number,
        "hasAddress": controller.address,
    }
    if controller.agreement is None:
        thing["hasContact"] = declaration.organisation.contact.email
    return thing


def _joint(declaration: Declaration, activities: Iterable[Activity]) -> list[Thing]:
    """Return each group of our own controllers that an activity has, with what they agreed (art. 26)."""
    agreed = declaration.organisation.arrangement
    between = "dpv:JointDataControllersAgreement"
    measure = {"hasLegalMeasure": {"@type": between, "description": _text(agreed)}} if agreed else {}
    groups = dict.fromkeys(names for a in activities if len(names := _own(declaration, a)) > 1)
    return [
        {
            "@id": f"#controllers/{'-'.join(names)}",
            "@type": "dpv:JointDataControllers",
            "hasEntity": [f"#controller/{name}" for name in names],
            **measure,
        }
        for names in groups
    ]


def _own(declaration: Declaration, activity: Activity) -> tuple[str, ...]:
    return tuple(name for name in activity.controllers if declaration.controller(name).agreement is None)


def _activity(declaration: Declaration, activity: Activity) -> Thing:
    own = _own(declaration, activity)
    others = [name for name in activity.controllers if name not in own]
    joint = {"hasJointDataControllers": f"#controllers/{'-'.join(own)}"} if len(own) > 1 else {}
    processors = [each.name for each in declaration.recipients if each.serves_all]
    used = [declaration.recipient(disclosure.to) for disclosure in activity.recipients]
    processors += [each.name for each in used if each.kind == "processor" and not each.serves_all]
    abroad = [each for each in declaration.recipients if each.serves_all or each in used]
    thing: Thing = {
        "@id": f"#{activity.name}",
        "@type": "dpv:PersonalDataProcess",
        "title": _text(activity.title),
        "hasActivityStatus": "dpv:ActivityPlanned" if activity.planned else "dpv:ActivityOngoing",
        "hasDataController": [f"#controller/{name}" for name in activity.controllers],
        **joint,
        "hasDataProcessor": [f"#recipient/{name}" for name in dict.fromkeys(processors)],
        "hasDataSubject": [f"#subject/{name}" for name in activity.subjects],
        "hasPersonalData": [f"#data/{name}" for name in activity.names],
        "hasDataSource": [f"#source/{name}" for name in activity.sources],
        "hasLegalBasis": [
            legal_basis(article) for article in dict.fromkeys(b.article for b in activity.basis)
        ],
        "references": [
            LOVDATA + vocabulary().statutes[name].eli
            for name in dict.fromkeys(b.statute for b in activity.basis if b.statute)
        ],
        "hasPurpose": _purposes(activity),
        "hasProcess": [_disclosure(activity, each) for each in activity.recipients],
        "hasStorageCondition": [_keep(declaration, activity, each) for each in activity.keep],
        "hasThirdCountry": [f"#country/{each.place}" for each in abroad if each.place not in EEA],
        "hasTechnicalOrganisationalMeasure": [f"#measure/{m.name}" for m in declaration.measures(activity)],
        "hasAssessment": _assessments(activity),
        "hasJustification": _reasons(declaration, activity),
    }
    if others:
        us = declaration.organisation.controllers[0].name
        thing["hasDataProcessor"].insert(0, f"#controller/{us}")
        thing["hasLegalMeasure"] = [
            _agreement(agreement, "dpv:ControllerProcessorAgreement")
            for name in others
            if (agreement := declaration.controller(name).agreement) is not None
        ]
    return {key: value for key, value in thing.items() if value}


def _purposes(activity: Activity) -> list[Thing]:
    return [
        {
            "@id": f"#{activity.name}/purpose/{purpose.name}",
            "@type": "dpv:Purpose",
            "title": _text(purpose.title),
            "hasLegalBasis": [legal_basis(article) for article in purpose.basis],
            "hasPersonalData": [f"#data/{name}" for name in activity.subset(purpose.data)],
        }
        for purpose in activity.purposes
    ]


def _disclosure(activity: Activity, disclosure: Disclosure) -> Thing:
    return {
        "@id": f"#{disclosure.id}",
        "@type": "dpv:PersonalDataProcess",
        "description": _text(vocabulary().occasions[disclosure.when]),
        "hasProcessing": "dpv:Disclose",
        "hasRecipient": f"#recipient/{disclosure.to}",
        "hasPersonalData": [f"#data/{name}" for name in activity.subset(disclosure.data)],
        "hasLegalBasis": legal_basis(disclosure.basis.article),
    }


def _keep(declaration: Declaration, activity: Activity, keep: Keep) -> Thing:
    """Return a keep rule: how long after which event, and what then."""
    if keep.period is None:
        duration: Thing = {"@type": "dpv:EndlessDuration"}
    else:
        duration = {"@type": ["dpv:UntilEventDuration", "dpv:TemporalDuration"], "period": str(keep.period)}
    if keep.after:
        duration["description"] = _text(vocabulary().events[keep.after])
    return {
        "@id": f"#{keep.id}",
        "@type": ["dpv:StorageCondition", "dpv:StorageDuration"],
        "description": _said(lambda lang: keep_sentence(declaration, keep, lang)),
        "hasPersonalData": [f"#data/{name}" for name in activity.subset(keep.data)],
        "hasDuration": duration,
        "hasProcessing": THEN[keep.then.partition(":")[0]],
    }


def _assessments(activity: Activity) -> list[Thing]:
    return [
        {
            "@type": terms()["assessments"][each.kind],
            **({"title": _text(each.title)} if each.title else {}),
            "date": each.done.isoformat(),
            "valid": each.review.add_to(each.done).isoformat(),
        }
        for each in activity.assessments
    ]


def _reasons(declaration: Declaration, activity: Activity) -> list[Thing]:
    return [
        {
            "@type": "dpv:Justification",
            "identifier": each.finding,
            "description": _text(each.because),
            "creator": _text(declaration.office(each.by).title),
            "date": each.on.isoformat(),
        }
        for each in activity.reasons
    ]


def _words(activities: Iterable[Activity]) -> list[Thing]:
    """Return the data, subjects and sources that the activities name, with what each is in DPV."""
    known, named = vocabulary(), list(activities)
    data = dict.fromkeys(name for activity in named for name in activity.names)
    subjects = dict.fromkeys(name for activity in named for name in activity.subjects)
    sources = dict.fromkeys(name for activity in named for name in activity.sources)
    special = ["dpv:SpecialCategoryPersonalData"]
    return [
        *(
            {
                "@id": f"#data/{name}",
                "@type": types("data", name) + (special if known.data[name].special else []),
                "label": _text(known.data[name].one),
            }
            for name in data
        ),
        *(
            {
                "@id": f"#subject/{name}",
                "@type": types("subjects", name),
                "label": _text(known.subjects[name].many),
            }
            for name in subjects
        ),
        *(
            {"@id": f"#source/{name}", "@type": types("sources", name), "label": _text(known.sources[name])}
            for name in sources
        ),
    ]


def _recipient(recipient: Recipient) -> Thing:
    kinds = {"processor": "dpv:DataProcessor", "controller": "dpv:DataController"}
    thing: Thing = {
        "@id": f"#recipient/{recipient.name}",
        "@type": ["dpv:Recipient", kinds.get(recipient.kind, "dpv:ThirdParty")],
        "title": _text(recipient.title),
        "description": _text(recipient.does),
    }
    if recipient.place not in EEA:
        name = recipient.place
        thing["hasThirdCountry"] = {
            "@id": f"#country/{name}",
            "@type": "dpv:ThirdCountry",
            "identifier": name,
            "label": _said(lambda lang: language(lang).country(name)),
        }
    if recipient.agreement is not None:
        between = (
            "dpv:ControllerProcessorAgreement" if recipient.kind == "processor" else "dpv:ThirdPartyAgreement"
        )
        thing["hasLegalMeasure"] = _agreement(recipient.agreement, between)
    if recipient.statute is not None:
        thing["references"] = LOVDATA + vocabulary().statutes[recipient.statute].eli
    return thing


def _agreement(agreement: Agreement, kind: str) -> Thing:
    return {"@type": kind, "title": _text(agreement.title), "date": agreement.since.isoformat()}


def _measures(declaration: Declaration) -> list[Thing]:
    return [
        {
            "@id": f"#measure/{each.name}",
            "@type": "dpv:TechnicalOrganisationalMeasure",
            "title": _text(each.title),
            "date": each.tested.isoformat(),
        }
        for each in declaration.organisation.measures
    ]


def _text(text: Text) -> dict[str, str]:
    return _said(text.of)


def _said(say: Callable[[str], str]) -> dict[str, str]:
    return {lang: say(lang) for lang in languages()}
