"""Part b: the ledger's row. Bits on the clause or on each ground, foreign keys, order of ids."""

from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.timing import clocked, least, seconds

VARIANTS = {
    "as chosen": "select * from grounds_ground",
    "bits on each ground": """select g.*, c.bits from grounds_ground g
        join grounds_clause c on c.id = g.clause_id""",
    "three foreign keys": "select * from grounds_ground",
    "ids in order of making": """select row_number() over () as record_id, subject_id, unit_id,
      clause_id, since,
        ended, until, done from grounds_ground""",
}
INDEXES = """
alter table {t} add primary key (record_id, clause_id);
create index on {t} (subject_id, clause_id) include (unit_id, record_id, ended, until);
create index on {t} (until) include (clause_id) where not done and until is not null;
create index on {t} (unit_id, clause_id, subject_id) include (ended, until);
"""
KEYS = """
alter table {t} add foreign key (subject_id) references subjects_subject,
  add foreign key (unit_id) references units_unit, add foreign key (clause_id) references grounds_clause"""
# 100,000 new grounds of members already there; ids far apart, or each the next one
ADD = """insert into {t} (record_id, subject_id, unit_id, clause_id, since{more})
select {record}, subject_id, unit_id, 2, '2026-01-01'{bits} from members_membership
  order by hashint8(id + 1) limit 100000"""
HELD = {
    "clause": """select g.subject_id, bit_or(c.bits) from {t} g join grounds_clause c on c.id = g.clause_id
      where g.subject_id = any(%s) and (g.until is null or g.until > current_date) group by 1""",
    "ground": """select g.subject_id, bit_or(g.bits) from {t} g
      where g.subject_id = any(%s) and (g.until is null or g.until > current_date) group by 1""",
}


def variant(owner: psycopg.Connection, name: str, source: str) -> dict[str, Any]:
    """Build one variant of the ledger and return its size, the cost of 100,000 rows and of 2,000 masks."""
    owner.execute(f"create table trial as {source}")
    if name == "three foreign keys":
        owner.execute(KEYS.format(t="trial"))
    built = seconds(lambda: owner.execute(INDEXES.format(t="trial")))
    owner.execute("vacuum analyze trial")
    heap, indexes = owner.execute("select pg_relation_size('trial'), pg_indexes_size('trial')").fetchall()[0]
    own_bits = name == "bits on each ground"
    in_order = "row_number() over () + 9000000" if name == "ids in order of making" else "id # 77"
    add = ADD.format(
        t="trial",
        record=in_order,
        more=", bits" if own_bits else "",
        bits=", (select bits from grounds_clause where id = 2)" if own_bits else "",
    )
    ids = [
        row[0] for row in owner.execute("select id from subjects_subject order by hashint8(id) limit 60000")
    ]
    held = HELD["ground" if own_bits else "clause"].format(t="trial")
    masks = clocked(
        [
            lambda start=start: owner.execute(held, (ids[start : start + 2000],)).fetchall()
            for start in range(0, 60000, 2000)
        ],
        on=owner,
    )
    added = least(owner, lambda: owner.execute(add))
    owner.execute("drop table trial")
    return {
        "heap MB": heap >> 20,
        "indexes MB": indexes >> 20,
        "keys and indexes s": built,
        "add 100k s": added,
        "what 2,000 persons' grounds hold, ms": masks,
    }


def run(cluster: Cluster) -> dict[str, Any]:
    """Return size and cost of each variant of the ledger's row."""
    cluster.copy_database("hj_shape")
    with cluster.connect(database="hj_shape") as owner:
        owner.autocommit = True
        figures = {name: variant(owner, name, source) for name, source in VARIANTS.items()}
    cluster.drop_database("hj_shape")
    return figures
