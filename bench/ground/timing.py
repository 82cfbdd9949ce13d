"""Timing as a web request sees it: BEGIN, the settings of the transaction, the query, COMMIT."""

import os
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import psycopg

SETTINGS = "select set_config('hjemmel.actor', %s, true), set_config('hjemmel.purpose', %s, true)"
PURPOSE = "membership/administration"


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and max in milliseconds, and how many were measured."""
    ordered = sorted(times)
    last = len(ordered) - 1
    return {
        "p50": round(statistics.median(ordered) * 1000, 2),
        "p95": round(ordered[min(last, int(len(ordered) * 0.95))] * 1000, 2),
        "max": round(ordered[last] * 1000, 2),
        "n": len(ordered),
    }


def asked(
    connection: psycopg.Connection, actor: str, sql: str, parameters: Any = None
) -> list[tuple[Any, ...]]:
    """Run one query in a transaction of its own with actor and purpose set; return its rows."""
    with connection.transaction():
        connection.execute(SETTINGS, (actor, PURPOSE))
        return connection.execute(sql, parameters).fetchall()


def clocked(
    calls: Iterable[Callable[[], Any]],
    *,
    on: psycopg.Connection | None = None,
    warm: int = 3,
    limit: float = 20.0,
) -> dict[str, float]:
    """Time each call but the first `warm` ones; no more start after `limit` seconds. With `on` also the mean
    processor time a call of this connection's server process.
    """
    times: list[float] = []
    begun, used = time.perf_counter(), 0.0
    for number, call in enumerate(calls):
        if number == warm and on is not None:
            used = cpu(on)
        start = time.perf_counter()
        call()
        end = time.perf_counter()
        if number >= warm:
            times.append(end - start)
        if end - begun > limit and times:
            break
    found = spread(times)
    if on is not None:
        found["cpu"] = round((cpu(on) - used) * 1000 / len(times), 2)
    return found


def cpu(connection: psycopg.Connection) -> float:
    """Return the processor time that the connection's server process has used, in seconds (Linux)."""
    fields = Path(f"/proc/{connection.info.backend_pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def seconds(call: Callable[[], Any]) -> float:
    """Return how long one call takes, in seconds."""
    start = time.perf_counter()
    call()
    return round(time.perf_counter() - start, 2)


def cost(connection: psycopg.Connection, call: Callable[[], Any]) -> dict[str, float]:
    """Return wall time and the server's processor time of a call: the latter says more when busy."""
    before = cpu(connection)
    wall = seconds(call)
    return {"s": wall, "cpu": round(cpu(connection) - before, 2)}


def least(connection: psycopg.Connection, call: Callable[[], Any], *, times: int = 2) -> dict[str, float]:
    """Return the cheapest of several runs, each rolled back: the machine is shared with others."""
    runs = []
    for _ in range(times):
        with connection.transaction(force_rollback=True):
            runs.append(cost(connection, call))
    return min(runs, key=lambda run: run["cpu"])
