"""What the database keeps so that a sweep and a writer can never miss each other.

The sweep locks the subject's row before it decides. Whoever puts in a row about the subject takes a share of
the same lock as the row goes in (the foreign key alone would take it at commit, when it is too late to decide
anew), and may not write about somebody who is gone.
"""

from collections.abc import Iterable, Mapping

from hjemmel.kernel import catalog

HEAD = "language plpgsql security definer set search_path = pg_catalog as"
GONE = (
    "raise exception 'this person is gone from the register'"
    " using errcode = 'check_violation', constraint = 'subject_is_here'"
)

# EXECUTE: one row and a hundred thousand want different plans.
STAYS = f"""
create or replace function kernel.subject_stays() returns trigger {HEAD} $$
declare gone boolean;
begin
  execute format(
    'select bool_or(s.gone_on is not null) from (select gone_on from public.subjects_subject
      where id in (select n.%I from new_t n) for key share) s', tg_argv[0]) into gone;
  if gone then {GONE}; end if;
  return null;
end $$
"""

ARRIVES = f"""
create or replace function kernel.subject_receives() returns trigger {HEAD} $$
begin
  perform from public.subjects_subject
    where id = (to_jsonb(new) ->> tg_argv[0])::bigint and gone_on is null for key share;
  if not found then {GONE}; end if;
  return null;
end $$
"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions and triggers, safe to run again."""
    del positions
    done = [STAYS, ARRIVES]
    for table in catalog.tables():
        if not table.subject or table.name == "subjects_subject":
            continue
        done.append(
            f"create or replace trigger b_stays after insert on public.{table.name}"
            " referencing new table as new_t for each statement"
            f" execute function kernel.subject_stays('{table.subject}')"
        )
        if not table.is_person:
            done.append(
                f"create or replace trigger e_receives after update of {table.subject} on public.{table.name}"
                f" for each row when (old.{table.subject} is distinct from new.{table.subject})"
                f" execute function kernel.subject_receives('{table.subject}')"
            )
    return done
