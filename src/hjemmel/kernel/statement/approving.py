"""Previews and approvals in SQL: asked for and given by the web, worked out and carried out by the owner.

An approval is bound to one preview, and that to the draft's exact text, the version it would replace and the
day. It counts for nothing before the code that the owner's process sent to whoever approved has come back:
the web's role can pretend to be anybody who acts, but reads neither the code nor her post.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel.statement.build import CHANNEL, HEAD, IN_FORCE, MOST_TRIES, NOW

ASK = f"""
create or replace function kernel.preview_ask(wanted int, seen int) returns int {HEAD} $$
declare a record; d public.statement_draft; made int;
begin
  a := kernel.draft_actor();
  d := kernel.draft_held(wanted, seen);
  if d.based_on_id <> {IN_FORCE} then
    raise exception 'another version is in force'
      using errcode = 'check_violation', constraint = 'draft_on_version';
  end if;
  insert into public.statement_preview
    (draft_id, based_on_id, digest, day, state, asked_at, told, counts, wider, widened)
  values (d.id, d.based_on_id, d.digest, kernel.today(), 'asked', {NOW}, '[]', '{{}}', '{{}}', '{{}}')
  on conflict do nothing;
  select p.id into made from public.statement_preview p
   where (p.draft_id, p.based_on_id, p.digest, p.day) = (d.id, d.based_on_id, d.digest, kernel.today());
  perform pg_notify('{CHANNEL}', '');
  return made;
end $$"""

# May this person approve this preview? 'yes'; 'other': it widens what an office of hers may see, and somebody
# else must; 'alone': the same, and there is nobody else; 'old': the draft, the version or the day has moved
# on; 'no': she is not responsible.
MAY = """
create or replace function kernel.approvable(wanted int, who bigint) returns text language plpgsql stable
security definer set search_path = pg_catalog as $$
declare p public.statement_preview; d public.statement_draft; gains bigint[]; edited bigint[];
begin
  select * into p from public.statement_preview where id = wanted;
  select * into d from public.statement_draft where id = p.draft_id;
  if not exists (select from kernel.all_responsible() r where r = who) then return 'no'; end if;
  if p.id is null or p.state <> 'ready' or d.state <> 'open' or p.day <> kernel.today()
     or (p.digest, p.based_on_id) <> (d.digest, d.based_on_id) or d.based_on_id <> IN_FORCE then
    return 'old';
  end if;
  gains := array(select t.subject_id from public.units_tenure t where t.office = any(p.widened)
                  and t.starts_on <= kernel.today() and (t.ends_on is null or t.ends_on >= kernel.today()));
  if not who = any(gains) then return 'yes'; end if;
  edited := array(select s.subject_id from public.statement_step s
                   where s.draft_id = d.id and s.kind not in ('began', 'discarded'));
  if exists (select from kernel.all_responsible() r where r <> all(gains))
     or who = any(edited) and exists (select from kernel.all_responsible() r where r <> all(edited)) then
    return 'other';
  end if;
  return case when who = any(edited) then 'alone' else 'yes' end;
end $$""".replace("IN_FORCE", IN_FORCE)

MAY_I = """
create or replace function kernel.may_approve(wanted int) returns text language sql stable security definer
set search_path = pg_catalog as $$
  select case when kernel.responsible() is null then 'no' else kernel.approvable(wanted, kernel.officer()) end
$$"""

APPROVE = f"""
create or replace function kernel.approve(wanted int, ticked text[]) returns int {HEAD} $$
declare a record; p public.statement_preview; answer text; made int;
begin
  a := kernel.draft_actor();
  perform from public.statement_draft d join public.statement_preview x on x.draft_id = d.id
    where x.id = wanted for update of d;
  select * into p from public.statement_preview where id = wanted;
  answer := kernel.approvable(wanted, a.who);
  if answer = 'no' then
    raise exception 'not responsible, or cannot log in' using errcode = 'insufficient_privilege';
  elsif answer = 'other' then
    raise exception 'widens her own sight'
      using errcode = 'check_violation', constraint = 'approval_by_another';
  elsif answer = 'old' then
    raise exception 'not what was shown' using errcode = 'check_violation', constraint = 'approval_of_shown';
  elsif not ticked @> p.wider then
    raise exception 'not all ticked' using errcode = 'check_violation', constraint = 'approval_all_ticked';
  end if;
  insert into public.statement_approval
    (draft_id, preview_id, digest, subject_id, office, alone, at, state, outcome)
  values (p.draft_id, p.id, p.digest, a.who, a.held, answer = 'alone', {NOW}, 'given', '')
  returning id into made;
  perform pg_notify('{CHANNEL}', '');
  return made;
end $$"""

# Whether the code was right: 'confirmed', 'wrong', 'spent' (too many tries) or 'none' (nothing to confirm).
CONFIRM = f"""
create or replace function kernel.approval_confirm(wanted int, given text) returns text {HEAD} $$
declare a record; p public.statement_approval; c public.statement_code;
begin
  a := kernel.draft_actor();
  select * into p from public.statement_approval where id = wanted for update;
  select * into c from public.statement_code where approval_id = wanted for update;
  if p.state is distinct from 'sent' or p.subject_id <> a.who or c.approval_id is null then
    return 'none';
  end if;
  if c.tries >= {MOST_TRIES} then return 'spent'; end if;
  if c.digest <> sha256(convert_to(wanted || ':' || given, 'UTF8')) then
    update public.statement_code set tries = tries + 1 where approval_id = wanted;
    return case when c.tries + 1 >= {MOST_TRIES} then 'spent' else 'wrong' end;
  end if;
  update public.statement_approval set state = 'confirmed' where id = wanted;
  delete from public.statement_code where approval_id = wanted;
  perform pg_notify('{CHANNEL}', '');
  return 'confirmed';
end $$"""

# Anybody responsible may stop what is not in force yet.
WITHDRAW = f"""
create or replace function kernel.approval_withdraw(wanted int) returns boolean {HEAD} $$
declare a record;
begin
  a := kernel.draft_actor();
  update public.statement_approval set state = 'withdrawn', ended_at = {NOW}
   where id = wanted and state in ('given', 'sent', 'confirmed');
  return found;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions of previews and approvals, safe to run again."""
    del positions
    return [ASK, MAY, MAY_I, APPROVE, CONFIRM, WITHDRAW]
