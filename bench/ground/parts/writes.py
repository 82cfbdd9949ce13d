"""Part d: writing as the app role under policies, guard and log; new subjects at commit."""

from functools import partial
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.parts.asking import askers
from bench.ground.prepare import SQL
from bench.ground.timing import PURPOSE, SETTINGS, clocked, least

STAGE = """create table staged as
select hashint8extended(row_number() over (), 55) & 9223372036854775807
  as id, subject_id, unit_id, row_number() over () as number
from members_membership where left_on is null order by hashint8(id)
  limit least(100000, (select count(*) / 4 from members_membership));
create table arriving as select hashint8extended(k, 56) & 9223372036854775807
  as id, hashint8extended(k, 57) & 9223372036854775807 as record_id,
  (select unit_id from bench_actor where kind = 'county' limit 1) as unit_id, k as number
    from generate_series(1, 100000) k;
analyze staged; analyze arriving; grant select on staged, arriving to hjemmel_app"""
MARK = """create table marked as select id from members_membership where left_on is null
  order by hashint8(id) desc
  limit least(100000, (select count(*) / 4 from members_membership))"""
INSERT = """insert into public.members_membership (id, subject_id, unit_id, number, type, joined_on)
select id, subject_id, unit_id, number, 'ordinary', '2026-11-01' from staged"""
UPDATE = "update public.members_membership set left_on = '2026-11-20', version = version + 1"
BY_ID = " where id = any(array(select id from marked))"
ENTER = (
    "insert into public.subjects_subject (id) select id from arriving where number <= {rows}",
    "insert into public.people_person (id, given_name) select id, 'Ny' from arriving where number <= {rows}",
    "insert into public.members_membership (id, subject_id, unit_id, number, type, joined_on)"
    " select record_id, id, unit_id, number, 'ordinary', '2026-11-01' from arriving where number <= {rows}",
    "set constraints all immediate",
)
SQL_FORM = (SQL / "alternatives" / "policies_in_sql.sql").read_text()
SET_BASED = (SQL / "alternatives" / "inserts_in_sets.sql").read_text()
ONE_CHECK = (SQL / "alternatives" / "entering_once.sql").read_text()


def acting(connection: psycopg.Connection, actor: str) -> None:
    """Set actor and purpose for the transaction."""
    connection.execute(SETTINGS, (actor, PURPOSE))


def single(app: psycopg.Connection, actor: str, sql: str, values: list[tuple[Any, ...]]) -> dict[str, float]:
    """Time one write a transaction."""

    def once(value: tuple[Any, ...]) -> None:
        with app.transaction():
            acting(app, actor)
            if app.execute(sql, value).rowcount != 1:
                raise RuntimeError("a policy hid the row")

    return clocked([partial(once, value) for value in values], on=app)


def bulk(connection: psycopg.Connection, actor: str, *statements: str) -> dict[str, float]:
    """Return the cost of the statements in one transaction, rolled back."""

    def run() -> None:
        acting(connection, actor)
        for statement in statements:
            connection.execute(statement)

    return least(connection, run, times=1)


def under(owner: psycopg.Connection, app: psycopg.Connection, actor: str, first: int) -> dict[str, Any]:
    """Return single and bulk writes by this connection's role; `first` keeps new numbers apart."""
    rows = owner.execute("select subject_id, unit_id from staged order by number limit 60").fetchall()
    ids = [row[0] for row in owner.execute("select id from marked offset %s limit 150", (first,))]
    insert = "insert into public.members_membership (id, subject_id, unit_id, number) values (%s, %s, %s, 1)"
    return {
        "insert 1 ms": single(app, actor, insert, [(first + n, *row) for n, row in enumerate(rows, start=1)]),
        "update 1 ms": single(app, actor, UPDATE + " where id = %s", [(one,) for one in ids]),
        "insert 100k s": bulk(app, actor, INSERT),
        "update 100k s": bulk(app, actor, UPDATE + BY_ID),
    }


def arrivals(app: psycopg.Connection, actor: str) -> dict[str, Any]:
    """Return the cost of new persons with their first record, all checked at commit."""
    return {
        f"{rows} new persons s": bulk(app, actor, *(s.format(rows=rows) for s in ENTER))
        for rows in (1, 1000, 100_000)
    }


