"""Django's SQL compilers with two changes: writes name schema public, and reading what is masked without an
actor raises instead of quietly finding nothing.
"""

from typing import Any

from django.db.models.sql import compiler

from hjemmel.kernel.access.actor import require
from hjemmel.kernel.catalog import registry

SCHEMA = '"public".'


def _to_table(sql: str, verb: str) -> str:
    head = f"{verb} "
    return f"{head}{SCHEMA}{sql[len(head) :]}" if sql.startswith(f'{head}"') else sql


class SQLCompiler(compiler.SQLCompiler):
    """Reads: an actor is required for every table with a mask."""

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        done = super().as_sql(*args, **kwargs)
        for table in self.query.alias_map.values():
            entry = registry.find(table.table_name)
            if entry is not None and entry.subject and not entry.open_because:
                require(entry.name)
        return done


class SQLAggregateCompiler(compiler.SQLAggregateCompiler):
    """Aggregates over a sub-query, which is compiled (and so checked) as a read."""


class SQLInsertCompiler(compiler.SQLInsertCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return [(_to_table(sql, "INSERT INTO"), params) for sql, params in super().as_sql(*args, **kwargs)]


class SQLUpdateCompiler(compiler.SQLUpdateCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        return _to_table(sql, "UPDATE"), params


class SQLDeleteCompiler(compiler.SQLDeleteCompiler):
    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        sql, params = super().as_sql(*args, **kwargs)
        return _to_table(sql, "DELETE FROM"), params
