"""What is due on a day, as SQL generated from the catalog. The plan reads it and the run acts on it, so that
the two cannot differ.

A record goes when none of its own grounds lives; a column of it when none of them holds its datum. What lies
about a person outside records goes when none of her grounds holds it. The log's values go with the datum they
tell of, so they hold nobody by themselves. Who has no ground left goes altogether.

A hold is as good as a ground that lives, for what it covers and for as long as it lasts: so nothing is due of
that, and the person stays. It is none otherwise.
"""

from collections.abc import Mapping

from hjemmel.kernel import catalog
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.access.masks import NONE
from hjemmel.kernel.catalog import Table
from hjemmel.kernel.holds import build as keeping

SUBJECTS = "subjects_subject"
NO_RULE = "none"  # no rule that is in force ever held it: the rule was taken back

# Whom to look at: a ground or a hold has ended and was not swept yet, or one was lost without any date.
QUEUE = """
  select g.subject_id as id from public.grounds_ground g
    join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
   where not g.done and g.until <= %(day)s
  union select subject_id from public.holds_hold where not swept and ends_on <= %(day)s
  union select subject_id from public.grounds_recheck"""

# Those of whom a hold keeps something on the day.
HELD = f"select subject_id as id from public.holds_hold h where {keeping.lasting(day='%(day)s')}"

OF_BATCH = "select unnest(%(ids)s::bigint[]) as id"

COLUMNS = "happens, table_name, row_id, subject_id, datum, rule, due"


def items(source: str, positions: Mapping[str, int], *, holds: bool = True) -> str:
    """SQL for everything that is due on %(day)s for the subjects of `source`, a row each: what happens to
    which row (and datum), by which rule, due since when. Without `holds`, as if there were none.
    """
    places = dict(positions)
    lost = "\n  union all".join(_lost(places))
    records = (_record(t, places) for t in catalog.records())
    rest = "\n  union all".join([*records, _gone(), *_references()])
    return f"""
with due as materialized ({source}),
hold as materialized (
  select h.subject_id, h.record, h.bits from due d join public.holds_hold h on h.subject_id = d.id
   where {keeping.lasting(day="%(day)s") if holds else "false"}),
held as materialized (
  select subject_id, coalesce(bit_or(bits) filter (where record is null), {NONE}) as bits from hold
   group by 1),
g as materialized (
  select g.subject_id, g.record_id, c.record, c.bits, g.until,
         case when c.at_request = 'delete' and g.until = a.asked_on then 'request:' || a.request
              else c.rule end as rule,
         coalesce(g.until > %(day)s, true) as live, c.record = any('{{{_carried()}}}'::text[]) as carried
    from due d join public.grounds_ground g on g.subject_id = d.id
    join public.grounds_clause c on c.id = g.clause_id and c.status = 'live'
    left join public.grounds_asked a on a.subject_id = d.id),
whole as materialized (
  select w.subject_id, w.bits | coalesce(h.bits, {NONE}) as bits, w.bits as grounds,
         coalesce(h.bits, {NONE}) as hold, w.alive or h.subject_id is not null as alive, w.rule, w.due
    from (select d.id as subject_id, {_held()} from due d
            left join g on g.subject_id = d.id and not g.carried group by d.id) w
    left join held h on h.subject_id = w.subject_id),
each as materialized (
  select g.record, g.record_id, {_held()} from g group by 1, 2),
lost (happens, table_name, row_id, subject_id, record, datum, bits) as ({lost}),
named as (
  select distinct on (l.table_name, l.row_id, l.datum)
         l.happens, l.table_name, l.row_id, l.subject_id, l.datum, coalesce(g.rule, '{NO_RULE}') as rule,
         g.until as due
    from lost l left join g on g.subject_id = l.subject_id and not g.live and (g.bits & l.bits) <> {NONE}
         and (l.record is null or (g.record, g.record_id) = (l.record, l.row_id))
   order by l.table_name, l.row_id, l.datum, g.until desc nulls last, g.rule)
select {COLUMNS} from named
  union all {rest}"""


