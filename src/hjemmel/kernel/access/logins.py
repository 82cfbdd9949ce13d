"""Logging in, as the log tells it: by a trigger, so that no way of logging in can leave it out.

The line says that somebody logged in, and when. Whose log-in it was lies with the values, keyed to her, where
the declaration says that log-ins are logged: so it goes when its time is up, and the line tells of nobody.
"""

from collections.abc import Iterable, Mapping

DATUM = "account.logins"

# No table and no record: they would tie the line to the account. What is committed to is whose it was.
LOGGED_IN = f"""
create or replace function kernel.account_logged_in() returns trigger language plpgsql
security definer set search_path = pg_catalog as $$
declare
  line bigint := nextval('public.audit_entry_id_seq');
  key bytea := (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
                  from public.audit_logged where datum = '{DATUM}');
begin
  insert into public.audit_entry (id, at, actor, purpose, kind, table_name, datum, commitment)
  values (line, clock_timestamp(), 'form:login', '', 'logged_in', '', '{DATUM}',
          case when key is not null then kernel.commitment(key, '{DATUM}', null, new.subject_id::text) end);
  if key is not null then
    insert into public.audit_value (id, version, subject_id, datum, new, key, written_on)
    values (line, 1, new.subject_id, '{DATUM}', new.subject_id::text, key, kernel.today());
  end if;
  return null;
end $$
"""
TRIGGER = (
    "create or replace trigger n_logged_in after update of last_login on public.access_account for each row"
    " when (new.last_login is distinct from old.last_login and new.last_login is not null)"
    " execute function kernel.account_logged_in()"
)


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The trigger, safe to run again."""
    del positions
    return [LOGGED_IN, TRIGGER]
