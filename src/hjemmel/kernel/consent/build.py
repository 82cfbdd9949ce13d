"""Consents in SQL: given and withdrawn through functions, so that a person herself, whoever enters her in the
same transaction, and staff whose duties let them, all go the same way.
"""

from collections.abc import Iterable, Mapping

HEAD = "language plpgsql volatile security definer set search_path = pg_catalog as"

GIVE = f"""
create or replace function kernel.give_consent(
  new_id bigint, whose bigint, what text, over text, to_address text, lang text, words text,
  on_day date, manner text)
returns bigint {HEAD} $$
declare word int; there bigint;
begin
  if coalesce(kernel.self() = whose, false) or kernel.entering(whose)
     or kernel.may_tie('consent', whose, null) then
    select c.id into there from public.consent_consent c
     where c.subject_id = whose and c.purpose = what and c.channel = over
       and c.address is not distinct from to_address and c.withdrawn_on is null;
    if there is not null then return there; end if;
    insert into public.consent_wording (purpose, language, text) values (what, lang, words)
    on conflict do nothing;
    select w.id into word from public.consent_wording w
     where w.purpose = what and w.language = lang and w.text = words;
    insert into public.consent_consent
      (id, version, subject_id, purpose, channel, address, wording_id, given_on, given_how)
    values (new_id, 1, whose, what, over, to_address, word, on_day, manner);
    return new_id;
  end if;
  raise exception 'not yours to record' using errcode = 'insufficient_privilege';
end $$
"""

WITHDRAW = """
create or replace function kernel.withdraw_consent(consent bigint, seen_version int, on_day date, manner text)
returns int HEAD $$
declare c public.consent_consent;
begin
  select * into c from public.consent_consent where id = consent for update;
  if c.id is null or not (coalesce(kernel.self() = c.subject_id, false) or coalesce(
       get_bit(kernel.record_change_mask('consent', c.subject_id, c.id), PLACE), 0) = 1) then
    raise exception 'not yours to withdraw' using errcode = 'insufficient_privilege';
  end if;
  if c.withdrawn_on is not null then return c.version; end if;
  if c.version <> seen_version then return null; end if;
  update public.consent_consent set withdrawn_on = on_day, withdrawn_how = manner where id = consent;
  return c.version + 1;
end $$
"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    place = str(positions["consent.choice"])
    return [GIVE, WITHDRAW.replace("HEAD", HEAD).replace("PLACE", place)]