def steps(positions: Mapping[str, int]) -> str:
    """SQL for the same, for the subjects %(ids)s, gathered into one row per statement of the run."""
    return f"""
select happens, table_name, rule, data, array_agg(row_id) from (
  select happens, table_name, rule, row_id, array_agg(datum order by datum) as data
    from ({items(OF_BATCH, positions)}) i group by 1, 2, 3, 4) s
 group by 1, 2, 3, 4"""


def erasable(table: Table) -> dict[str, list[str]]:
    """Datum → the columns that can be emptied while the row stays. Of a record not the dates that its rules
    count from: without them nothing would tell when it must go.
    """
    counted = {e.column for e in catalog.events(table.name) if e.via is None} if table.record else set()
    nullable = {str(f.column) for f in table.model._meta.local_concrete_fields if f.null}
    found: dict[str, list[str]] = {}
    for column, datum in table.data.items():
        if column in nullable - counted:
            found.setdefault(datum, []).append(column)
    return found


def _held() -> str:
    """The bits that live, whether any does, and the rule that was the last to end, of a group of `g`."""
    return (
        f"coalesce(bit_or(g.bits) filter (where g.live), {NONE}) as bits,"
        " coalesce(bool_or(g.live), false) as alive,"
        " (array_agg(g.rule order by g.until desc, g.rule) filter (where not g.live))[1] as rule,"
        " max(g.until) filter (where not g.live) as due"
    )


def _carried() -> str:
    return ",".join(str(t.record) for t in catalog.records() if t.datum_column)


def _lost(places: dict[str, int]) -> list[str]:
    """A select per table: rows, and columns of rows that stay, whose datum nothing holds."""
    done = []
    for table in catalog.tables():
        if not table.subject or table.name == SUBJECTS:
            continue
        if table.datum_column:
            done.append(_row_datum(table))
        elif table.record:
            done.append(_columns(table, places))
        else:
            done.append(_row(table, places))
            if len(set(table.data.values())) > 1:
                done.append(_columns(table, places))
    return [select for select in done if select]


def _row(table: Table, places: dict[str, int]) -> str:
    """Rows of which nothing is held. Where a table has no data of its own (the keys of the vault), its rows
    serve what is sealed.
    """
    data = set(table.data.values()) or {d for t in catalog.tables() for d in t.sealed}
    whole = bits(places, frozenset(data))
    datum = f"'{data.pop()}'" if len(data) == 1 else "null::text"
    return f"""
  select 'row', '{table.name}', r.{table.key}, r.{table.subject}, null::text, {datum}, B'{whole}'
    from whole w join public.{table.name} r on r.{table.subject} = w.subject_id
   where (w.bits & B'{whole}') = {NONE}"""


def _columns(table: Table, places: dict[str, int]) -> str:
    """Data that are not held, in rows of which something is."""
    data = erasable(table)
    if not data:
        return ""
    whole = bits(places, frozenset(table.data.values()))
    values = ", ".join(
        f"('{datum}', B'{bits(places, (datum,))}', {' or '.join(f'r.{c} is not null' for c in columns)})"
        for datum, columns in data.items()
    )
    subject = f"public.{table.name} r on r.{table.subject} = "
    if table.record:
        each = f"each w on w.record = '{table.record}' and w.record_id = r.{table.key}"
        source = f"due d join {subject}d.id left join {each} {_of_record(table)}"
        bits_, stays = f"(coalesce(w.bits, {NONE}) | h.bits)", f"(w.alive or (h.bits & B'{whole}') <> {NONE})"
    else:
        source = f"whole w join {subject}w.subject_id"
        bits_, stays = "w.bits", f"(w.bits & B'{whole}') <> {NONE}"
    record = f"'{table.record}'" if table.record else "null::text"
    return f"""
  select 'datum', '{table.name}', r.{table.key}, r.{table.subject}, {record}, v.datum, v.bits
    from {source}
   cross join lateral (values {values}) v (datum, bits, there)
   where {stays} and v.there and ({bits_} & v.bits) = {NONE}"""


