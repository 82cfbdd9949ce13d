"""Part g: pgbouncer in transaction mode in the path: does a setting leak, and what does it cost?"""

import os
import random
import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from bench.ground.cluster import Cluster, as_nobody
from bench.ground.parts.asking import Asker, askers
from bench.ground.timing import PURPOSE, SETTINGS, spread

PORT = 6543
CONFIG = """[databases]
hj = host={socket} port=5432 dbname=hj user=hjemmel_app password={password}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {home}
unix_socket_mode = 0700
auth_type = scram-sha-256
auth_file = {home}/users
pool_mode = transaction
default_pool_size = 8
max_client_conn = 100
ignore_startup_parameters = extra_float_digits,options
logfile = {home}/log
pidfile = {home}/pid
"""


def bouncer(cluster: Cluster, home: Path, binary: str) -> subprocess.Popen[bytes]:
    """Start a pooler in front of the server, on a socket of its own."""
    home.mkdir(mode=0o700, exist_ok=True)
    (home / "config").write_text(
        CONFIG.format(socket=cluster.socket, home=home, port=PORT, password=cluster.password)
    )
    (home / "users").write_text(f'"hjemmel_app" "{cluster.password}"\n')
    for path in (home / "config", home / "users", home):
        path.chmod(0o700 if path == home else 0o600)
        if os.geteuid() == 0:
            os.chown(path, 65534, 65534)
    process = subprocess.Popen(as_nobody([binary, "-q", str(home / "config")]), stderr=subprocess.DEVNULL)
    for _ in range(100):
        if (home / f".s.PGSQL.{PORT}").exists():
            break
        time.sleep(0.05)
    return process


def client(conninfo: str, people: list[Asker], turns: int, seed: int, out: dict[str, Any]) -> None:
    """Ask as ever other officers; count wrong answers, and rows that show without an actor."""
    chance = random.Random(seed)
    with psycopg.connect(conninfo, cursor_factory=psycopg.ClientCursor) as connection:
        connection.prepare_threshold = None
        connection.autocommit = True
        for _ in range(turns):
            asker, other = chance.choice(people), chance.choice(people)
            start = time.perf_counter()
            with connection.transaction():
                connection.execute(SETTINGS, (asker.actor, PURPOSE))
                told = connection.execute("select current_setting('hjemmel.actor')").fetchall()[0][0]
                own = connection.execute(
                    "select count(*) from seen.people_person where id = %s", (asker.subjects[0],)
                ).fetchall()[0][0]
                foreign = connection.execute(
                    "select id from seen.people_person where id = any(%s)", (other.subjects[:5],)
                ).fetchall()
            out["times"].append(time.perf_counter() - start)
            allowed = out["sees"][asker.actor]
            out["wrong"] += told != asker.actor or own != 1 or any(row[0] not in allowed for row in foreign)
            after = connection.execute(
                "select count(*) from seen.people_person where id = %s", (asker.subjects[0],)
            ).fetchall()[0][0]
            out["after"] += after


def load(
    conninfo: str, people: list[Asker], sees: dict[str, set[int]], *, clients: int, turns: int
) -> dict[str, Any]:
    """Return transactions a second, their spread, and what leaked."""
    outs = [{"times": [], "wrong": 0, "after": 0, "sees": sees} for _ in range(clients)]
    threads = [
        threading.Thread(target=client, args=(conninfo, people, turns, n, out)) for n, out in enumerate(outs)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    wall = time.perf_counter() - start
    times = [one for out in outs for one in out["times"]]
    return {
        "transactions": len(times),
        "a second": round(len(times) / wall),
        "ms": spread(times),
        "wrong answers": sum(out["wrong"] for out in outs),
        "rows without an actor": sum(out["after"] for out in outs),
    }


def run(cluster: Cluster) -> dict[str, Any]:
    """Return the same load direct and through the pool; or a note where pgbouncer is not installed."""
    binary = shutil.which("pgbouncer", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if binary is None:
        return {"not run": "pgbouncer is not installed"}
    direct = cluster.conninfo(user="hjemmel_app", database="hj")
    home = cluster.home / "b"
    pooled = f"host={home} port={PORT} user=hjemmel_app password={cluster.password} dbname=hj"
    with cluster.connect() as owner:
        people = [asker for asker in askers(owner, each=4) if asker.level == "chapter"]
        everybody = [subject for asker in people for subject in asker.subjects[:5]]
    sees = {}
    with cluster.connect(user="hjemmel_app") as app:
        for asker in people:
            with app.transaction():
                app.execute(SETTINGS, (asker.actor, PURPOSE))
                sees[asker.actor] = {
                    row[0]
                    for row in app.execute(
                        "select id from seen.people_person where id = any(%s)", (everybody,)
                    )
                }
    process = bouncer(cluster, home, binary)
    try:
        figures = {}
        for name, conninfo in (("direct", direct), ("pgbouncer, 8 server connections", pooled)):
            figures[f"{name}, 1 client"] = load(conninfo, people, sees, clients=1, turns=300)
            figures[f"{name}, 20 clients"] = load(conninfo, people, sees, clients=20, turns=300)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(home, ignore_errors=True)
    return figures
