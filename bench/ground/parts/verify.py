"""Part h: the ledger against its definition; a changed keep rule, beside the old or in place."""

import threading
import time
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.timing import cost, spread

DIFFER = """select count(*) from grounds_ground g full join grounds_fresh f using (record_id, clause_id)
where (g.subject_id, g.unit_id, g.since, g.ended, g.until) is distinct
  from (f.subject_id, f.unit_id, f.since, f.ended, f.until)"""
# by status the view leaves out what is 'old', so a clause that is being prepared is compared too
PLANT = (
    "delete from grounds_ground where ctid = (select ctid from grounds_ground limit 1)",
    "update grounds_ground set until = until + 1"
    " where ctid = (select ctid from grounds_ground where until is not null limit 1)",
)
NEXT = """insert into grounds_clause (id, activity, record, rule, event, count_from, period, condition,
  bits, status)
select 103, activity, record, 'membership/keep/2b', event, count_from, '3 years', condition, bits, 'next'
  from grounds_clause where id = 3"""
DERIVE = """insert into grounds_ground (record_id, subject_id, unit_id, clause_id, since, ended, until)
select m.id, m.subject_id, m.unit_id, 103, m.joined_on, m.left_on, kernel.due(m.left_on, 'year_end', '3
  years')
from members_membership m where m.id > %s and m.id <= %s on conflict do nothing"""
FLIP = (
    "update grounds_clause set status = case id when 103 then 'live' else 'old' end where id in (3, 103)",
    "update access_duty set clause_id = 103 where clause_id = 3",
)
CLEAR = "delete from grounds_ground where clause_id = 3 and record_id > %s and record_id <= %s"
IN_PLACE = (
    "update grounds_clause set period = '3 years' where id = 3",
    """update grounds_ground g set until = f.until, done = false from grounds_fresh f
       where f.record_id = g.record_id and f.clause_id = g.clause_id and g.clause_id = 3
         and f.until is distinct from g.until""",
)


def bounds(parts: int) -> list[tuple[int, int]]:
    """Return ranges of the random ids: batches of about equal size without an offset."""
    step = 2**63 // parts
    return [(n * step - 1, min((n + 1) * step - 1, 2**63 - 1)) for n in range(parts)]


def settled(connection: psycopg.Connection) -> None:
    """Wait until every transaction that had begun to write before now has ended: their triggers may not
      have seen
    the clause just put in, nor will a derivation see the rows they have not committed."""
    horizon = connection.execute("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint").fetchall()[
        0
    ][0]
    while (
        connection.execute("select pg_snapshot_xmin(pg_current_snapshot())::text::bigint").fetchall()[0][0]
        < horizon
    ):
        time.sleep(0.02)


def late_writer(cluster: Cluster, *, wait: bool) -> str:
    """Derive a new clause while a transaction from before it is open; return what is missing."""
    cluster.copy_database("hj_verify")
    with cluster.connect(database="hj_verify") as owner, cluster.connect(database="hj_verify") as writer:
        owner.autocommit = True
        writer.execute(
            "insert into members_membership select id # 42, subject_id, unit_id, 7"
            " from members_membership limit 1"
        )
        owner.execute(NEXT)
        if wait:
            threading.Timer(0.3, writer.commit).start()
            settled(owner)
        for pair in bounds(8):
            owner.execute(DERIVE, pair)
        writer.commit()
        return f"{owner.execute(DIFFER).fetchall()[0][0]} missing"


class Writer(threading.Thread):
    """Writes one membership at a time beside the change, and keeps how long each took."""

    def __init__(self, cluster: Cluster) -> None:
        super().__init__()
        self.cluster, self.stop, self.times = cluster, threading.Event(), []

    def run(self) -> None:
        with self.cluster.connect(database="hj_verify") as own:
            own.autocommit = True
            ids = [
                row[0]
                for row in own.execute(
                    "select id from members_membership where left_on is not null"
                    " order by hashint8(id) limit 3000"
                )
            ]
            for one in ids:
                if self.stop.is_set():
                    break
                start = time.perf_counter()
                own.execute("update members_membership set left_on = left_on - 1 where id = %s", (one,))
                self.times.append(time.perf_counter() - start)
                self.stop.wait(0.02)


def size(owner: psycopg.Connection) -> int:
    """Return the ledger's size in MB, with its indexes."""
    return owner.execute("select pg_total_relation_size('grounds_ground') >> 20").fetchall()[0][0]


def changed(cluster: Cluster, how: str) -> dict[str, Any]:
    """Change the keep rule of 1.1 M grounds from five years to three; return what it costs."""
    cluster.copy_database("hj_verify")
    with cluster.connect(database="hj_verify") as owner:
        owner.autocommit = True
        before = size(owner)
        writer = Writer(cluster)
        writer.start()
        if how == "in place":

            def whole() -> None:
                with owner.transaction():
                    for statement in IN_PLACE:
                        owner.execute(statement)

            row: dict[str, Any] = {"all in one": cost(owner, whole)}
        else:
            owner.execute(NEXT)
            settled(owner)
            row = {
                "derive in 55 batches": cost(
                    owner, lambda: [owner.execute(DERIVE, pair) for pair in bounds(55)]
                )
            }
            with owner.transaction():
                row["flip"] = cost(owner, lambda: [owner.execute(statement) for statement in FLIP])
        writer.stop.set()
        writer.join()
        row |= {"writer ms": spread(writer.times), "MB before": before, "MB after": size(owner)}
        row["differ after"] = owner.execute(DIFFER).fetchall()[0][0]
        if how != "in place":
            settled(owner)
            row["clear the old in 55 batches"] = cost(
                owner, lambda: [owner.execute(CLEAR, pair) for pair in bounds(55)]
            )
            row["differ at the end"] = owner.execute(DIFFER).fetchall()[0][0]
        row["vacuum"] = cost(owner, lambda: owner.execute("vacuum grounds_ground"))
        row["MB after vacuum"] = size(owner)
    return row


def run(cluster: Cluster) -> dict[str, Any]:
    """Return the cost of a full comparison, the planted faults it counts, and of a changed rule."""
    cluster.copy_database("hj_verify")
    with cluster.connect(database="hj_verify") as owner:
        owner.autocommit = True
        figures: dict[str, Any] = {"whole": {}}
        for _ in range(2):
            figures["whole"] = {"compare 3 M": cost(owner, lambda: owner.execute(DIFFER).fetchall())}
        figures["whole"]["differ"] = owner.execute(DIFFER).fetchall()[0][0]
        for statement in PLANT:
            owner.execute(statement)
        figures["whole"]["differ after two planted"] = owner.execute(DIFFER).fetchall()[0][0]
        one = DIFFER.replace(
            "grounds_ground g full join grounds_fresh f",
            "(select * from grounds_ground where clause_id = 4) g"
            " full join (select * from grounds_fresh where clause_id = 4) f",
        )
        figures["whole"]["one clause"] = cost(owner, lambda: owner.execute(one).fetchall())
    figures["rule changed"] = {how: changed(cluster, how) for how in ("clause beside", "in place")}
    figures["a writer open since before the clause"] = {
        "derived at once": late_writer(cluster, wait=False),
        "derived when it had ended": late_writer(cluster, wait=True),
    }
    cluster.drop_database("hj_verify")
    return figures
