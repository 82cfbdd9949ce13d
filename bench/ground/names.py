"""Names for invented persons: common Norwegian ones first, then farm names put together from two parts."""

from pathlib import Path

import psycopg


def words() -> dict[str, list[str]]:
    """Return the lists of names.txt: given, family, and the first and last parts of farm names."""
    lines = Path(__file__).with_name("names.txt").read_text().splitlines()
    return {name: rest.split() for name, _, rest in (line.partition(": ") for line in lines)}


def load(connection: psycopg.Connection) -> None:
    """Make the temporary tables given and family (rank, name), the commonest names first."""
    lists = words()
    farms = [first + last for first in lists["first"] for last in lists["last"] if first[-1] != last[0]]
    for table, names in (("given", lists["given"]), ("family", lists["family"] + farms)):
        connection.execute(f"create temp table {table} (rank int, name text)")
        with connection.cursor() as cursor, cursor.copy(f"copy {table} from stdin") as copy:
            for rank, name in enumerate(names):
                copy.write_row((rank, name))
