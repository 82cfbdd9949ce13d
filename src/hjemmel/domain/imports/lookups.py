"""Matching in SQL: which people the rows of a chunk may be about, as sets, and what the actor's duties let
her do. The web's role asks a definer function that demands of everybody found that the actor sees the very
datum she is found by; a role that sees everything asks the same text without the masks.
"""

from collections.abc import Callable, Iterable, Mapping

from hjemmel.domain.people.lookups import HEAD, sees
from hjemmel.kernel.access import masks

NAME, BORN, EMAIL, PHONE = "person.name", "person.birth_date", "person.email", "person.phone"
NATIONAL_ID, NUMBER = "person.national_id", "membership.number"

Demand = Callable[..., str]


def found(demand: Demand, hidden_birth_date: str, wanted: str) -> str:
    """The query: a row per person. `demand(subject, *data)` is a join that lets through those of whom the
    actor sees the data, `hidden_birth_date` a condition on `p`, `wanted` a JSON object: `numbers` and
    `digests` (in hex); `born`, `emails` and `phones` with `value` and the `first` word of the name; whole
    folded names `undated`, of rows without a birth date, and `dated`, of rows with one.
    """

    def values(key: str) -> str:
        return f"array(select json_array_elements_text({wanted}->'{key}'))"

    def pairs(key: str, kind: str) -> str:
        return f"json_to_recordset({wanted}->'{key}') w(value {kind}, first text)"

    begins = "starts_with(p.search_key, w.first)"
    return f"""
select m.subject_id from public.members_membership m {demand("m.subject_id", NUMBER)}
 where m.number = any({values("numbers")}::bigint[])
union select v.subject_id from public.vault_sealed v {demand("v.subject_id", NATIONAL_ID)}
 where v.datum = '{NATIONAL_ID}' and v.digest = any({values("digests")}::bytea[])
union select p.id from {pairs("born", "date")}
  join public.people_person p on p.birth_date = w.value and {begins} {demand("p.id", NAME, BORN)}
union select p.id from {pairs("emails", "text")} join public.people_email e on e.matching = w.value
  join public.people_person p on p.id = e.subject_id and {begins} {demand("p.id", NAME, EMAIL)}
union select p.id from {pairs("phones", "text")} join public.people_phone t on t.number = w.value
  join public.people_person p on p.id = t.subject_id and {begins} {demand("p.id", NAME, PHONE)}
union select p.id from public.people_person p {demand("p.id", NAME)}
 where p.search_key = any({values("undated")})
union select p.id from public.people_person p {demand("p.id", NAME)}
 where p.search_key = any({values("dated")}) and (p.birth_date is null {hidden_birth_date})"""


def unmasked() -> str:
    """The query for a role that sees everything; its one parameter is the JSON object."""
    body = found(lambda *_: "", "", "(select w from given)")
    return f"with given as materialized (select %s::json as w) {body}"


def _masked(positions: Mapping[str, int]) -> str:
    def demand(subject: str, *data: str) -> str:
        own = "and g.record_id = m.id and d.record = 'membership'" if data == (NUMBER,) else ""
        return sees(subject, *(positions[datum] for datum in data), record=own)

    hidden = (
        f"or not exists (select from ({masks.duties('p.id')}) b where get_bit(b.bits, {positions[BORN]}) = 1)"
    )
    return f"""
create or replace function kernel.import_found(wanted json) returns setof bigint {HEAD} as $$
begin
  return query {found(demand, hidden, "wanted")};
end $$"""


# What the actor's own duties let her write into records that she makes, and see of them.
DUTIES = f"""
create or replace function kernel.import_duties()
returns table (record text, clause_id int, unit_id bigint, below boolean, sees_ended boolean,
               bits bit(256), change_bits bit(256)) {HEAD} as $$
begin
  return query select d.record::text, d.clause_id, d.unit_id, d.below, d.sees_ended, d.bits, d.change_bits
    from public.access_duty d where d.record in ('membership', 'import_row') and {masks.in_force()};
end $$"""

# A run is whose it was begun by, told by a digest: it names nobody, and the day it was begun stays, since its
# rows are due by that.
MINE = (
    """(by = left(encode(sha256(convert_to(current_setting('hjemmel.actor', true), 'UTF8')), 'hex'), 16))"""
)

# A run that is done stands in the log, once.
DONE = f"""
create or replace function kernel.import_done(run bigint) returns void language plpgsql volatile
security definer set search_path = pg_catalog as $$
begin
  update public.imports_run set state = 'done' where id = run and state <> 'done' and {MINE};
  if found then
    insert into public.audit_entry (at, actor, purpose, kind, table_name, record_id, reason)
    values (clock_timestamp(), kernel.acting(), coalesce(current_setting('hjemmel.purpose', true), ''), 'run',
            'imports_run', run, 'import:' || run);
  end if;
end $$"""


def statements(positions: Mapping[str, int]) -> Iterable[str]:
    """The functions, safe to run again."""
    return [_masked(positions), DUTIES, DONE]
