"""Part f: a county with its 100 units moves below another unit, under each way of saying 'below'."""

from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.parts.scope import EXTRA
from bench.ground.timing import cost

WAYS = {
    "ancestors": """update units_unit u
      set ancestors = new.ancestors || u.ancestors[array_position(u.ancestors, {moved}) : ],
          parent_id = case when u.id = {moved} then {target} else u.parent_id end
      from units_unit new where new.id = {target} and u.ancestors @> array[{moved}::bigint]""",
    "closure": """with below as (select unit_id from units_closure where ancestor_id = {moved}),
        above as (select ancestor_id from units_closure where unit_id = {moved} and ancestor_id <> {moved}),
        cut as (delete from units_closure k using below b, above a where k.unit_id = b.unit_id
          and k.ancestor_id = a.ancestor_id
          and k.ancestor_id not in (select ancestor_id from units_closure where unit_id = {target}))
      insert into units_closure select b.unit_id, t.ancestor_id from below b, units_closure t
        where t.unit_id = {target}
      on conflict do nothing""",
    "ranges": """with paths as (
        select u.id, case when u.ancestors @> array[{moved}::bigint]
          then t.ancestors || u.ancestors[array_position(u.ancestors, {moved}) : ] else u.ancestors end
            as path
        from units_unit u cross join units_unit t where t.id = {target}),
      sizes as (select a as id, count(*) - 1 as below from paths cross join unnest(path) a group by 1),
      ordered as (
        select p.id, row_number() over (order by p.path) as first, s.below from paths p join sizes s
          on s.id = p.id),
      renumbered as (
        update units_unit u set position = o.first, last_position = o.first + o.below from ordered o
        where o.id = u.id and (u.position, u.last_position) is distinct from (o.first, o.first + o.below)
        returning u.id, u.position, u.last_position)
      update access_duty d set lo = r.position, hi = r.last_position from renumbered r
        where r.id = d.unit_id""",
    "expanded": """with moved as (select id from units_unit where ancestors @> array[{moved}::bigint]),
        cut as (delete from access_reach d using moved m where d.unit_id = m.id
          and not exists (select from moved own where own.id = d.top_id))
      insert into access_reach
      select d.actor, d.tenure_id, d.clause_id, m.id, d.bits, d.may_change, d.sees_ended, d.purposes,
        d.from_on, d.to_on, d.unit_id
      from access_duty d join units_unit t on t.id = {target} and d.unit_id = any (t.ancestors) cross
        join moved m""",
}


def run(cluster: Cluster) -> dict[str, Any]:
    """Return time, rows and WAL of one move in each form, the first and the tenth (there and back)."""
    cluster.copy_database("hj_move")
    figures: dict[str, Any] = {}
    with cluster.connect(database="hj_move") as owner:
        owner.autocommit = True
        owner.execute(EXTRA)
        owner.execute("vacuum analyze")
        counties = owner.execute(
            "select id from units_unit where kind = 'county' order by name limit 2"
        ).fetchall()
        moved, target = counties[0][0], counties[1][0]
        for name, text in WAYS.items():
            figures[name] = _moved(owner, text.format(moved=moved, target=target))
    cluster.drop_database("hj_move")
    return figures


def _moved(owner: psycopg.Connection, text: str) -> dict[str, Any]:
    start = owner.execute("select pg_current_wal_insert_lsn()").fetchall()[0][0]
    with owner.transaction(force_rollback=True):
        taken = cost(owner, lambda: owner.execute(text))
    wal = owner.execute("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), %s)", (start,)).fetchall()[0][0]
    return {"move": taken, "WAL kB": int(wal) >> 10}
