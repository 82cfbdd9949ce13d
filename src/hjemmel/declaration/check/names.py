"""Names that refer to nothing: data, subjects, sources, articles, statutes, controllers, offices, records."""

from collections.abc import Collection, Iterable, Iterator

from hjemmel.declaration.check.case import OFFICES, ORGANISATION, RECIPIENTS, UNITS, Case, file_of, near
from hjemmel.declaration.law import figures
from hjemmel.declaration.model import Activity, Basis, Purpose
from hjemmel.declaration.vocabulary import vocabulary


def check(case: Case) -> None:
    """Note each name that nothing answers to."""
    _organisation(case)
    for activity in case.declaration.activities:
        _activity(case, activity)
        _data(case, activity)
        _bases(case, activity)
        _duties(case, activity)
        _records(case, activity)


def _organisation(case: Case) -> None:
    declaration = case.declaration
    organisation = declaration.organisation
    offices = [office.name for office in declaration.offices]
    for key in ("answers", "daily", "requests"):
        if (office := getattr(organisation, key)) not in offices:
            case.add("H027", ORGANISATION, key, allowed=offices, name=office)
    special = vocabulary().special
    for name in organisation.reveals:
        if name not in special:
            case.add("H006", ORGANISATION, "reveals", item=name, allowed=special, value=name)
    ages = [figure.name for figure in figures().values() if figure.unit == "years"]
    for name in organisation.children:
        if name not in ages:
            case.add("H006", ORGANISATION, "children", item=name, allowed=ages, value=name)
    recipients = [recipient.name for recipient in declaration.recipients]
    for cookie in organisation.cookies:
        setters = [cookie.set_by] if cookie.set_by else []
        _each(case, "H025", (ORGANISATION, f"cookies.{cookie.name}.set_by"), setters, recipients)
    _places(case)


def _places(case: Case) -> None:
    """Kinds of unit that nobody described, and recipients resting on a statute that is not known."""
    declaration = case.declaration
    kinds = [kind.name for kind in declaration.unit_kinds]
    for kind in declaration.unit_kinds:
        _each(case, "H028", (UNITS, f"{kind.name}.under"), kind.under, kinds)
    for office in declaration.offices:
        _each(case, "H028", (OFFICES, f"{office.name}.at"), office.at, kinds)
    for recipient in declaration.recipients:
        if recipient.statute:
            path = f"{recipient.name}.statute"
            _each(case, "H024", (RECIPIENTS, path), [recipient.statute], vocabulary().statutes)


def _activity(case: Case, activity: Activity) -> None:
    words, file = vocabulary(), file_of(activity.name)
    controllers = [controller.name for controller in case.declaration.organisation.controllers]
    _each(case, "H026", (file, "controllers"), activity.controllers, controllers)
    _each(case, "H021", (file, "subjects"), activity.subjects, words.subjects)
    _each(case, "H022", (file, "sources"), activity.sources, words.sources)
    recipients = [recipient.name for recipient in case.declaration.recipients]
    for index, disclosure in enumerate(activity.recipients):
        _each(case, "H025", (file, f"recipients.{index}.to"), [disclosure.to], recipients)
        if disclosure.when not in words.occasions:
            path = f"recipients.{index}.when"
            case.add("H006", file, path, allowed=words.occasions, value=disclosure.when)
    measures = [measure.name for measure in case.declaration.organisation.measures]
    _each(case, "H035", (file, "measures"), activity.measures, measures)
    for purpose in activity.purposes:
        _purpose(case, file, purpose)


def _purpose(case: Case, file: str, purpose: Purpose) -> None:
    words, path = vocabulary(), f"purposes.{purpose.name}"
    for channel in purpose.channels:
        if channel not in words.channels:
            case.add("H006", file, f"{path}.channels", item=channel, allowed=words.channels, value=channel)
    for own in purpose.by_subject:
        _each(case, "H021", (file, f"{path}.by_subject.{own.subject}"), [own.subject], words.subjects)


