"""What forms for somebody new have in common: what was typed, who is alike, and what the law says to tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.declaration.render import sentences
from hjemmel.domain.people.actions import NewPerson
from hjemmel.domain.people.queries import Hit
from hjemmel.faces.look.language import said
from hjemmel.kernel.grounds.queries import in_force

PERSON = ("given_name", "middle_name", "family_name", "birth_date", "gender", "language", "employer")


@dataclass(frozen=True, kw_only=True)
class Told:
    """The statement's own sentences about one activity: what is held, why, and how long (GDPR art. 13)."""

    title: str
    url: str
    what: str
    why: list[str]
    how_long: list[str]


def told(activity: str) -> Told:
    """Return what to tell somebody whose data are asked for, from the declaration in force."""
    declaration = in_force()
    said_of = sentences(declaration)
    declared = declaration.activity(activity)
    return Told(
        title=said(declared.title),
        url=f"{reverse('statement')}#{activity}",
        what=said_of[f"{activity}/data"],
        why=[said_of[f"{activity}/purpose/{purpose.name}"] for purpose in declared.purposes],
        how_long=[said_of[keep.id] for keep in declared.keep],
    )


def new_person(data: Mapping[str, Any]) -> NewPerson:
    """Return the person as typed. Fields that are not in the form are empty."""
    return NewPerson(
        **{name: data[name] for name in PERSON if data.get(name)},
        emails=(data["email"],) if data.get("email") else (),
        phones=(data["phone"],) if data.get("phone") else (),
        address_lines=(data["address_lines"],) if data.get("address_lines") else (),
        postcode=data.get("postcode", ""),
        place=data.get("place", ""),
    )


def alike_links(candidates: Iterable[Hit], *, unit_id: int | None = None) -> list[dict[str, object]]:
    """Return who may be the same, with where to open them and, with a unit, where to enrol them there."""
    return [
        {
            "name": hit.display_name or _("Name hidden"),
            "birth_date": hit.birth_date,
            "units": ", ".join(dict.fromkeys(u.unit_name for u in hit.units if u.unit_name)),
            "url": reverse("person", args=[hit.person_id]),
            "enrol_url": reverse("rejoin", args=[hit.person_id, unit_id]) if unit_id else "",
        }
        for hit in candidates
    ]
