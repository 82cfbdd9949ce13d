"""After migrate: functions, triggers, views, policies and grants are set from the catalog. Idempotent."""

from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from hjemmel.kernel import catalog
from hjemmel.kernel.access import duties, functions, keyed, policies, responsible, views
from hjemmel.kernel.audit import build as audit
from hjemmel.kernel.catalog.models import Datum
from hjemmel.kernel.clock import build as clock
from hjemmel.kernel.grounds import build as grounds
from hjemmel.kernel.units import build as units

FUNCTIONS_TO_KERNEL = """
do $$ declare f regprocedure; begin
  for f in select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
            where n.nspname = 'kernel' and p.proowner <> 'hjemmel_kernel'::regrole loop
    execute format('alter function %s owner to hjemmel_kernel', f);
  end loop;
end $$
"""

# What nobody entered in the catalog is closed to the web; new functions are, from the beginning.
CLOSED = """
do $$ declare f regprocedure; begin
  for f in select oid::regprocedure from pg_proc
            where pronamespace in ('kernel'::regnamespace, 'public'::regnamespace)
              and pg_has_role(proowner, 'usage') loop
    execute format('revoke execute on routine %s from public, hjemmel_app', f);
    execute format('grant execute on routine %s to hjemmel_keeper', f);
  end loop;
end $$
"""
FROM_THE_BEGINNING = (
    "alter default privileges for role hjemmel_owner, hjemmel_kernel revoke execute on functions from public"
)

FOREIGN_KEYS = """
select k.conname, k.conrelid::regclass::text, k.confdeltype, a.attname
  from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
 where k.contype = 'f' and k.connamespace = 'public'::regnamespace
"""

ON_DELETE: dict[Any, str] = {models.CASCADE: "c", models.SET_NULL: "n"}
WORDS = {"c": "cascade", "n": "set null", "a": "no action"}


def install(**_: Any) -> None:
    """Put everything in place, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local check_function_bodies = off")  # they name each other
        cursor.execute("create schema if not exists kernel")
        cursor.execute("grant usage, create on schema kernel to hjemmel_kernel")
        cursor.execute("grant usage on schema public to hjemmel_kernel, hjemmel_reader")
        places = positions()
        for statement in statements(places):
            cursor.execute(statement)
        cursor.execute(FUNCTIONS_TO_KERNEL)
        cursor.execute(CLOSED)
        cursor.execute(FROM_THE_BEGINNING)
        cursor.execute("grant select on all sequences in schema public, kernel to hjemmel_dump")
        for signature in catalog.called():
            if not signature.startswith("public.") or _is_there(cursor, signature):
                cursor.execute(f"grant execute on routine {signature} to hjemmel_app")
        _set_on_delete(cursor)


def statements(positions: Mapping[str, int]) -> list[str]:
    """All that is made in the database beside its tables, in order; safe to run again."""
    places = dict(positions)
    return [
        *clock.statements(),
        *units.statements(),
        *functions.statements(places),
        *keyed.KEYS,
        *responsible.statements(),
        *grounds.statements(),
        *audit.statements(),
        *duties.statements(),
        *policies.statements(places),
        *views.statements(places),
        *catalog.further_statements(places),
    ]


def _is_there(cursor: Any, signature: str) -> bool:
    """Another program's function is only there once that has migrated."""
    cursor.execute("select to_regprocedure(%s) is not null", [signature])
    return bool(cursor.fetchone()[0])


def positions() -> dict[str, int]:
    """The place of every datum, new ones given the next places: a place is never used again."""
    places: dict[str, int] = dict(Datum.objects.values_list("name", "position"))
    names = catalog.known()["data"]
    free = iter(range(max(places.values(), default=-1) + 1, Datum.WIDTH))
    new = [Datum(name=name, position=next(free)) for name in sorted(names - places.keys())]
    Datum.objects.bulk_create(new)
    return places | {d.name: d.position for d in new}


def _set_on_delete(cursor: Any) -> None:
    """Django keeps ON DELETE to itself; here the database does it, whoever deletes."""
    wanted: dict[tuple[str, str], tuple[str, models.ForeignKey[Any, Any]]] = {}
    for model in apps.get_models(include_auto_created=True):
        for f in model._meta.local_fields:
            if isinstance(f, models.ForeignKey):
                action = ON_DELETE.get(f.remote_field.on_delete, "a")
                wanted[model._meta.db_table, str(f.column)] = (action, f)
    cursor.execute(FOREIGN_KEYS)
    for name, table, now, column in cursor.fetchall():
        found = wanted.get((table.strip('"'), column))
        if found is None or found[0] == now:
            continue
        action, key = found
        target = key.target_field
        cursor.execute(
            f'alter table public."{table}" drop constraint "{name}",'
            f' add constraint "{name}" foreign key ("{column}")'
            f' references public."{target.model._meta.db_table}" ("{target.column}")'
            f" on delete {WORDS[action]} deferrable initially deferred"
        )