def _data(case: Case, activity: Activity) -> None:
    words, file = vocabulary(), file_of(activity.name)
    named = [("data", name) for name in activity.names] + [("logged", name) for name in activity.logged]
    for path, name in named:
        if name not in words.data:
            alike = near(name, words.data)
            case.add("H020", file, path, item=name, allowed=alike, name=name, near=", ".join(alike) or "–")
    for use in activity.data:
        if use.only_when and use.only_when not in words.conditions:
            case.add("H032", file, "data", item=use.datum, allowed=words.conditions, name=use.only_when)


def _bases(case: Case, activity: Activity) -> None:
    words, file = vocabulary(), file_of(activity.name)
    for path, basis in bases(activity):
        _each(case, "H023", (file, f"{path}.article"), [basis.article], words.articles)
        if basis.statute:
            _each(case, "H024", (file, f"{path}.statute"), [basis.statute], words.statutes)


def bases(activity: Activity) -> Iterator[tuple[str, Basis]]:
    """Yield every basis of an activity with its path, those of its disclosures too."""
    for index, basis in enumerate(activity.basis):
        yield f"basis.{index}", basis
    for index, disclosure in enumerate(activity.recipients):
        yield f"recipients.{index}.basis", disclosure.basis


def _duties(case: Case, activity: Activity) -> None:
    file = file_of(activity.name)
    offices = [office.name for office in case.declaration.offices]
    purposes = [purpose.name for purpose in activity.purposes]
    for office in dict.fromkeys(duty.office for duty in activity.duties):
        _each(case, "H027", (file, f"duties.{office}"), [office], offices)
    for duty in activity.duties:
        path = duty_path(activity, duty.id)
        for name in sorted((duty.purposes or frozenset()).difference(purposes)):
            shown = {"name": name, "activity": activity.name}
            case.add("H029", file, f"{path}.purposes", item=name, allowed=purposes, **shown)


def duty_path(activity: Activity, duty_id: str) -> str:
    """Return the path of a duty in its file: an office has one duty, or a list of them."""
    duty = next(duty for duty in activity.duties if duty.id == duty_id)
    several = [other.id for other in activity.duties if other.office == duty.office]
    return f"duties.{duty.office}" + (f".{several.index(duty_id)}" if len(several) > 1 else "")


def _records(case: Case, activity: Activity) -> None:
    words, file = vocabulary(), file_of(activity.name)
    for index, keep in enumerate(activity.keep):
        path = f"keep.{index}"
        record = words.records.get(keep.what)
        if record is None:
            case.add("H030", file, f"{path}.what", allowed=words.records, name=keep.what)
        elif record.of and not _concerned(record.of, activity):
            shown = {"record": keep.what, "activity": activity.name, "subjects": ", ".join(record.of)}
            case.add("H037", file, f"{path}.what", allowed=record.of, **shown)
        if keep.after and keep.after not in words.events:
            allowed = record.events if record else words.events
            case.add("H031", file, f"{path}.after", allowed=allowed, name=keep.after)
        elif keep.after and record and keep.after not in record.events:
            owner = words.record_of(keep.after)
            shown = {"event": keep.after, "owner": owner, "record": keep.what}
            case.add("H033", file, f"{path}.after", allowed=record.events, **shown)
        if keep.when and keep.when not in words.conditions:
            case.add("H032", file, f"{path}.when", allowed=words.conditions, name=keep.when)
        archive = keep.then.removeprefix("archive:")
        names = [other.name for other in case.declaration.activities]
        if archive != keep.then and archive not in names:
            case.add("H034", file, f"{path}.then", allowed=names, owner=keep.id, name=archive)


def _concerned(of: Iterable[str], activity: Activity) -> bool:
    """Whether an activity is about some of those whom a record makes somebody, or nobody can tell."""
    subjects = set(activity.subjects)
    return bool(subjects & set(of)) or not subjects <= set(vocabulary().subjects)


def _each(
    case: Case, code: str, where: tuple[str, str], names: Iterable[str], known: Collection[str]
) -> None:
    for name in names:
        if name not in known:
            case.add(code, *where, item=name, allowed=known, name=name)
