"""Part e: the sweep. Its pace, readers beside it, writers racing it, and two sweepers at once."""

import random
import threading
import time
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg

from bench.ground.cluster import Cluster
from bench.ground.parts.asking import askers
from bench.ground.timing import asked, clocked, cpu, spread

LOCK = 4_242_001
TODAY = "2026-11-23"
DUE = "select count(*) from grounds_ground where until <= %s and not done"
# subjects and data without a ground, grounds past their day, and a ledger that differs from its definition
LEFT = """select
  (select count(*) from subjects_subject s where not exists (select from grounds_ground g
    where g.subject_id = s.id)) as bare,
  (select count(*) from people_email e where not exists (select from grounds_ground g
    join grounds_clause c on c.id = g.clause_id
    where g.subject_id = e.subject_id and get_bit(c.bits, 7) = 1 and (g.until is null
      or g.until > %(day)s))) as emails,
  (select count(*) from people_person p where p.given_name is not null and not exists (select
    from grounds_ground g
    join grounds_clause c on c.id = g.clause_id where g.subject_id = p.id and get_bit(c.bits, 1) = 1
    and (g.until is null or g.until > %(day)s))) as names,
  (select count(*) from grounds_ground where until <= %(day)s and not done) as due,
  (select count(*) from grounds_ground g full join grounds_fresh f using (record_id, clause_id)
    where g.until is distinct from f.until or g.subject_id is distinct from f.subject_id) as differ"""


def sweep(keeper: psycopg.Connection, day: str, *, size: int, alone: bool = True) -> dict[str, Any]:
    """Run batches until one looks at nobody; with `alone` under the lock that only one sweeper can have."""
    if alone and not keeper.execute("select pg_try_advisory_lock(%s)", (LOCK,)).fetchall()[0][0]:
        return {"refused": True}
    times, looked, records, persons = [], 0, 0, 0
    begun, used = time.perf_counter(), cpu(keeper)
    while True:
        start = time.perf_counter()
        row = keeper.execute(
            "select looked, records, persons from kernel.sweep_batch(%s, %s)", (day, size)
        ).fetchall()[0]
        times.append(time.perf_counter() - start)
        looked, records, persons = looked + row[0], records + row[1], persons + row[2]
        if row[0] == 0:
            break
    if alone:
        keeper.execute("select pg_advisory_unlock(%s)", (LOCK,))
    return {
        "s": round(time.perf_counter() - begun, 2),
        "keeper cpu": round(cpu(keeper) - used, 2),
        "subjects": looked,
        "records gone": records,
        "persons gone": persons,
        "batch ms": spread(times),
    }


def left(owner: psycopg.Connection, day: str) -> str:
    """Return what the sweep should have left at zero."""
    cursor = owner.execute(LEFT, {"day": day})
    names = [column.name for column in cursor.description or ()]
    return ", ".join(f"{name} {count}" for name, count in zip(names, cursor.fetchall()[0], strict=True))


def beside(cluster: Cluster, stop: threading.Event, into: list[float]) -> None:
    """Look up persons by the masked view until told to stop."""
    with cluster.connect(database="hj_sweep") as owner:
        people = askers(owner, each=2)
    with cluster.connect(user="hjemmel_app", database="hj_sweep") as app:
        while not stop.is_set():
            asker = random.choice(people)
            start = time.perf_counter()
            asked(
                app,
                asker.actor,
                "select * from seen.people_person where id = %s",
                (random.choice(asker.subjects),),
            )
            into.append(time.perf_counter() - start)
            stop.wait(0.01)


def write_late(
    cluster: Cluster, subjects: list[int], unit: int, into: list[tuple[int, int, bool]], seed: int
) -> None:
    """Give subjects who are due a new contact, or renew the one they have, while the sweep comes for them."""
    chance = random.Random(seed)
    with cluster.connect(user="hjemmel_keeper", database="hj_sweep") as writer:
        for subject in subjects:
            with (
                suppress(psycopg.errors.ForeignKeyViolation, psycopg.errors.DeadlockDetected),
                writer.transaction(),
            ):
                if chance.random() < 0.5:
                    record = subject ^ (0x2A << 20)
                    writer.execute(
                        "insert into people_contact values (%s, %s, %s, 'enquiry', %s, null, %s)",
                        (record, subject, unit, TODAY, "2027-06-01"),
                    )
                    named = writer.execute(
                        "select given_name is not null from people_person where id = %s", (subject,)
                    ).fetchall()
                else:
                    renewed = "update people_contact set reviewed_on = %s where subject_id = %s returning id"
                    rows = writer.execute(renewed, ("2027-06-01", subject)).fetchall()
                    if not rows:
                        continue
                    record = rows[0][0]
                    named = writer.execute(
                        "select given_name is not null from people_person where id = %s", (subject,)
                    ).fetchall()
                into.append((subject, record, named[0][0]))


LOST = """select count(*) filter (where c.id is null), count(*) filter (where n.named
      and p.given_name is null),
    count(*) filter (where not exists (select from grounds_ground g where g.record_id = n.record))
  from unnest(%s::bigint[], %s::bigint[], %s::boolean[]) n(subject, record, named)
  left join people_contact c on c.id = n.record left join people_person p on p.id = n.subject"""


def lost(owner: psycopg.Connection, done: list[tuple[int, int, bool]]) -> tuple[int, int, int]:
    """Return how many records, names and grounds a committed writer no longer finds."""
    columns = tuple(list(column) for column in zip(*done, strict=True))
    return owner.execute(LOST, columns).fetchall()[0]


