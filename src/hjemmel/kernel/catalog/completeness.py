"""No column without an answer: every column of every table, third-party ones too, is data or plain."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.db import connection

from hjemmel.kernel.catalog import registry

# Names that speak of a person; a plain column called so must be looked at twice.
SUSPICIOUS = ("email", "phone", "first_name", "last_name", "given", "family", "birth", "gender", "address")


def check_models(**_: Any) -> list[CheckMessage]:
    """System check: a column of an installed model that the catalog does not know (catalog.E001, E002),
    and a plain column whose name speaks of a person (catalog.E003).
    """
    findings: list[CheckMessage] = []
    for model in apps.get_models(include_auto_created=True):
        if not model._meta.managed or model._meta.proxy:
            continue
        entry = registry.find(model._meta.db_table)
        label = f"{model._meta.app_label}.{model.__name__}"
        if entry is None:
            findings.append(
                _error("E001", f"{label} is in no personal.py.", "Enter its table in the catalog.")
            )
            continue
        for f in model._meta.local_concrete_fields:
            column = str(f.column)
            if column not in entry.columns:
                findings.append(
                    _error(
                        "E002",
                        f"{label}.{f.name} is stored but not declared.",
                        "Give it a datum, or a reason.",
                    )
                )
            elif not entry.columns[column].datum and not f.is_relation and _suspicious(column):
                findings.append(
                    _error("E003", f"{label}.{f.name} is plain, but its name is personal.", "Declare it.")
                )
    return findings


def undeclared() -> list[str]:
    """`table.column` for each column that a model or the database has and the catalog does not."""
    modelled = {
        f"{model._meta.db_table}.{f.column}"
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
        for f in model._meta.local_concrete_fields
        if str(f.column) not in getattr(registry.find(model._meta.db_table), "columns", {})
    }
    return sorted(modelled | set(undeclared_columns()))


# Whatever stores rows, whoever owns it: tables, partitions, materialised views, tables of other servers.
STORED = """
select n.nspname, c.relname, a.attname
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'm', 'f') and a.attnum > 0 and not a.attisdropped
   and n.nspname <> 'information_schema' and n.nspname !~ '^pg_'
 order by 1, 2, a.attnum
"""


def undeclared_columns() -> list[str]:
    """`table.column` for each stored column in the database that the catalog does not know. Read from the
    server's own lists, since information_schema hides what the reader has no right to.
    """
    missing = []
    for schema, name, column in _stored():
        entry = registry.find(name) if schema == "public" else None
        if entry is None or column not in entry.columns:
            missing.append(f"{name}.{column}" if schema == "public" else f"{schema}.{name}.{column}")
    return missing


def undeclared_objects() -> list[str]:
    """Each large object: bytes under a number, which no table holds and no rule reaches."""
    with connection.cursor() as cursor:
        cursor.execute("select oid::bigint from pg_largeobject_metadata order by oid")
        return [f"large object {row[0]}" for row in cursor.fetchall()]


def stored_columns() -> int:
    """How many columns the database stores."""
    return len(_stored())


def _stored() -> list[tuple[str, str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(STORED)
        rows: list[tuple[str, str, str]] = cursor.fetchall()
    return rows


def _suspicious(column: str) -> bool:
    return any(word in column for word in SUSPICIOUS)


def _error(code: str, message: str, hint: str) -> CheckMessage:
    return Error(message, hint=hint, id=f"catalog.{code}")
