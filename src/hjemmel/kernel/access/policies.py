"""Grants and row-level security, set from the catalog: the app owns nothing, reads ids and versions only,
and writes row by row what its duties let it.
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.access import guards, keyed, masks
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.catalog import Limits, Table

FULL = ("hjemmel_owner", "hjemmel_kernel", "hjemmel_keeper")
READ = ("hjemmel_reader", "hjemmel_dump")
BASE = "public"


def _trusted(name: str) -> list[str]:
    """The roles that see every row by a policy of their own: not BYPASSRLS, which managed servers refuse,
    and needed under FORCE, which would blind an owner's trigger and so erase early.
    """
    done = [
        f"alter table {BASE}.{name} enable row level security",
        f"alter table {BASE}.{name} force row level security",
    ]
    for role in FULL:
        done += _policy(name, f"p_{role}", f"for all to {role} using (true) with check (true)")
    for role in READ:
        done += _policy(name, f"p_{role}", f"for select to {role} using (true)")
    done.append(f"grant select, insert, update, delete on {BASE}.{name} to hjemmel_kernel, hjemmel_keeper")
    done.append(f"grant select on {BASE}.{name} to hjemmel_reader, hjemmel_dump")
    return done


def _policy(table: str, name: str, text: str) -> list[str]:
    return [
        f"drop policy if exists {name} on {BASE}.{table}",
        f"create policy {name} on {BASE}.{table} {text}",
    ]


def _any(mask: str, table: Table, positions: dict[str, int]) -> str:
    """The test that `mask` holds any datum of the row, so that bare ids tell no more than the view does."""
    if table.datum_column and not table.record:
        return _named(mask, table)
    if not table.data:
        return f"{mask} is not null"
    return f"({mask} & B'{bits(positions, frozenset(table.data.values()))}') <> {masks.NONE}"


def _named(mask: str, table: Table) -> str:
    return f"get_bit({mask}, kernel.position({table.datum_column})) = 1"


def _tests(table: Table, positions: dict[str, int]) -> dict[str, str]:
    """What a row must pass to be seen, put in, changed (before and after) and taken out by the app."""
    subject, key = table.subject, table.key
    if table.record:
        this = f"'{table.record}', {subject}, {key}"
        where = f"('{table.record}', {subject}, {table.unit or 'null::bigint'})"
        appoints = " and kernel.may_appoint(office, unit_id)" if table.record == "tenure" else ""
        another = f" and {subject} is distinct from kernel.officer()" if appoints else ""
        return {
            "select": _any(f"kernel.record_mask({this})", table, positions)
            + (f" and {_named(f'kernel.mask({subject})', table)}" if table.datum_column else ""),
            "insert": f"kernel.may_tie{where}{appoints}{another}",
            "update": f"kernel.record_change_mask({this}) is not null",
            "updated": f"kernel.may_record{where}{appoints}",
        }
    if table.name == "subjects_subject":
        acts = "nullif(current_setting('hjemmel.actor', true), '') is not null"
        return {"select": f"kernel.sees({subject})", "insert": acts, "update": "false", "updated": "false"}
    sees, changes = (_any(f"kernel.{m}({subject})", table, positions) for m in ("mask", "change_mask"))
    tests = {
        "select": f"kernel.sees({subject})" if table.is_person else f"(kernel.entering({subject}) or {sees})",
        "insert": f"(kernel.entering({subject}) or {changes})",
        "update": changes,
        "updated": changes,
    }
    if not table.is_person:
        whole = bits(positions, frozenset(table.data.values()))
        every = f"(kernel.change_mask({subject}) & B'{whole}') = B'{whole}'"
        tests["delete"] = changes if table.datum_column else every
    return tests


def _masked(table: Table, positions: dict[str, int]) -> list[str]:
    """The app's policies on a table with a mask."""
    columns = {f.column for f in table.model._meta.local_concrete_fields}
    readable = ", ".join(sorted({table.key, "version"} & columns))
    writable = ", ".join(sorted({*table.data, *table.row_data}))
    tests = _tests(table, positions)
    name = table.name
    done = [f"revoke all on {BASE}.{name} from hjemmel_app"]
    done += [f"drop policy if exists p_app_{what} on {BASE}.{name}" for what in tests]
    done.append(f"grant select ({readable}) on {BASE}.{name} to hjemmel_app")
    done += _policy(name, "p_app_select", f"for select to hjemmel_app using ({tests['select']})")
    if table.app == "seen":
        return done
    declared = ", ".join(sorted(table.columns))
    done.append(f"grant insert ({declared}) on {BASE}.{name} to hjemmel_app")
    done += _policy(name, "p_app_insert", f"for insert to hjemmel_app with check ({tests['insert']})")
    if writable:
        done.append(f"grant update ({writable}) on {BASE}.{name} to hjemmel_app")
        done += _policy(
            name,
            "p_app_update",
            f"for update to hjemmel_app using ({tests['update']}) with check ({tests['updated']})",
        )
    if "delete" in tests:
        done.append(f"grant delete on {BASE}.{name} to hjemmel_app")
        done += _policy(name, "p_app_delete", f"for delete to hjemmel_app using ({tests['delete']})")
    return done


