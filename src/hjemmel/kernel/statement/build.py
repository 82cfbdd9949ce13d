"""Drafts of the declaration in SQL. The web's role writes none of their tables: these functions do, for
those whom the declaration in force makes responsible, and each says in the draft's history what was done.
"""

from collections.abc import Iterable, Mapping

HEAD = "language plpgsql volatile security definer set search_path = pg_catalog as"
MOST_BYTES, MOST_FILES, MOST_TRIES = 2_000_000, 300, 5
CHANNEL = "hjemmel_declaration"
DIGEST = "encode(sha256(convert_to({0}::text, 'UTF8')), 'hex')"
NOW = "clock_timestamp()"
IN_FORCE = "(select v.id from public.grounds_version v where v.replaced_on is null)"

# Who acts, or a refusal. The office is the one she is responsible by.
WHO = """
create or replace function kernel.draft_actor(out who bigint, out held text) language plpgsql stable
security definer set search_path = pg_catalog as $$
begin
  select t.subject_id, t.office into who, held from public.units_tenure t where t.id = kernel.responsible();
  if who is null then
    raise exception 'not responsible for the declaration' using errcode = 'insufficient_privilege';
  end if;
end $$"""

# An open draft, locked, as whoever acts saw it.
HELD = """
create or replace function kernel.draft_held(wanted int, seen int) returns public.statement_draft
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare d public.statement_draft;
begin
  select * into d from public.statement_draft where id = wanted for update;
  if d.id is null or d.state <> 'open' then
    raise exception 'no such draft is open' using errcode = 'check_violation', constraint = 'draft_is_open';
  end if;
  if d.version <> seen then
    raise exception 'changed meanwhile' using errcode = 'check_violation', constraint = 'draft_as_seen';
  end if;
  return d;
end $$"""

BEGIN = f"""
create or replace function kernel.draft_begin() returns int {HEAD} $$
declare a record; v public.grounds_version; made int;
begin
  a := kernel.draft_actor();
  select * into v from public.grounds_version where replaced_on is null;
  insert into public.statement_draft (version, based_on_id, files, digest, state, began_at, changed_at)
  values (1, v.id, v.files, {DIGEST.format("v.files")}, 'open', {NOW}, {NOW}) returning id into made;
  insert into public.statement_step (draft_id, at, kind, subject_id, office, changes)
  values (made, {NOW}, 'began', a.who, a.held, '{{}}');
  return made;
end $$"""

# `new` is file → text, NULL for a file that goes. What was before is read here, and taken from nobody.
CHANGE = f"""
create or replace function kernel.draft_change(wanted int, seen int, what text, new jsonb) returns int
{HEAD} $$
declare a record; d public.statement_draft; changed jsonb; after jsonb;
begin
  a := kernel.draft_actor();
  d := kernel.draft_held(wanted, seen);
  select coalesce(jsonb_object_agg(n.key, jsonb_build_array(d.files -> n.key, n.value)), '{{}}') into changed
    from jsonb_each(new) n where n.value is distinct from coalesce(d.files -> n.key, 'null'::jsonb);
  after := jsonb_strip_nulls(d.files || new);
  if what not in ('changed', 'uploaded') or octet_length(after::text) > {MOST_BYTES}
     or (select count(*) from jsonb_object_keys(after)) > {MOST_FILES}
     or exists (select from jsonb_each(new) n where jsonb_typeof(n.value) not in ('string', 'null')
                                                 or length(n.key) > 120
                   or jsonb_typeof(n.value) = 'string'
                      and n.key !~ '^(activities/)?[a-z][a-z0-9_]*[.]ya?ml$') then
    raise exception 'not files of a declaration'
      using errcode = 'check_violation', constraint = 'draft_of_texts';
  end if;
  if changed = '{{}}' then return d.version; end if;
  update public.statement_draft set files = after, digest = {DIGEST.format("after")},
         version = d.version + 1, changed_at = {NOW} where id = d.id;
  insert into public.statement_step (draft_id, at, kind, subject_id, office, changes)
  values (d.id, {NOW}, what, a.who, a.held, changed);
  return d.version + 1;
end $$"""

# The last change that stands is taken back; asked again, the one before it.
UNDO = f"""
create or replace function kernel.draft_undo(wanted int, seen int) returns int {HEAD} $$
declare a record; d public.statement_draft; s public.statement_step; after jsonb;
begin
  a := kernel.draft_actor();
  d := kernel.draft_held(wanted, seen);
  select * into s from public.statement_step x
   where x.draft_id = d.id and x.kind in ('changed', 'uploaded')
     and not exists (select from public.statement_step u where u.undoes_id = x.id)
   order by x.id desc limit 1;
  if s.id is null then
    raise exception 'nothing to undo' using errcode = 'check_violation', constraint = 'draft_has_changes';
  end if;
  select jsonb_strip_nulls(d.files || jsonb_object_agg(c.key, c.value -> 0)) into after
    from jsonb_each(s.changes) c;
  update public.statement_draft set files = after, digest = {DIGEST.format("after")},
         version = d.version + 1, changed_at = {NOW} where id = d.id;
  insert into public.statement_step (draft_id, at, kind, subject_id, office, changes, undoes_id)
  select d.id, {NOW}, 'undone', a.who, a.held,
         jsonb_object_agg(c.key, jsonb_build_array(c.value -> 1, c.value -> 0)), s.id
    from jsonb_each(s.changes) c;
  return d.version + 1;
end $$"""

# Thrown away, taken up again, or laid on the version in force: the files stay as they are.
STATE = f"""
create or replace function kernel.draft_put(wanted int, seen int, what text) returns int {HEAD} $$
declare a record; d public.statement_draft;
begin
  a := kernel.draft_actor();
  if what = 'restored' then
    select * into d from public.statement_draft where id = wanted and state = 'discarded' for update;
    if d.id is null or d.version <> seen then
      raise exception 'changed meanwhile' using errcode = 'check_violation', constraint = 'draft_as_seen';
    end if;
  elsif what in ('discarded', 'rebased') then
    d := kernel.draft_held(wanted, seen);
  else
    raise exception 'no such thing' using errcode = 'check_violation', constraint = 'draft_is_open';
  end if;
  update public.statement_approval set state = 'withdrawn', ended_at = {NOW}
   where draft_id = d.id and state in ('given', 'sent', 'confirmed');
  update public.statement_draft
     set state = case what when 'discarded' then 'discarded' else 'open' end,
         based_on_id = case what when 'rebased' then {IN_FORCE} else d.based_on_id end,
         version = d.version + 1, changed_at = {NOW} where id = d.id;
  insert into public.statement_step (draft_id, at, kind, subject_id, office, changes)
  values (d.id, {NOW}, what, a.who, a.held, '{{}}');
  return d.version + 1;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions of drafts, safe to run again."""
    del positions
    history = (
        "create or replace trigger log_kept before update or delete or truncate on public.statement_step"
        " for each statement execute function kernel.log_kept()"
    )
    return [WHO, HELD, BEGIN, CHANGE, UNDO, STATE, history]
