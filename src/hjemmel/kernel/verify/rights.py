"""Invariant 6 from below: what the app role may touch at all, as the server's own lists have it."""

from hjemmel.kernel import catalog
from hjemmel.kernel.verify.app import App
from hjemmel.kernel.verify.reading import fetch
from hjemmel.kernel.verify.result import Tally
from hjemmel.kernel.verify.world import LEDGER, keyed, masked

APP, READER = "hjemmel_app", "hjemmel_reader"
OURS = "n.nspname <> 'information_schema' and n.nspname !~ '^pg_'"

POWERS = """
select 'superuser' from pg_roles where rolname = %(app)s and rolsuper
union all select 'bypassrls' from pg_roles where rolname = %(app)s and rolbypassrls
union all select 'createrole' from pg_roles where rolname = %(app)s and rolcreaterole
union all select 'createdb' from pg_roles where rolname = %(app)s and rolcreatedb
union all select 'replication' from pg_roles where rolname = %(app)s and rolreplication
union all select 'member of ' || roleid::regrole from pg_auth_members where member = %(app)s::regrole
union all select 'owner of ' || oid::regclass from pg_class where relowner = %(app)s::regrole
union all select 'owner of ' || oid::regprocedure from pg_proc where proowner = %(app)s::regrole
union all select 'owner of schema ' || nspname from pg_namespace where nspowner = %(app)s::regrole
union all select 'may create in schema ' || nspname from pg_namespace n
 where has_schema_privilege(%(app)s, n.oid, 'create')
union all select 'may make temporary tables' where has_database_privilege(%(app)s, current_database(), 'temp')
union all select 'may call ' || oid::regprocedure from pg_proc
 where proname ~ '^(lo_.*|loread|lowrite|pg_logical_emit_message)$' and oid < 16384
   and has_function_privilege(%(app)s, oid, 'execute')
"""

RELATIONS = f"""
select n.nspname, c.relname, c.relkind, c.relrowsecurity and c.relforcerowsecurity,
       pg_get_userbyid(c.relowner),
       array(select a.attname from pg_attribute a
              where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
                and has_column_privilege(%s, c.oid, a.attnum, 'select')),
       array(select p from unnest(array['insert', 'update', 'delete', 'truncate', 'trigger', 'references']) p
              where case when p in ('insert', 'update', 'references')
                         then has_any_column_privilege(%s, c.oid, p)
                         else has_table_privilege(%s, c.oid, p) end)
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
 where c.relkind in ('r', 'p', 'v', 'm', 'f') and {OURS}
"""

# The settings that log-in puts a key in.
KEYS = ["hjemmel.username", "hjemmel.account", "hjemmel.session"]

# What the app may do by hand with a table, by its entry in the catalog.
WRITES = {
    "none": frozenset[str](),
    "select": frozenset[str](),
    "key": frozenset({"update"}),
    "seen": frozenset[str](),
    "append": frozenset({"insert"}),
    "limited": frozenset({"insert", "update"}),
    "own": frozenset({"insert", "update", "delete"}),
    "masked": frozenset({"insert", "update", "delete"}),
}


def verify(tally: Tally) -> int:
    """Count what the app may read or do beyond the catalog. Returns how many relations were looked at."""
    tally.add_all(f"the app role: {row[0]}" for row in _powers())
    relations = fetch(RELATIONS, [APP, APP, APP])
    views = {table.name for table in masked()} | {table.name for table in keyed()} | {LEDGER}
    for schema, name, kind, secured, owner, readable, rights in relations:
        told = f"{schema}.{name}"
        if schema == "seen":
            if name not in views or kind != "v" or owner != READER:
                tally.add(f"{told} is no view of ours")
            continue
        entry = catalog.find(name) if schema == "public" and kind in {"r", "p"} else None
        if entry is not None and not secured:
            tally.add(f"{told}: row-level security is not forced")
        tally.add_all(f"{told}.{column} is readable" for column in readable if not _may_read(entry, column))
        writes = WRITES[entry.app] if entry else frozenset()
        tally.add_all(f"{told}: the app may {right}" for right in rights if right not in writes)
    there = {(row[0], row[1]) for row in relations}
    tally.add_all(f"{place} shows rows without a key" for place, rows in _without_key(there) if rows)
    tally.add_all(f"seen.{name} is missing" for name in views - {r[1] for r in relations if r[0] == "seen"})
    return len(relations)


def _without_key(there: set[tuple[str, str]]) -> list[tuple[str, int]]:
    """How many rows the app role is shown, while nobody acts, of the tables that it reads by key."""
    places = [(schema, table.name) for table in keyed() for schema in ("seen", "public")]
    places += [("public", table.name) for table in catalog.tables() if table.app == "own"]
    with App(ids=None).acting("", ()):
        fetch("select set_config(setting, '', true) from unnest(%s::text[]) setting", [KEYS])
        return [
            (f"{schema}.{name}", fetch(f"select count(*) from {schema}.{name}")[0][0])
            for schema, name in places
            if (schema, name) in there
        ]


def _powers() -> list[tuple[str]]:
    return fetch(POWERS.replace("%(app)s", f"'{APP}'"))


def _may_read(entry: catalog.Table | None, column: str) -> bool:
    """The bare key and version of a table read through a view, the number of a row put in; all of one that
    the catalog opens.
    """
    if entry is None:
        return False
    if entry.subject:
        return column in {entry.key, "version"}
    return column == "id" if entry.app == "append" else entry.app != "none"
