"""Grants and row-level security, set from the catalog: the app owns nothing, reads ids and versions only,
and writes row by row what its duties let it.
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.access import guards
from hjemmel.kernel.catalog import Table

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


def _masked(table: Table) -> list[str]:
    """The app's policies on a table with a mask."""
    subject, key = table.subject, table.key
    if table.record:
        unit = table.unit or "null::bigint"
        may = f"kernel.may_record('{table.record}', {subject}, {unit})"
        if table.record == "tenure":
            may += " and kernel.may_appoint(office, unit_id)"
        changes = f"kernel.record_change_mask('{table.record}', {subject}, {key}) is not null"
        checks = may
    else:
        may = f"(kernel.entering({subject}) or kernel.change_mask({subject}) is not null)"
        changes = checks = f"kernel.change_mask({subject}) is not null"
    if table.name == "subjects_subject":
        may, changes, checks = (
            "nullif(current_setting('hjemmel.actor', true), '') is not null",
            "false",
            "false",
        )
    columns = {f.column for f in table.model._meta.local_concrete_fields}
    readable = ", ".join(sorted({key, "version"} & columns))
    writable = ", ".join(sorted({*table.data, *table.row_data}))
    done = [f"revoke all on {BASE}.{table.name} from hjemmel_app"]
    done.append(f"grant select ({readable}), insert on {BASE}.{table.name} to hjemmel_app")
    if writable:
        done.append(f"grant update ({writable}) on {BASE}.{table.name} to hjemmel_app")
    done += _policy(table.name, "p_app_select", f"for select to hjemmel_app using (kernel.sees({subject}))")
    done += _policy(table.name, "p_app_insert", f"for insert to hjemmel_app with check ({may})")
    done += _policy(
        table.name, "p_app_update", f"for update to hjemmel_app using ({changes}) with check ({checks})"
    )
    if not table.record and not table.is_person:
        done.append(f"grant delete on {BASE}.{table.name} to hjemmel_app")
        done += _policy(table.name, "p_app_delete", f"for delete to hjemmel_app using ({changes})")
    return done


def _open(table: Table) -> list[str]:
    """The app's rights on a table without a mask."""
    rights = {"none": "", "select": "select", "write": "select, insert, update, delete"}[table.app]
    done = [f"revoke all on {BASE}.{table.name} from hjemmel_app"]
    if rights:
        done.append(f"grant {rights} on {BASE}.{table.name} to hjemmel_app")
        command = "all" if table.app == "write" else "select"
        check = " with check (true)" if table.app == "write" else ""
        done += _policy(table.name, "p_app", f"for {command} to hjemmel_app using (true){check}")
    return done


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
    for table in catalog.tables():
        done += _trusted(table.name)
        if table.subject and not table.open_because:
            done += _masked(table)
            done += guards.statements(table, positions)
        else:
            done += _open(table)
        if table.subject and "version" in table.columns:
            done.append(
                f"create or replace trigger b_version before update on {BASE}.{table.name}"
                " for each row execute function kernel.next_version()"
            )
    done.append(
        "grant usage on all sequences in schema public to hjemmel_app, hjemmel_keeper, hjemmel_kernel"
    )
    return done