def race(cluster: Cluster, owner: psycopg.Connection, *, day: str, subjects: int) -> dict[str, Any]:
    """Sweep while two writers renew those who are due; count what a committed writer then lost."""
    rows = owner.execute(
        "select subject_id from people_contact where reviewed_on + interval '1 year' <= %s"
        " order by hashint8(id) limit %s",
        (day, subjects),
    ).fetchall()
    ids = [row[0] for row in rows]
    unit = owner.execute("select id from units_unit where kind = 'chapter' limit 1").fetchall()[0][0]
    done: list[tuple[int, int, bool]] = []
    writers = [
        threading.Thread(target=write_late, args=(cluster, ids[part::2], unit, done, part)) for part in (0, 1)
    ]
    for writer in writers:
        writer.start()
    batches = 0
    with cluster.connect(user="hjemmel_keeper", database="hj_sweep") as keeper:
        keeper.autocommit = True
        while any(writer.is_alive() for writer in writers):
            keeper.execute("select kernel.sweep_batch(%s, 60)", (day,))
            batches += 1
        sweep(keeper, day, size=5000)
    records, names, grounds = lost(owner, done)
    return {
        "writes that stood": len(done),
        "batches": batches,
        "records lost": records,
        "names lost": names,
        "grounds lost": grounds,
        "left": left(owner, day),
    }


def lost_recheck(cluster: Cluster) -> dict[str, str]:
    """Show whether a loss that commits after the sweeper took the subject's row leaves a trace."""
    outcome = {}
    forms = {
        "one row per subject, do nothing": (
            "subject_id bigint primary key",
            "insert into queue values (1) on conflict do nothing",
        ),
        "append-only": (
            "id bigint generated always as identity, subject_id bigint",
            "insert into queue (subject_id) values (1)",
        ),
    }
    for name, (columns, put) in forms.items():
        with cluster.connect(database="hj_sweep") as writer, cluster.connect(database="hj_sweep") as sweeper:
            sweeper.execute(f"drop table if exists queue; create table queue ({columns})")
            sweeper.execute(put)
            sweeper.commit()
            taken = sweeper.execute("select ctid::text from queue").fetchall()
            writer.execute(put)  # the ground is gone in this transaction, not yet seen by the sweeper
            sweeper.execute("delete from queue where ctid::text = any(%s)", ([row[0] for row in taken],))
            sweeper.commit()
            writer.commit()
            rows = sweeper.execute("select count(*) from queue").fetchall()[0][0]
            outcome[name] = "kept" if rows else "LOST"
    return outcome


def together(cluster: Cluster, day: str, *, alone: bool) -> dict[str, Any]:
    """Start two sweepers at once; return how each went and how long until both were done."""
    results: list[dict[str, Any]] = []

    def go() -> None:
        with cluster.connect(user="hjemmel_keeper", database="hj_sweep") as keeper:
            keeper.autocommit = True
            results.append(sweep(keeper, day, size=2000, alone=alone))

    threads = [threading.Thread(target=go) for _ in range(2)]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = ["refused" if "refused" in r else f"{r['subjects']} subjects in {r['s']} s" for r in results]
    return {"both done s": round(time.perf_counter() - start, 2), "one": told[0], "the other": told[1]}


def naive(owner: psycopg.Connection) -> None:
    """Take the locks out of the sweep, to see that the race would be seen."""
    for name in ("kernel.sweep_batch", "kernel.sweep_records"):
        text = owner.execute("select pg_get_functiondef(%s::regproc)", (name,)).fetchall()[0][0]
        owner.execute(text.replace(" for update skip locked", ""))


def pace(cluster: Cluster, *, size: int) -> dict[str, Any]:
    """Return how two nights' sweeps go with batches of this size, and what a reader notices."""
    cluster.copy_database("hj_sweep")
    figures: dict[str, Any] = {}
    with (
        cluster.connect(database="hj_sweep") as owner,
        cluster.connect(user="hjemmel_keeper", database="hj_sweep") as keeper,
    ):
        owner.autocommit = keeper.autocommit = True
        for day in ("2026-12-01", "2027-02-28"):
            due = owner.execute(DUE, (day,)).fetchall()[0][0]
            seen: list[float] = []
            stop = threading.Event()
            reader = threading.Thread(target=beside, args=(cluster, stop, seen))
            reader.start()
            row = {"due": due} | sweep(keeper, day, size=size)
            stop.set()
            reader.join()
            row |= {"reader ms": spread(seen or [0.0]), "left": left(owner, day)}
            figures[f"{day}, batches of {size}"] = row
        nothing = partial(keeper.execute, "select kernel.sweep_batch('2027-02-28', 1000)")
        figures[f"nothing due, batches of {size}"] = {"batch ms": clocked([nothing] * 20)}
    return figures


def run(cluster: Cluster) -> dict[str, Any]:
    """Return pace, readers' latency, races and pairs of sweepers, each on a fresh copy."""
    figures: dict[str, Any] = {"pace": pace(cluster, size=1000) | pace(cluster, size=5000), "race": {}}
    print(f"  {figures['pace']}", flush=True)
    figures["a loss that commits late"] = lost_recheck(cluster)
    for name, prepare in (("with locks", None), ("locks taken out", naive)):
        cluster.copy_database("hj_sweep")
        with cluster.connect(database="hj_sweep") as owner:
            owner.autocommit = True
            if prepare:
                prepare(owner)
            figures["race"][name] = race(cluster, owner, day="2027-05-01", subjects=20_000)
        print(f"  {name}: {figures['race'][name]}", flush=True)
    pairs = figures["two at once"] = {}
    for name, alone in (("one lock for both", True), ("no lock", False)):
        cluster.copy_database("hj_sweep")
        pairs[name] = together(cluster, "2027-02-28", alone=alone)
        print(f"  {name}: {pairs[name]}", flush=True)
    cluster.drop_database("hj_sweep")
    return figures
