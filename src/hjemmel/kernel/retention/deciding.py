"""Saying yes or no to what the brake stopped, in SQL: for those responsible, written by this function alone.

It is asked for the last run only, and only while nothing has come of it. What was said stands in the log too.
"""

from collections.abc import Iterable, Mapping

SHORTEST, HOURS = 10, 24  # letters of a reason; hours an approval lasts

DECIDE = f"""
create or replace function kernel.retention_decide(wanted int, answer text, why text) returns int
language plpgsql volatile security definer set search_path = pg_catalog as $$
declare who bigint; held text; r public.retention_run; made int;
begin
  select t.subject_id, t.office into who, held from public.units_tenure t where t.id = kernel.responsible();
  if who is null then
    raise exception 'not responsible' using errcode = 'insufficient_privilege';
  end if;
  perform pg_advisory_xact_lock(hashtext('hjemmel.retention.decision'));
  select * into r from public.retention_run where id = wanted;
  if r.id is null or r.state <> 'stopped' or exists (
    select from public.retention_run x where x.id > r.id and x.state <> 'broken') then
    raise exception 'another run came'
      using errcode = 'check_violation', constraint = 'retention_stop_is_last';
  end if;
  if answer not in ('approved', 'rejected') or exists (
    select from public.retention_decision d where d.run_id = r.id and d.says = answer
       and (d.until is null or d.until > clock_timestamp())
       and not exists (select from public.retention_decision e where e.run_id = r.id and e.id > d.id)) then
    raise exception 'said already' using errcode = 'check_violation', constraint = 'retention_decided';
  end if;
  if length(btrim(why)) not between {SHORTEST} and 500 then
    raise exception 'no reason' using errcode = 'check_violation', constraint = 'retention_reason';
  end if;
  insert into public.retention_decision (run_id, says, due, reason, subject_id, office, at, until)
  values (r.id, answer, r.due, btrim(why), who, held, clock_timestamp(),
          case answer when 'approved' then clock_timestamp() + interval '{HOURS} hours' end)
  returning id into made;
  insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, reason)
  values (clock_timestamp(), kernel.acting(), '', 'run', 'retention_decision', made,
          answer || ': run ' || r.id || ' of ' || r.due);
  return made;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The function, safe to run again."""
    del positions
    return [DECIDE]