def _of_record(table: Table) -> str:
    """A lateral `h` with the bits that holds keep of a record of the table."""
    return f"""
   cross join lateral (
     select coalesce(bit_or(x.bits), {NONE}) as bits from hold x
      where x.subject_id = r.{table.subject} and (x.record is null or x.record = '{table.record}')) h"""


def _row_datum(table: Table) -> str:
    """Rows that say themselves what they hold. A line of the log about a record hangs on that very record,
    and a hold keeps it that is of everything.
    """
    bit = f"set_bit({NONE}, p.position, 1)"
    join, held, alive = "", "w.grounds", ""
    if table.record:
        named = ", ".join(f"('{t.name}', '{t.record}')" for t in catalog.records() if not t.datum_column)
        join = f"""
    join each own on own.record = '{table.record}' and own.record_id = r.{table.key}
    left join public.audit_entry e on e.id = r.{table.key}
    left join (values {named}) t (table_name, record) on t.table_name = e.table_name
    left join each its on its.record = t.record and its.record_id = e.record_id"""
        held = f"case when t.record is null then w.grounds else coalesce(its.bits, {NONE}) end"
        alive = "own.alive and "
    return f"""
  select 'row', '{table.name}', r.{table.key}, r.{table.subject}, null::text, r.{table.datum_column}, {bit}
    from whole w join public.{table.name} r on r.{table.subject} = w.subject_id
    join public.catalog_datum p on p.name = r.{table.datum_column}{join}
   where {alive}get_bit({held}, p.position) = 0 and get_bit(w.hold, p.position) = 0"""


def _record(table: Table, places: dict[str, int]) -> str:
    """Records of which no ground lives, and no hold keeps anything."""
    if table.datum_column:
        hold = f"""
    left join whole o on o.subject_id = d.id
    left join public.catalog_datum p on p.name = r.{table.datum_column}"""
        kept = f"get_bit(coalesce(o.hold, {NONE}), p.position) = 1"
    else:
        hold = _of_record(table)
        kept = f"(h.bits & B'{bits(places, frozenset(table.data.values()))}') <> {NONE}"
    return f"""
  select 'record', '{table.name}', r.{table.key}, r.{table.subject}, null::text,
         coalesce(w.rule, '{NO_RULE}'), w.due
    from due d join public.{table.name} r on r.{table.subject} = d.id
    left join each w on w.record = '{table.record}' and w.record_id = r.{table.key}{hold}
   where w.alive is not true and {kept} is not true"""


def _gone() -> str:
    """Subjects without a ground. An id that the log knows stays, as the id of nobody; one that never was more
    than an account or a staged row goes too.
    """
    nobody = [SUBJECTS, *(t.name for t in catalog.tables() if t.subject and t.open_because)]
    names = ", ".join(f"'{name}'" for name in nobody)
    known = f"select from public.audit_entry e where e.subject_id = s.id and e.table_name not in ({names})"
    return f"""
  select case when exists ({known}) then 'person' else 'subject' end, '{SUBJECTS}', s.id, s.id, null::text,
         coalesce(w.rule, '{NO_RULE}'), w.due
    from whole w join public.{SUBJECTS} s on s.id = w.subject_id
   where not w.alive and s.gone_on is null"""


def _references() -> list[str]:
    """What other people's rows say of somebody who goes. Rows that go themselves need no emptying."""
    done = []
    for table in catalog.tables():
        for column in table.others.values():
            stays = f"""
     and exists (select from public.grounds_ground x join public.grounds_clause c on c.id = x.clause_id
                  where c.record = '{table.record}' and c.status = 'live' and x.record_id = r.{table.key}
                    and coalesce(x.until > %(day)s, true)
                  union all
                  select from public.holds_hold h where h.subject_id = r.{table.subject}
                     and {keeping.lasting(day="%(day)s")} and {keeping.reaching(table)})"""
            done.append(f"""
  select 'reference', '{table.name}', r.{table.key}, r.{table.subject}, '{table.data[column]}',
         coalesce(w.rule, '{NO_RULE}'), w.due
    from whole w join public.{table.name} r on r.{column} = w.subject_id
   where not w.alive{stays if table.record else ""}""")
    return done
