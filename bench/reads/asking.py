"""Whom and what to ask for: officers of three reaches, and people within each one's reach."""

from dataclasses import dataclass

import psycopg

OFFICERS = {"chapter": "chapter_leader", "region": "region_leader", "national": "register_keeper"}
WITHIN = """
select distinct on (hashint8(m.subject_id), m.subject_id)
       p.id, p.given_name, p.family_name, p.birth_date, m.number, e.address, t.number,
       a.lines, a.postcode, a.place
  from public.members_membership m join public.units_unit u on u.id = m.unit_id
  join public.people_person p on p.id = m.subject_id
  join public.subjects_subject s on s.id = p.id and not s.shielded and not s.restricted
  left join public.people_email e on e.subject_id = p.id
  left join public.people_phone t on t.subject_id = p.id
  left join public.people_postaladdress a on a.subject_id = p.id
 where u.ancestors @> array[%s::bigint] and m.left_on is null and p.family_name is not null
 order by hashint8(m.subject_id), m.subject_id limit %s"""
HOLDER = """
select t.subject_id, t.unit_id from public.units_tenure t join public.units_unit u on u.id = t.unit_id
 where t.office = %s and t.ends_on is null order by u.name limit 1"""


@dataclass(frozen=True)
class Someone:
    """A person to be found, and the ways of knowing her; a way may be None."""

    id: int
    given: str
    family: str
    born: object
    number: int
    email: str | None
    phone: str | None
    street: str | None
    postcode: str | None
    place: str | None


@dataclass(frozen=True)
class Asker:
    """An officer: her reach, her unit, and some whom she sees."""

    reach: str
    actor: str
    unit: int
    people: list[Someone]


def askers(owner: psycopg.Connection, *, people: int) -> list[Asker]:
    """Return an officer of each reach, with so many people within it."""
    found = []
    for reach, office in OFFICERS.items():
        subject, unit = owner.execute(HOLDER, (office,)).fetchall()[0]
        rows = owner.execute(WITHIN, (unit, people)).fetchall()
        found.append(Asker(reach, f"officer:{subject}", unit, [Someone(*row) for row in rows]))
    return found
