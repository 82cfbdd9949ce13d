"""What My page says, in the person's own terms: facts, grounds and who can see them."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.domain.members.queries import memberships as held_memberships
from hjemmel.domain.offices.queries import my_offices
from hjemmel.domain.people.enums import Gender, Source
from hjemmel.domain.people.queries import Hjemmel, Points, Viewer, VisiblePerson
from hjemmel.faces.look import writing
from hjemmel.faces.look.pages import Fact, GroundLine


def person_facts(person: VisiblePerson | None, found: Points | None) -> list[Fact]:
    """Name, birth date and so on, each with where it came from. Only what is held."""
    if person is None:
        return []
    facts = [
        Fact(label=_("Name"), value=person.display_name, note=source(person.name_source)),
        Fact(
            label=_("Birth date"), value=person.birth_date, kind="day", note=source(person.birth_date_source)
        ),
        Fact(label=_("Gender"), value=gender(person.gender), note=source(person.gender_source)),
        Fact(label=_("Language"), value=person.language),
        Fact(label=_("Employer"), value=person.employer, note=source(person.employer_source)),
        Fact(label=_("Municipality"), value=person.municipality),
    ]
    facts += [Fact(label=capital(name), value=_("Stored encrypted")) for name in sorted(person.sealed)]
    if found:
        facts += [
            Fact(label=_("E-mail"), value=p.text, kind="email", note=source(p.source)) for p in found.emails
        ]
        facts += [
            Fact(label=_("Phone"), value=p.text, kind="phone", note=source(p.source)) for p in found.phones
        ]
        facts += [
            Fact(label=_("Postal address"), value=p.text, kind="lines", note=source(p.source))
            for p in found.addresses
        ]
    return [f for f in facts if f.value]


def source(code: str | None) -> str:
    """Where a datum came from, in words; nothing where it is not known."""
    return _("from: %(source)s") % {"source": Source(code).label} if code else ""


def gender(code: str | None) -> str | None:
    """The gender in words."""
    return str(Gender(code).label) if code else None


def memberships(subject: int) -> list[Fact]:
    """Each membership: where, number, from and to."""
    facts = []
    for held in held_memberships(subject):
        until = f"–{writing.day(held.left_on)}" if held.left_on else ""
        since = writing.day(held.joined_on) if held.joined_on else ""
        number = _("member number %(number)s") % {"number": held.number} if held.number else ""
        facts.append(Fact(label=held.unit_name or "", value=f"{since}{until}", note=number))
    return facts


def offices() -> list[Fact]:
    """Each office, present and past."""
    return [
        Fact(
            label=f"{held.office_title}, {held.unit_name}",
            value=f"{writing.day(held.starts_on)}–{writing.day(held.ends_on) if held.ends_on else ''}",
        )
        for held in my_offices()
    ]


def ground_lines(grounds: Iterable[Hjemmel], declaration: Declaration) -> list[GroundLine]:
    """The grounds, each with what it holds and which offices can see it."""
    return [
        GroundLine(
            activity=held.activity_title,
            reason=held.because or reasons(held.activity, declaration),
            since=held.since,
            ended=held.ended,
            until=held.until,
            after=held.sentence,
            unit=held.unit_name or "",
            holds=[name_of(datum) for datum in held.data],
            seen_by=_seen_by(held.activity, declaration),
        )
        for held in grounds
    ]


def reasons(activity: str, declaration: Declaration) -> str:
    """Why an activity holds data: its purposes, in one sentence."""
    purposes = [purpose.title.nb for purpose in declaration.activity(activity).purposes]
    return _("In order to %(purposes)s.") % {"purposes": "; ".join(purposes)}


def _seen_by(activity: str, declaration: Declaration) -> list[str]:
    duties = declaration.activity(activity).duties
    titles = [declaration.office(d.office).title.nb for d in duties if "read" in d.may]
    return [title.lower() for title in dict.fromkeys(titles)]


def viewers(seen: Sequence[Viewer]) -> list[tuple[str, str, list[str]]]:
    """Who can see the person today: office, unit, and the kinds of data, one line an office."""
    told: dict[tuple[str, str], dict[str, None]] = {}
    for viewer in seen:
        data = told.setdefault((viewer.office_title, viewer.unit_name or ""), {})
        data.update(dict.fromkeys(name_of(datum) for datum in viewer.data))
    return [(office, unit, list(data)) for (office, unit), data in told.items()]


def name_of(datum: str) -> str:
    """What a datum is called."""
    return vocabulary().data[datum].one.nb


def capital(datum: str) -> str:
    """What a datum is called, at the head of a line."""
    name = name_of(datum)
    return name[:1].upper() + name[1:]
