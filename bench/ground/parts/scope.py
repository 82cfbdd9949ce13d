"""Part a: four ways to say 'this unit or one below it', under the same view and look-ups."""

from collections.abc import Callable
from functools import partial
from itertools import cycle, islice
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.parts.asking import Asker, askers, misspelt
from bench.ground.prepare import SQL
from bench.ground.timing import asked, clocked

UP = "d.unit_id = any (u.ancestors)"
DOWN = "u.ancestors @> array[d.unit_id]"
# form → from a ground's unit up to the duty; from the duty down to units; the table of duties
FORMS = {
    "ancestors": (UP, DOWN, "access_duty"),
    "closure": (
        "exists (select from units_closure k where k.unit_id = u.id and k.ancestor_id = d.unit_id)",
        "u.id in (select k.unit_id from units_closure k where k.ancestor_id = d.unit_id)",
        "access_duty",
    ),
    "ranges": ("u.position between d.lo and d.hi", "u.position between d.lo and d.hi", "access_duty"),
    "expanded": ("d.unit_id = u.id", "d.unit_id = u.id", "access_reach"),
}
EXTRA = (SQL / "alternatives" / "scope_forms.sql").read_text()


def install(connection: psycopg.Connection, form: str) -> None:
    """Make schema NAME and seen_NAME with the view and functions of one form."""
    connection.execute(f"create schema {form}; create schema seen_{form}")
    connection.execute(
        f"grant usage on schema {form}, seen_{form} to hjemmel_app, hjemmel_kernel, hjemmel_reader"
    )
    text = (SQL / "search.sql").read_text() + (SQL / "seen.sql").read_text()
    for old, new in zip(FORMS["ancestors"], FORMS[form], strict=True):
        text = text.replace(old, new)
    if form == "ranges":
        text = text.replace("d.sees_ended, day.today", "d.sees_ended, day.today, d.lo, d.hi")
    for name in (
        "reached",
        "scope",
        "find_prefix",
        "find_misspelt",
        "unit_page",
        "unit_counts",
        "find_exact",
        "name_key",
    ):
        text = text.replace(f"kernel.{name}(", f"{form}.{name}(")
    text = text.replace("function kernel.%I", f"function {form}.%I").replace("seen.", f"seen_{form}.")
    connection.execute(text)


def questions(form: str, people: list[Asker]) -> dict[str, list[Callable[[psycopg.Connection], Any]]]:
    """Return what is asked of a form: name of the measure → calls, spread over the officers."""

    def each(
        sql: str, number: int, parameters: Callable[[Asker, int], Any]
    ) -> list[Callable[[psycopg.Connection], Any]]:
        text = sql.replace("FORM", form)
        turns = islice(enumerate(cycle(people)), number)
        return [partial(asked, actor=a.actor, sql=text, parameters=parameters(a, i)) for i, a in turns]

    row = "select * from seen_FORM.people_person where id = "
    national = people[0].level == "national"
    return {
        "one person": each(row + "%s", 150, lambda a, i: (a.subjects[i % len(a.subjects)],)),
        "50 persons": each(row + "any(%s)", 60, lambda a, i: (a.subjects[i % 100 : i % 100 + 50],)),
        "list 50 of a unit": each(
            row + "any(array(select FORM.unit_page(%s, false)))",
            60,
            lambda a, i: (a.unit if a.level == "chapter" else _below(a, i),),
        ),
        "list 50 of all below": each(
            row + "any(array(select FORM.unit_page(%s, true)))", 40, lambda a, _: (a.unit,)
        ),
        "prefix": each(
            row + "any(array(select FORM.find_prefix(%s)))",
            100,
            lambda a, i: (a.names[i % len(a.names)][: 3 + i % 6],),
        ),
        "misspelt": each(
            row + "any(array(select FORM.find_misspelt(%s)))",
            20 if national else 40,
            lambda a, i: (misspelt(a.names[i % len(a.names)], seed=i),),
        ),
        "counts per unit": each(
            "select * from FORM.unit_counts(%s)", 10 if national else 40, lambda a, _: (a.unit,)
        ),
    }


BELOW: dict[int, list[int]] = {}


def _below(asker: Asker, turn: int) -> int:
    units = BELOW[asker.unit]
    return units[turn * 7 % len(units)]


def run(cluster: Cluster) -> dict[str, Any]:
    """Return p50/p95 in ms, question by level and form, asked as the app role, unprepared."""
    cluster.copy_database("hj_scope")
    with cluster.connect(database="hj_scope") as owner:
        owner.autocommit = True
        people = askers(owner)
        for asker in people:
            rows = owner.execute(
                "select id from units_unit where ancestors @> array[%s::bigint] and kind = 'chapter'",
                (asker.unit,),
            )
            BELOW[asker.unit] = [row[0] for row in rows]
        owner.execute(EXTRA)
        for form in FORMS:
            install(owner, form)
        owner.execute("vacuum (analyze)")
        reach = owner.execute(
            "select (select count(*) from access_duty), (select count(*) from access_reach)"
        ).fetchall()[0]
    figures: dict[str, Any] = {"duty rows": {"rows": reach[0], "expanded": reach[1]}}
    with cluster.connect(user="hjemmel_app", database="hj_scope") as app:
        for level in ("chapter", "county", "national"):
            table: dict[str, dict[str, Any]] = {}
            for form in FORMS:
                for question, calls in questions(form, [a for a in people if a.level == level]).items():
                    table.setdefault(question, {})[form] = clocked(
                        [partial(call, app) for call in calls], on=app
                    )
                print(f"  {level} {form}", flush=True)
            figures[level] = table
    cluster.drop_database("hj_scope")
    return figures
