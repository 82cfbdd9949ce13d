"""What the office's pages say of a person: only what the reader may see, in plain words."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.domain.people.enums import ContactKind, Gender, Source
from hjemmel.domain.people.queries import ContactRow, Hjemmel, Point, Points, VisiblePerson
from hjemmel.faces.look import writing
from hjemmel.faces.look.pages import Fact, GroundLine, Link, Masked, Section

FIELDS = ("person.name", "person.birth_date", "person.gender", "person.language", "person.employer")


def person_facts(person: VisiblePerson) -> list[Fact]:
    """The facts the reader may see; one that is open to her and empty is a dash."""
    gender = str(Gender(person.gender).label) if person.gender else None
    facts = [
        ("person.birth_date", Fact(label=_("Birth date"), value=person.birth_date, kind="day",
                                   note=source(person.birth_date_source))),
        ("person.gender", Fact(label=_("Gender"), value=gender)),
        ("person.language", Fact(label=_("Language"), value=person.language)),
        ("person.employer", Fact(label=_("Employer"), value=person.employer)),
        ("person.municipality", Fact(label=_("Municipality"), value=person.municipality)),
    ]  # fmt: skip
    shown = [fact for datum, fact in facts if person.sees(datum)]
    sealed = Masked(reason=_("Stored encrypted. Opened only by need, and each time is logged."))
    return shown + [Fact(label=capital(datum), value=sealed) for datum in sorted(person.sealed)]


def source(code: str | None) -> str:
    """Where a datum came from, in words; nothing where it is not known."""
    return _("from: %(source)s") % {"source": Source(code).label} if code else ""


def point_sections(person: VisiblePerson, found: Points | None) -> list[Section]:
    """E-mail, phone and address, with what the reader may do to each."""
    kinds = (
        ("email", "person.email", _("E-mail"), found.emails if found else []),
        ("phone", "person.phone", _("Phone"), found.phones if found else []),
        ("address", "person.postal_address", _("Postal address"), found.addresses if found else []),
    )
    sections = []
    for model, datum, title, held in kinds:
        if not person.sees(datum):
            continue
        may = person.may_change(datum)
        add = Link(label=_("Add"), url=reverse("add_point", args=[person.id, model])) if may else None
        context = {"points": [_line(person.id, model, point) for point in held], "may": may, "model": model}
        sections.append(
            Section(name=model, title=title, template="office/points.html", context=context, action=add)
        )
    return sections


def _line(person_id: int, model: str, point: Point) -> dict[str, object]:
    return {
        "text": point.text,
        "kind": ContactKind(point.kind).label if point.kind and point.kind != "private" else "",
        "source": source(point.source),
        "change_url": reverse("change_point", args=[person_id, model, point.id]),
        "remove_url": reverse("remove_point", args=[person_id, model, point.id]),
    }


def contact_facts(enquiries: Iterable[ContactRow]) -> list[Fact]:
    """Why somebody who is no member is in the register."""
    return [
        Fact(label=_("Reason"), value=one.reason, note=writing.day(one.since) if one.since else "")
        for one in enquiries
    ]


def ground_lines(grounds: Iterable[Hjemmel], declaration: Declaration) -> list[GroundLine]:
    """The grounds the reader may see, with who else sees through them."""
    return [
        GroundLine(
            activity=held.activity_title,
            reason=held.because or held.sentence,
            since=held.since,
            ended=held.ended,
            until=held.until,
            after=held.sentence if held.because else "",
            unit=held.unit_name or "",
            holds=[vocabulary().data[datum].one.nb for datum in held.data],
            seen_by=_seen_by(held.activity, declaration),
        )
        for held in grounds
    ]


def _seen_by(activity: str, declaration: Declaration) -> list[str]:
    duties = declaration.activity(activity).duties
    titles = [declaration.office(duty.office).title.nb.lower() for duty in duties if "read" in duty.may]
    return list(dict.fromkeys(titles))


def capital(datum: str) -> str:
    """What a datum is called, at the head of a line."""
    name = vocabulary().data[datum].one.nb
    return name[:1].upper() + name[1:]
