"""Part i: the look-up functions in their final form, what they find, and the form of the mask."""

from functools import partial
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.parts.asking import LEVELS, Asker, askers, misspelt
from bench.ground.prepare import SQL
from bench.ground.timing import asked, clocked

VIEW = "select * from seen.people_person where id = any(array(select {call}))"
MASK = (SQL / "alternatives" / "mask_functions.sql").read_text()
CTE = """(with mine as materialized (
    select d.clause_id, d.unit_id, d.bits, d.sees_ended, day.today
    from access_duty d cross join (select kernel.today() as today) day
    where d.actor = kernel.actor() and d.purposes && kernel.purposes()
      and d.from_on <= day.today and (d.to_on is null or d.to_on >= day.today))
  select bit_or(d.bits) from grounds_ground g
  join units_unit u on u.id = g.unit_id
  join mine d on d.clause_id = g.clause_id and d.unit_id = any (u.ancestors)
  where g.subject_id = p.id and (g.until is null or g.until > d.today) and (d.sees_ended
    or g.ended is null or g.ended > d.today))"""
FORMS = {
    "inline lateral": "",
    "inline, duties in a CTE": CTE,
    "plpgsql function": "kernel.mask(p.id)",
    "plpgsql function, no SET clause": "kernel.mask_bare(p.id)",
    "sql function": "kernel.mask_sql(p.id)",
}


def by_function(owner: psycopg.Connection, name: str, call: str) -> None:
    """Make viewed.NAME: the masked view with its mask from `call` instead of a LATERAL join."""
    text = (SQL / "seen.sql").read_text()
    columns = text[text.index("select p.id") : text.index("cross join lateral")]
    owner.execute(
        f'create view viewed."{name}" as {columns}'
        f" cross join lateral (select {call} as mask offset 0) v where v.mask is not null"
    )
    owner.execute(
        f'alter view viewed."{name}" owner to hjemmel_reader; grant select on viewed."{name}" to hjemmel_app'
    )


def exact(owner: psycopg.Connection, people: list[Asker]) -> list[tuple[Asker, str, str]]:
    """Return what to look up exactly: officer, kind, value; one of three is a stranger's to most officers."""
    found = []
    for asker in people:
        rows = owner.execute(
            "select m.number::text, e.address, t.number from members_membership m"
            " join people_email e using (subject_id) join people_phone t using (subject_id)"
            " where m.subject_id = any(%s) and m.left_on is null limit 40",
            (asker.subjects,),
        ).fetchall()
        found += [
            (asker, kind, row[place])
            for row in rows
            for place, kind in enumerate(("number", "email", "phone"))
        ]
    return found


def lookups(app: psycopg.Connection, owner: psycopg.Connection, people: list[Asker]) -> dict[str, Any]:
    """Return p50/p95 of each look-up followed by the masked view, for officers of one level."""

    def each(call: str, values: list[tuple[Asker, tuple[Any, ...]]]) -> dict[str, float]:
        return clocked(
            [partial(asked, app, asker.actor, VIEW.format(call=call), given) for asker, given in values],
            on=app,
        )

    names = [
        (asker, name)
        for number in range(40)
        for asker in people
        for name in (asker.names[number * 3 % len(asker.names)],)
    ]
    short = [(asker, name[: 1 + number % 3]) for number, (asker, name) in enumerate(names)]
    return {
        "number, e-mail, phone": each(
            "kernel.find_exact(%s, %s)", [(a, (kind, value)) for a, kind, value in exact(owner, people)]
        ),
        "whole name": each("kernel.find_prefix(%s)", [(asker, (name,)) for asker, name in names]),
        "prefix of 1-3 letters": each("kernel.find_prefix(%s)", [(asker, (name,)) for asker, name in short]),
        "prefix of a family name": each(
            "kernel.find_prefix(%s)", [(asker, (name.split()[-1][:5],)) for asker, name in names]
        ),
        "nobody's name": each("kernel.find_prefix(%s)", [(asker, (f"{name} zq",)) for asker, name in names]),
        "misspelt, 1 fault": each(
            "kernel.find_misspelt(%s)", [(a, (misspelt(n, seed=i),)) for i, (a, n) in enumerate(names)]
        ),
        "misspelt, 2 faults": each(
            "kernel.find_misspelt(%s)",
            [(a, (misspelt(n, seed=i, faults=2),)) for i, (a, n) in enumerate(names)],
        ),
    }


def recall(app: psycopg.Connection, people: list[Asker], *, faults: int) -> str:
    """Return how many of 100 misspelt names bring back somebody of that very name (given and family)."""
    hits = 0
    words = [(a, a.names[i]) for i in range(100 // len(people)) for a in people]
    for seed, (asker, name) in enumerate(words):
        rows = asked(
            app, asker.actor, "select given_name || ' ' || family_name from seen.people_person"
            " where id = any(array(select kernel.find_misspelt(%s)))",
            (misspelt(name, seed=seed, faults=faults),),
        )  # fmt: skip
        hits += (name,) in rows
    return f"{hits} of {len(words)}"


def run(cluster: Cluster) -> dict[str, Any]:
    """Return p50/p95 in ms by level, recall, and the mask by LATERAL against the mask by function."""
    cluster.copy_database("hj_search")
    figures: dict[str, Any] = {}
    with (
        cluster.connect(database="hj_search") as owner,
        cluster.connect(user="hjemmel_app", database="hj_search") as app,
    ):
        owner.autocommit = True
        everyone = askers(owner)
        for level in LEVELS:
            people = [asker for asker in everyone if asker.level == level]
            figures[level] = lookups(app, owner, people)
            figures[level]["found"] = {
                "1 fault": recall(app, people, faults=1),
                "2 faults": recall(app, people, faults=2),
            }
        owner.execute(MASK)
        for name, call in list(FORMS.items())[1:]:
            by_function(owner, name, call)
        figures["mask"] = masks(cluster, [asker for asker in everyone if asker.level == "county"])
    cluster.drop_database("hj_search")
    return figures


def masks(cluster: Cluster, people: list[Asker]) -> dict[str, Any]:
    """Return one, 50 and 1,000 masks by each form, unprepared and prepared."""
    table: dict[str, Any] = {form: {} for form in FORMS}
    for prepared in (False, True):
        label = "prepared" if prepared else "unprepared"
        with cluster.connect(user="hjemmel_app", database="hj_search", prepared=prepared) as app:
            for form in FORMS:
                view = "seen.people_person" if form == "inline lateral" else f'viewed."{form}"'
                sql = f"select * from {view} where id = any(%s)"
                one = [
                    partial(asked, app, a.actor, f"select * from {view} where id = %s", (s,))
                    for s in people[0].subjects
                    for a in people[:1]
                ]
                many = [
                    partial(asked, app, a.actor, sql, (a.subjects[i : i + 50],))
                    for i in range(0, 150, 5)
                    for a in people[:2]
                ]
                table[form] |= {f"one, {label}": clocked(one, on=app), f"50, {label}": clocked(many, on=app)}
    return table