def _open(table: Table) -> list[str]:
    """The app's rights on a table without a mask."""
    done = [f"revoke all on {BASE}.{table.name} from hjemmel_app"]
    done += [f"drop policy if exists {name} on {BASE}.{table.name}" for name in ("p_app", "p_app_append")]
    if rights := RIGHTS[table.app]:
        done.append(f"grant {rights} on {BASE}.{table.name} to hjemmel_app")
        done.append(NUMBERS.format(name=table.name))
    if table.app == "own":
        own = f"for all to hjemmel_app using ({table.rows}) with check ({table.rows})"
        done += _policy(table.name, "p_app", own)
    elif rights:
        done += _policy(table.name, "p_app", f"for select to hjemmel_app using ({table.rows})")
    if table.limits is not None:
        done += _limited(table.name, table.limits)
    if table.app == "append":
        done += _policy(table.name, "p_app_append", "for insert to hjemmel_app with check (true)")
    return done


def _limited(name: str, limits: Limits) -> list[str]:
    """Writing of an open table within limits."""
    app = "to hjemmel_app"
    return [
        f"grant insert, update ({', '.join(limits.columns)}) on {BASE}.{name} to hjemmel_app",
        *_policy(name, "p_app_insert", f"for insert {app} with check ({limits.put})"),
        *_policy(
            name, "p_app_update", f"for update {app} using ({limits.before}) with check ({limits.after})"
        ),
    ]


RIGHTS = {
    "none": "",
    "select": "select",
    "append": "select (id), insert",  # the number of what was put in comes back, and no more
    "limited": "select",
    "own": "select, insert, update, delete",
}

# The numbers that a table's own rows take, and no others: how far the log has come is told to nobody.
NUMBERS = """
do $numbers$ declare it record; begin
  for it in select pg_get_serial_sequence('public.{name}', a.attname) as sequence from pg_attribute a
             where a.attrelid = 'public.{name}'::regclass and a.attnum > 0 and not a.attisdropped loop
    if it.sequence is not null then
      execute format('grant usage on sequence %s to hjemmel_app', it.sequence);
    end if;
  end loop;
end $numbers$
"""


def _if_there(table: Table, statements: list[str]) -> list[str]:
    """A table of another program's is only there once that has migrated."""
    return [
        f"do $there$ begin if to_regclass('{BASE}.{table.name}') is not null then"
        f" execute $run${statement}$run$; end if; end $there$"
        for statement in statements
    ]


VERSION = """
create or replace function kernel.next_version() returns trigger language plpgsql
set search_path = pg_catalog as $$ begin new.version := old.version + 1; return new; end $$
"""


def statements(positions: dict[str, int]) -> list[str]:
    """Grants, policies, guards and versions, safe to run again."""
    done = [
        VERSION,
        "grant usage on schema public, kernel to hjemmel_app, hjemmel_keeper, hjemmel_dump, hjemmel_reader",
    ]
    done.append("revoke all on all sequences in schema public from hjemmel_app")
    for table in catalog.tables():
        if table.is_foreign:
            done += _if_there(table, [*_trusted(table.name), *_open(table)])
            continue
        done += _trusted(table.name)
        if table.subject and not table.open_because:
            done += _masked(table, positions)
            done += guards.statements(table, positions)
        elif table.app == "key":
            done += keyed.rights(table)
        else:
            done += _open(table)
        if table.subject and "version" in table.columns:
            done.append(
                f"create or replace trigger b_version before update on {BASE}.{table.name}"
                " for each row execute function kernel.next_version()"
            )
    done.append("grant usage on all sequences in schema public to hjemmel_keeper, hjemmel_kernel")
    return done