def refusals(app: psycopg.Connection, people: dict[str, Any]) -> dict[str, str]:
    """Return what a chapter's leader is told when she writes outside her duties."""
    stranger, home, away = people["stranger"], people["home"], people["away"]
    insert = "insert into public.members_membership (id, subject_id, unit_id) values (12, %s, %s)"
    new = "insert into public.subjects_subject (id) values (%s)"
    tries = {
        "ties a stranger to her unit": [(insert, (stranger, home))],
        "ties a new person to another unit": [(new, (13,)), (insert, (13, away))],
        "ties a new person to her unit": [(new, (13,)), (insert, (13, home))],
        "leaves a new person without a record": [(new, (14,)), ("set constraints all immediate", ())],
        "ends a stranger's membership": [(UPDATE + " where id = %s", (people["record"],))],
        "moves her member to another unit": [
            ("update public.members_membership set unit_id = %s where id = %s", (away, people["own"]))
        ],
    }
    told = {}
    for what, statements in tries.items():
        try:
            with app.transaction(force_rollback=True):
                acting(app, people["actor"])
                counts = [app.execute(sql, values).rowcount for sql, values in statements]
                told[what] = f"{counts[-1]} rows"
        except psycopg.Error as error:
            told[what] = f"{error.sqlstate} {str(error).splitlines()[0]}"
    return told


def run(cluster: Cluster) -> dict[str, Any]:
    """Return what policies, guards and the check at commit cost, and what each refuses."""
    cluster.copy_database("hj_writes")
    figures: dict[str, Any] = {}
    with (
        cluster.connect(database="hj_writes") as owner,
        cluster.connect(user="hjemmel_app", database="hj_writes") as app,
        cluster.connect(user="hjemmel_keeper", database="hj_writes") as keeper,
    ):
        owner.autocommit = True
        owner.execute(STAGE)
        owner.execute(MARK)
        owner.execute("grant select on marked, staged, arriving to public; analyze marked")
        everyone = askers(owner, each=1)
        national = next(asker.actor for asker in everyone if asker.level == "national")
        chapter = next(asker for asker in everyone if asker.level == "chapter")
        figures["refused"] = refusals(app, _people(owner, chapter.actor, chapter.unit))
        table = figures["writes"] = {"keeper, no policy": under(owner, keeper, national, 1000)}
        table["app, policies in plpgsql, guard and log"] = under(owner, app, national, 2000)
        figures["arrivals"] = {"a check a row": arrivals(app, national)}
        owner.execute(ONE_CHECK)
        figures["arrivals"]["one check a transaction"] = arrivals(app, national)
        plpgsql = [
            row[0]
            for row in owner.execute(
                "select pg_get_functiondef(f::regproc) from unnest(%s::text[]) f",
                (["kernel.sees", "kernel.sees_record", "kernel.may_record"],),
            )
        ]
        owner.execute(SQL_FORM)
        with cluster.connect(user="hjemmel_app", database="hj_writes") as other:
            table["app, policies in SQL functions, guard and log"] = under(owner, other, national, 3000)
        for text in plpgsql:
            owner.execute(text)
        owner.execute(SET_BASED)
        table["app, inserts tested in sets by a trigger"] = under(owner, app, national, 4000)
        figures["refused by the set test"] = refusals(app, _people(owner, chapter.actor, chapter.unit))
    cluster.drop_database("hj_writes")
    return figures


def _people(owner: psycopg.Connection, actor: str, home: int) -> dict[str, Any]:
    """Return a stranger to the officer, a unit that is not hers, and a membership of each."""
    stranger, away, record = owner.execute(
        "select subject_id, unit_id, id from members_membership m"
        " where unit_id <> %s and left_on is null and not exists"
        " (select from grounds_ground g where g.subject_id = m.subject_id and g.unit_id = %s) limit 1",
        (home, home),
    ).fetchall()[0]
    own = owner.execute(
        "select id from members_membership where unit_id = %s and left_on is null limit 1", (home,)
    ).fetchall()
    return {
        "actor": actor,
        "home": home,
        "stranger": stranger,
        "away": away,
        "record": record,
        "own": own[0][0],
    }
