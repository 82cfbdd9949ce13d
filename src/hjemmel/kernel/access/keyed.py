"""Accounts and sessions in SQL, for log-in: before anybody is known the app sees the one row whose key it
holds already, and can list none. Once somebody acts, of accounts her own alone is there, and its password no
more.
"""

from hjemmel.kernel.access.functions import HEAD
from hjemmel.kernel.catalog import Table

WHOSE = "coalesce(kernel.officer(), kernel.self())"
# The user name is compared as its index has it: without case.
KEYS = (
    f"create or replace function kernel.username_given() returns text {HEAD} $$"
    f" select lower(nullif(current_setting('hjemmel.username', true), '')) where {WHOSE} is null $$",
    f"create or replace function kernel.account_given() returns bigint {HEAD} $$"
    f" select nullif(current_setting('hjemmel.account', true), '')::bigint where {WHOSE} is null $$",
    # A session is there while somebody acts too: the page that she is shown changes it.
    f"create or replace function kernel.session_given() returns text {HEAD} $$"
    " select nullif(current_setting('hjemmel.session', true), '') $$",
    # Whoever acts ends her own other log-ins, and nobody else's.
    "create or replace function kernel.end_sessions(account bigint, kept text) returns void language sql"
    " volatile security definer set search_path = pg_catalog as $$"
    " delete from public.access_session s using public.access_account a"
    "  where s.account_id = $1 and a.id = $1 and s.session_key is distinct from $2"
    f"   and a.subject_id = {WHOSE} $$",
)
OWN_SESSION = "session_key = (select kernel.session_given())"

# What log-in writes: the moment, and the password hashed anew when the way of hashing has changed. Whoever
# chooses a password writes that it is no longer the printed one. A moment to come would keep an unused
# account for longer.
WRITES = ("last_login", "password", "printed")
NOT_AHEAD = "coalesce(last_login <= clock_timestamp() + interval '1 minute', true)"


def _seen(row: str) -> str:
    return (
        f"({row}.subject_id = (select {WHOSE}) or {row}.id = (select kernel.account_given())"
        f" or lower({row}.username) = (select kernel.username_given()))"
    )


def view(table: Table) -> str:
    """The view of one's own row. A barrier: a condition that tells on what it is given waits for the row."""
    columns = ", ".join(
        f"case when (select {WHOSE}) is null then r.password end as password" if c == "password" else f"r.{c}"
        for c in (str(f.column) for f in table.model._meta.local_concrete_fields)
    )
    return (
        f"create view seen.{table.name} with (security_barrier) as select {columns}"
        f" from public.{table.name} r where {_seen('r')}"
    )


def rights(table: Table) -> list[str]:
    """The app's rights on the table: the bare key, and what log-in writes, in the row that it sees."""
    name = f"public.{table.name}"
    whose = _seen(table.name)
    return [
        f"revoke all on {name} from hjemmel_app",
        f"grant select ({table.key}), update ({', '.join(WRITES)}) on {name} to hjemmel_app",
        f"drop policy if exists p_app on {name}",
        f"create policy p_app on {name} for all to hjemmel_app using ({whose})"
        f" with check ({whose} and {NOT_AHEAD})",
    ]
