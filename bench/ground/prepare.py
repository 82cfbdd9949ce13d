"""Make the database of the trial: roles, tables, data, ledger, indexes, functions; each step timed."""

from pathlib import Path

import psycopg

from bench.ground import names
from bench.ground.cluster import Cluster
from bench.ground.timing import seconds

SQL = Path(__file__).parent / "sql"
STEPS = (
    "schema",
    "clauses",
    "fill",
    "fresh",
    "settle",
    "indexes",
    "duty",
    "access",
    "seen",
    "triggers",
    "search",
    "write",
    "sweep",
)


def script(connection: psycopg.Connection, name: str, **settings: object) -> None:
    """Run one of the SQL files; settings are readable there as current_setting('bench.NAME')."""
    for key, value in settings.items():
        connection.execute("select set_config(%s, %s, false)", (f"bench.{key}", str(value)))
    connection.execute((SQL / f"{name}.sql").read_text())


def database_exists(cluster: Cluster) -> bool:
    """Return whether a kept cluster already holds the filled database."""
    with cluster.connect(database="postgres") as connection:
        return bool(connection.execute("select 1 from pg_database where datname = 'hj'").fetchall())


def prepare(cluster: Cluster, *, persons: int) -> dict[str, object]:
    """Fill the database `hj`; return seconds per step, and rows and bytes of the ledger."""
    with cluster.connect(database="postgres") as connection:
        connection.autocommit = True
        connection.execute("create database hj_making")
    took: dict[str, object] = {}
    chapters = 99 if persons >= 200_000 else 9
    with cluster.connect(database="hj_making") as connection:
        connection.autocommit = True
        for step in STEPS:
            if not (SQL / f"{step}.sql").exists():
                continue
            if step == "fill":
                names.load(connection)
            took[step] = seconds(
                lambda step=step: script(
                    connection,
                    step,
                    persons=persons,
                    counties=20,
                    chapters=chapters,
                    password=cluster.password,
                )
            )
            print(f"  {step}: {took[step]} s", flush=True)
        took["vacuum analyze"] = seconds(lambda: connection.execute("vacuum (analyze)"))
    with cluster.connect(database="postgres") as connection:
        connection.autocommit = True
        connection.execute("alter database hj_making rename to hj")
        connection.execute("checkpoint")
    return took


def sizes(cluster: Cluster) -> list[dict[str, object]]:
    """Return rows, heap and index bytes of the ledger and its neighbours."""
    query = """select c.relname as name, c.reltuples::bigint as rows, pg_relation_size(c.oid) as heap,
      pg_indexes_size(c.oid) as indexes from pg_class c
      where c.relname in ('grounds_ground', 'people_person', 'members_membership', 'access_duty')
        and c.relkind = 'r'
      union all
      select i.relname, i.reltuples::bigint, pg_relation_size(i.oid), 0 from pg_class i join pg_index x
        on x.indexrelid = i.oid
      where x.indrelid = 'grounds_ground'::regclass order by 1"""
    with cluster.connect() as connection:
        cursor = connection.execute(query)
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor]
