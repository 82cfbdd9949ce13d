"""Asking as the app role, in plain SQL: what it answers is what any fault in the web could read."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from django.db import connection, transaction

from hjemmel.kernel.catalog import Table
from hjemmel.kernel.verify.reading import fetch, quoted
from hjemmel.kernel.verify.world import Seen


class App:
    """The app role, asked the same questions for one actor after the other: so each is planned once.

    With `ids` it is asked about these subjects only, and else about all.
    """

    def __init__(self, ids: list[int] | None) -> None:
        self.ids = ids
        self.prepared: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if not connection.needs_rollback:
            with connection.cursor() as cursor:
                for name in sorted(self.prepared):
                    cursor.execute(f"deallocate {name}")

    @contextmanager
    def acting(self, actor: str, purposes: tuple[str, ...]) -> Iterator[None]:
        """The rest runs as the app role, with this actor and these purposes."""
        with transaction.atomic(), connection.cursor() as cursor:
            setting = (
                "select set_config('hjemmel.actor', %s, true), set_config('hjemmel.purpose', %s, true),"
                " set_config('plan_cache_mode', 'force_generic_plan', true)"
            )
            cursor.execute(setting, [actor, ",".join(purposes)])
            cursor.execute("set local role hjemmel_app")
            try:
                yield
            finally:
                if not connection.needs_rollback:
                    cursor.execute("reset role")
                    cursor.execute(setting, ["", ""])

    def view(self, name: str, columns: list[str], key: tuple[str, ...], subject: str) -> Seen:
        """The rows of one masked view, by their key."""
        where = "" if self.ids is None else f' where "{subject}" = any($1)'
        sql = f'select {quoted(columns)} from seen."{name}"{where}'
        made = (dict(zip(columns, row, strict=True)) for row in self._ask(f"view_{name}", sql, self.ids))
        return {tuple(row[k] for k in key): row for row in made}

    def bare(self, table: Table, keys: Iterable[int]) -> list[tuple[Any, ...]]:
        """Those of `keys` that the bare table shows."""
        sql = f'select "{table.key}" from public."{table.name}" where "{table.key}" = any($1)'
        return self._ask(f"bare_{table.name}", sql, sorted(keys))

    def _ask(self, name: str, sql: str, ids: list[int] | None) -> list[tuple[Any, ...]]:
        name = f"verify_{name}"
        if name not in self.prepared:
            with connection.cursor() as cursor:
                cursor.execute(f"prepare {name}{'(bigint[])' if ids is not None else ''} as {sql}")
            self.prepared.add(name)
        return fetch(f"execute {name}") if ids is None else fetch(f"execute {name}(%s)", [ids])
