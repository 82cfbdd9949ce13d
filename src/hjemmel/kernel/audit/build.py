"""The log in SQL: a trigger per table writes who did what, counts what came, and refuses what goes without a
reason. Append-only: nothing changes or removes an entry.
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Table

# Whoever acts, as the log names her: the tenure that lets her, never the person.
ACTING = """
create or replace function kernel.acting() returns text language sql stable security definer
set search_path = pg_catalog as $$
  select case
    when a.actor like 'officer:%' then coalesce(
      (select 'tenure:' || min(d.tenure_id) from public.access_duty d
        where d.actor_id = kernel.officer() and d.purposes && kernel.purposes()
          and d.starts_on <= kernel.today() and (d.ends_on is null or d.ends_on >= kernel.today())),
      'tenure:none')
    when a.actor like 'self:%' then 'self'
    else coalesce(a.actor, 'system:' || session_user) end
  from (select nullif(current_setting('hjemmel.actor', true), '') as actor) a
$$
"""

REASON = """
create or replace function kernel.reason() returns text language plpgsql stable
set search_path = pg_catalog as $$
declare why text := nullif(current_setting('hjemmel.reason', true), '');
begin
  if why is null then
    raise exception 'rows about people go only for a stated reason (set hjemmel.reason)'
      using errcode = 'insufficient_privilege';
  end if;
  return why;
end $$
"""

KEPT = """
create or replace function kernel.log_kept() returns trigger language plpgsql
set search_path = pg_catalog as $$ begin
  raise exception 'the log is only ever added to' using errcode = 'insufficient_privilege';
end $$
"""

COMMITMENT = """
create or replace function kernel.commitment(key bytea, datum text, old text, new text) returns bytea
language sql immutable set search_path = pg_catalog as $$
  select sha256(key || convert_to(coalesce(datum, '') || chr(31) || coalesce('=' || old, '-')
                                  || chr(31) || coalesce('=' || new, '-'), 'UTF8'))
$$
"""

HEAD = "insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, subject_id, reason"
LOGGED = "any (array(select datum from public.audit_logged))"
# Who acts is asked once a statement, not once a row.
WHO = "clock_timestamp(), (select kernel.acting()), coalesce(current_setting('hjemmel.purpose', true), '')"


def _inserted(table: Table) -> str:
    lines = [f"insert into public.audit_tally (table_name, rows) select '{table.name}', count(*) from new_t"]
    if table.log_each:
        lines.append(
            f"{HEAD}) select {WHO}, 'created', '{table.name}', {table.key}, {table.subject},"
            " nullif(current_setting('hjemmel.reason', true), '') from new_t"
        )
    return _function(table, "insert", "; ".join(lines) + ";")


def _deleted(table: Table) -> str:
    if table.log_each:
        body = (
            f"{HEAD}) select {WHO}, 'deleted', '{table.name}', {table.key}, {table.subject},"
            " (select kernel.reason()) from old_t;"
        )
    else:
        body = (
            "insert into public.audit_tally (table_name, rows, reason)"
            f" select '{table.name}', -count(*), kernel.reason() from old_t having count(*) > 0;"
        )
    return _function(table, "delete", body)


def _updated(table: Table) -> str:
    """The changed values of logged data, each an entry; the values lie apart under a random key. Of other
    data an entry says that one went, and never what it was: nothing goes without a trace.
    """
    told = {c: f"o.{c}::text, n.{c}::text, o.{c} is distinct from n.{c}, false" for c in table.columns}
    # Of a secret or sealed value the log says that it changed, and never what it was.
    for c in (*table.secret, *table.row_data):
        told[c] = f"null::text, null::text, o.{c} is distinct from n.{c}, n.{c} is null"
    for c in table.lined:
        told[c] = f"null::text, null::text, o.{c} is not null and n.{c} is null, true"
    named = {column: f"'{datum}'" for column, datum in table.data.items()}
    if not table.record:
        named |= dict.fromkeys(table.row_data, f"n.{table.datum_column}")
    fields = [f"({datum}, '{column}', {told[column]})" for column, datum in named.items()]
    if not fields:
        return ""
    changed = (
        f"select n.{table.key} as record_id, n.{table.subject} as subject_id, f.datum, f.field, f.old, f.new,"
        f" f.gone or (coalesce(f.new, '') = '' and coalesce(f.old, '') <> '') as gone"
        f" from old_t o join new_t n on n.{table.key} = o.{table.key}"
        f" cross join lateral (values {', '.join(fields)}) f (datum, field, old, new, is_new, gone)"
        " where f.is_new"
    )
    # EXECUTE: a cached plan for one row would be run as a nested loop over a hundred thousand (measured).
    body = f"""
  -- The web never erases unseen: what an officer takes away is a change, and its value is logged.
  erased := coalesce(current_setting('hjemmel.erasing', true), '') = 'on'
        and coalesce(nullif(current_setting('role'), 'none'), session_user) <> 'hjemmel_app';
  execute $q$
  with changed as (
    select nextval('public.audit_entry_id_seq') as id, c.*,
           uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as key,
           not $1 and c.datum = {LOGGED} and num_nonnulls(c.old, c.new) > 0 as valued
      from ({changed}) c where $1 or c.datum = {LOGGED} or c.gone),
  entries as (
    insert into public.audit_entry
      (id, at, actor, purpose, kind, table_name, record_id, subject_id, datum, field, reason, commitment)
    select id, {WHO}, case when $1 then 'erased' else 'changed' end, '{table.name}', record_id, subject_id,
           datum, field,
           case when $1 then (select kernel.reason())
                else nullif(current_setting('hjemmel.reason', true), '') end,
           case when valued then kernel.commitment(key, datum, old, new) end
      from changed)
  insert into public.audit_value (id, version, subject_id, datum, old, new, key, written_on)
  select id, 1, subject_id, datum, old, new, key, kernel.today() from changed
   where valued
  $q$ using erased;"""
    return _function(table, "update", body, declare="declare erased boolean;")


def _function(table: Table, what: str, body: str, declare: str = "") -> str:
    return f"""
create or replace function kernel.{table.name}_log_{what}() returns trigger language plpgsql security definer
set search_path = pg_catalog as $$ {declare} begin {body} return null; end $$"""


def _triggers(table: Table) -> list[str]:
    base, name = f"public.{table.name}", f"kernel.{table.name}_log"
    done = [
        _inserted(table),
        _deleted(table),
        f"create or replace trigger m_log_insert after insert on {base} referencing new table as new_t"
        f" for each statement execute function {name}_insert()",
        f"create or replace trigger m_log_delete after delete on {base} referencing old table as old_t"
        f" for each statement execute function {name}_delete()",
    ]
    if update := _updated(table):
        done += [
            update,
            f"create or replace trigger m_log_update after update on {base}"
            " referencing old table as old_t new table as new_t"
            f" for each statement execute function {name}_update()",
        ]
    return done


def statements() -> list[str]:
    """The SQL that keeps the log; safe to run again."""
    tables = [t for t in catalog.tables() if t.subject]
    keep = [
        f"create or replace trigger log_kept before update or delete or truncate on public.audit_{name}"
        " for each statement execute function kernel.log_kept()"
        for name in ("entry", "tally", "leaf", "checkpoint")
    ]
    return [ACTING, REASON, KEPT, COMMITMENT, *keep, *[s for t in tables for s in _triggers(t)]]
