"""What the office's pages say of a person: only what the reader may see, in plain words."""

from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.domain.people.enums import ContactKind, Gender, Source
from hjemmel.domain.people.queries import Hjemmel, Point, Points, Viewer, VisiblePerson
from hjemmel.faces.look import keeping, writing
from hjemmel.faces.look.language import capital, inside, said
from hjemmel.faces.look.pages import Fact, GroundLine, Link, Masked, Section

FIELDS = ("person.name", "person.birth_date", "person.gender", "person.language", "person.employer")
LANGUAGES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}
# Records that always lie at a unit: where it is not told, the person is shielded from this reader.
AT_A_UNIT = frozenset({"membership", "tenure", "contact"})


def person_facts(person: VisiblePerson) -> list[Fact]:
    """The facts the reader may see; one that is open to her and empty is a dash."""
    gender = str(Gender(person.gender).label) if person.gender else None
    language = LANGUAGES.get(person.language or "", person.language)
    facts = [
        ("person.birth_date", Fact(label=_("Birth date"), value=person.birth_date, kind="day",
                                   note=source(person.birth_date_source))),
        ("person.gender", Fact(label=_("Gender"), value=gender, note=source(person.gender_source))),
        ("person.language", Fact(label=_("Language"), value=language)),
        ("person.employer", Fact(label=_("Employer"), value=person.employer,
                                 note=source(person.employer_source))),
        ("person.municipality", Fact(label=_("Municipality"), value=person.municipality)),
    ]  # fmt: skip
    return [fact for datum, fact in facts if person.sees(datum)]


def source(code: str | None) -> str:
    """Where a datum came from, in words; nothing where it is not known."""
    return _("from: %(source)s") % {"source": Source(code).label} if code else ""


def is_shielded(grounds: Iterable[Hjemmel]) -> bool:
    """Whether where the person belongs is kept from this reader, as it is of the shielded."""
    return any(g.record in AT_A_UNIT and g.unit_id is None for g in grounds)


def point_sections(person: VisiblePerson, found: Points, *, shielded: bool) -> list[Section]:
    """E-mail, phone and address, with what the reader may do to each. Of a shielded person it is said that
    they are hidden, and why; for others what the reader may not see is not there.
    """
    kinds = (
        ("email", "person.email", _("E-mail"), found.emails),
        ("phone", "person.phone", _("Phone"), found.phones),
        ("address", "person.postal_address", _("Postal address"), found.addresses),
    )
    if shielded and not any(person.sees(datum) for _model, datum, _title, _held in kinds):
        reason = _("This person lives at a secret address. Only those who must can see how to reach them.")
        facts = [Fact(label=_("Address, phone and e-mail"), value=Masked(reason=reason))]
        return [Section(name="address", title=_("How to reach them"), facts=facts)]
    return [
        _points(person, model, title, held, may=person.may_change(datum))
        for model, datum, title, held in kinds
        if person.sees(datum)
    ]


def _points(person: VisiblePerson, model: str, title: str, held: Sequence[Point], *, may: bool) -> Section:
    add = Link(label=_("Add"), url=reverse("add_point", args=[person.id, model])) if may else None
    context = {"points": [_line(person.id, model, point) for point in held], "may": may, "model": model}
    return Section(name=model, title=title, template="office/points.html", context=context, action=add)


def point_text(model: str, point: Point) -> str:
    """Return an address or number as people write it."""
    return writing.phone(point.text) if model == "phone" else point.text


def _line(person_id: int, model: str, point: Point) -> dict[str, object]:
    return {
        "value": point.text,
        "text": point_text(model, point),
        "kind": ContactKind(point.kind).label if point.kind and point.kind != "private" else "",
        "source": source(point.source),
        "change_url": reverse("change_point", args=[person_id, model, point.id]),
        "remove_url": reverse("remove_point", args=[person_id, model, point.id]),
    }


def ground_lines(
    grounds: Sequence[Hjemmel], viewers: Sequence[Viewer], declaration: Declaration
) -> list[GroundLine]:
    """The grounds the reader may see: those of one record as one, with who else sees through them today."""
    records = dict.fromkeys((g.activity, g.record, g.record_id) for g in grounds)
    return [
        _ground([g for g in grounds if (g.activity, g.record, g.record_id) == key], viewers, declaration)
        for key in records
    ]


def _ground(held: Sequence[Hjemmel], viewers: Sequence[Viewer], declaration: Declaration) -> GroundLine:
    first = held[0]
    open_ = [g for g in held if g.until is None]
    data = dict.fromkeys(datum for g in held for datum in g.data)
    because = next((g.because for g in held if g.because), "")
    return GroundLine(
        activity=first.activity_title,
        reason=capital(because) + "." if because and first.ended else "",
        since=min(g.since for g in held if g.since) if any(g.since for g in held) else first.since,
        ended=first.ended,
        until=None if open_ else max(g.until for g in held if g.until),
        lasts=_lasts(open_, declaration) if open_ else "",
        rules=[g.sentence for g in held],
        unit=first.unit_name or "",
        holds=[said(vocabulary().data[datum].one) for datum in data],
        seen_by=_seen_by(first.activity, viewers),
    )


def _lasts(open_: Sequence[Hjemmel], declaration: Declaration) -> str:
    """While the relation lasts, that it does; afterwards what the longest rule waits for."""
    if open_[0].ended is None:
        return keeping.lasts(open_[0].record)
    longest = keeping.longest(r for r in (keeping.rule(declaration, g.rule) for g in open_) if r)
    return keeping.goes(longest) if longest else ""


def _seen_by(activity: str, viewers: Iterable[Viewer]) -> list[str]:
    """The offices, never who holds them: "Medlemsansvarlig (Landskontoret)"."""
    seen = [f"{inside(v.office_title)} ({v.unit_name})" for v in viewers if v.activity == activity]
    return [capital(one) for one in dict.fromkeys(seen)]
