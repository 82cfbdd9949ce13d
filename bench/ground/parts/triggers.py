"""Part c: what the ledger's triggers cost, with the rules as rows against rules written into the trigger."""

from functools import partial
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.prepare import SQL
from bench.ground.timing import clocked, cost, least

NEW = """copy (select hashint8extended(k, 77) & 9223372036854775807, subject_id, unit_id, 900000000 + k,
  'ordinary', date '2024-01-01', null,
  'self', null, null, 1 from (select row_number() over () + {start} as k, subject_id, unit_id
    from members_membership limit {rows}) x) to '{file}'"""
CONSTANT = (SQL / "alternatives" / "rules_in_trigger.sql").read_text()
ALWAYS_CUT = """delete from grounds_ground g using new_rows n where g.record_id = n.id
  and not exists (select from grounds_clause c where c.id = g.clause_id and c.record = 'membership'
    and c.status <> 'old'); return null;"""
CHANGE = """update members_membership set {what} where id in
  (select id from members_membership where left_on is null order by hashint8(id) limit 100000)"""
UPDATES = (
    "update members_membership set left_on = '2026-11-01' where id = %s",
    "update members_membership set left_on = null where id = %s",
)


def shape(owner: psycopg.Connection, name: str) -> None:
    """Turn the copy's triggers on memberships into one of the shapes compared."""
    if name == "none":
        owner.execute("alter table members_membership disable trigger user")
    elif name == "rules in the trigger":
        owner.execute(CONSTANT)
    elif name == "rules as rows, always looks for left-overs":
        text = owner.execute("select pg_get_functiondef('kernel.put_membership'::regproc)").fetchall()[0][0]
        owner.execute(text.replace("return null;", ALWAYS_CUT))


def memberships(owner: psycopg.Connection, home: str, *, whole: bool) -> dict[str, Any]:
    """Return seconds for bulk writes and p50/p95 ms for single ones, in this order in one session."""
    ids = [
        row[0]
        for row in owner.execute(
            "select id from members_membership where left_on is null order by hashint8(id) limit 400"
        )
    ]
    insert = (
        "insert into members_membership"
        " select hashint8extended(%s, 78) & 9223372036854775807, subject_id, unit_id, 5, 'ordinary',"
        " '2025-01-01', null, 'self', null, null, 1 from members_membership where id = %s"
    )
    figures: dict[str, Any] = {
        "insert 1 ms": clocked(
            [partial(owner.execute, insert, (number, one)) for number, one in enumerate(ids)], on=owner
        ),
        "update 1 ms": clocked([partial(owner.execute, UPDATES[0], (one,)) for one in ids], on=owner),
    }
    owner.execute("update members_membership set left_on = null where id = any(%s)", (ids,))
    bulk = {
        "update 100k s": CHANGE.format(what="left_on = '2026-10-01'"),
        "update 100k, nothing due changes s": CHANGE.format(what="type = 'family'"),
        "copy 100k s": f"copy members_membership from '{home}/new100k'",
        "delete 100k s": "delete from members_membership where id in"
        " (select id from members_membership order by hashint8(id) limit 100000)",
    }
    for what, sql in bulk.items():
        figures[what] = least(owner, partial(owner.execute, sql), times=1)
    if whole:
        figures["copy 1M s"] = cost(
            owner, lambda: owner.execute(f"copy members_membership from '{home}/new1M'")
        )
    return figures


def others(owner: psycopg.Connection) -> dict[str, Any]:
    """Return seconds for a condition that flips for 50,000 accounts, and for a run's date over its rows."""
    run = "update imports_run set received_on = received_on + 1"
    one = "update imports_run set unit_id = unit_id"
    first = (
        "update access_account set last_login_on = current_date"
        " where id = (select id from access_account where last_login_on is null limit 1)"
    )
    figures: dict[str, Any] = {
        "log in for the first time ms": clocked([partial(owner.execute, first)] * 30, on=owner),
        "50k accounts change clause s": cost(
            owner,
            lambda: owner.execute(
                "update access_account set last_login_on = current_date where last_login_on is null"
            ),
        ),
        "left over after": owner.execute(
            "select count(*) from grounds_ground where clause_id = 7"
        ).fetchall()[0][0],
        "date of a run with 100k rows s": cost(owner, lambda: owner.execute(run)),
        "run written, nothing changed s": cost(owner, lambda: owner.execute(one)),
    }
    wrong = (
        "select count(*) from grounds_ground g full join grounds_fresh f using (record_id, clause_id)"
        " where g.until is distinct from f.until"
    )
    figures["differences from the view"] = owner.execute(wrong).fetchall()[0][0]
    return figures


def run(cluster: Cluster) -> dict[str, Any]:
    """Return the cost of each shape, each on its own copy of the data."""
    figures: dict[str, Any] = {"membership": {}}
    with cluster.connect() as owner:
        for file, rows, start in (("new100k", 100_000, 0), ("new1M", 1_000_000, 100_000)):
            owner.execute(NEW.format(start=start, rows=rows, file=cluster.home / "d" / file))
    for name in (
        "none",
        "rules as rows",
        "rules as rows, always looks for left-overs",
        "rules in the trigger",
    ):
        cluster.copy_database("hj_triggers")
        with cluster.connect(database="hj_triggers") as owner:
            owner.autocommit = True
            shape(owner, name)
            figures["membership"][name] = memberships(
                owner, str(cluster.home / "d"), whole=name in {"none", "rules as rows"}
            )
            if name == "rules as rows":
                figures["other records"] = others(owner)
        print(f"  {name}: {figures['membership'][name]}", flush=True)
    cluster.drop_database("hj_triggers")
    return figures
