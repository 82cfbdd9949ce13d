"""Masked views in schema `seen`, of the same names as the tables: the app reads these and nothing else.

Not security_barrier: it keeps a join from reaching inside, and protects nothing more here, since every
column is itself an expression over the mask (measured, docs/decisions).
"""

from hjemmel.kernel import catalog
from hjemmel.kernel.access import keyed, masks
from hjemmel.kernel.access.functions import bits
from hjemmel.kernel.catalog import Table


def _columns(table: Table, positions: dict[str, int], where: str) -> str:
    """The columns, each an expression that is NULL wherever the row is not seen: a condition that tells what
    it is given may be asked before `where` is.
    """
    shown = []
    for f in table.model._meta.local_concrete_fields:
        column = str(f.column)
        datum = table.columns[column].datum
        if datum is None and (f.is_relation or f.primary_key):
            shown.append(f"r.{column}")  # keys stay bare, so that joins find an index; they carry no meaning
            continue
        tests = [where] if table.datum_column or datum is None else []
        if datum is not None and datum != catalog.ROW_DATUM:
            tests.append(f"get_bit(v.m, {positions[datum]}) = 1")
        shown.append(f"case when {' and '.join(tests)} then r.{column} end as {column}")
    return ",\n       ".join(shown)


def _view(table: Table, positions: dict[str, int]) -> str:
    subject = f"r.{table.subject}"
    joins = f"cross join lateral ({masks.of_record(table) if table.record else masks.mask(subject)}) v"
    where = "v.m is not null"
    if table.datum_column:
        joins += (
            f" cross join lateral ({masks.mask(subject)}) w"
            if table.record
            else " cross join lateral (select v.m) w"
        )
        where += f" and w.m is not null and get_bit(w.m, kernel.position(r.{table.datum_column})) = 1"
    if table.data and not table.is_person:
        where += f" and (v.m & B'{bits(positions, frozenset(table.data.values()))}') <> {masks.NONE}"
    return (
        f"create view seen.{table.name} as\nselect {_columns(table, positions, where)}\n"
        f"  from public.{table.name} r {joins}\n where {where}"
    )


# The grounds a reader may see: those her duties reach, and all of her own. The unit of a shielded person
# says where she lives. This one is a barrier: its columns are no expressions over a mask, so a condition that
# tells on what it is given must wait for the rows that may be seen. Asked by subject, it stays quick.
GROUNDS = f"""
create view seen.grounds_ground with (security_barrier) as
select g.clause_id, g.record_id, g.subject_id,
       case when not s.shielded or w.shielded then g.unit_id end as unit_id,
       g.since, g.ended, g.until, g.done
  from public.grounds_ground g
  join public.subjects_subject s on s.id = g.subject_id
  join public.units_unit u on u.id = g.unit_id
  cross join lateral (
    select bool_or(x.shielded) as shielded from (
      select d.may_shielded as shielded from public.access_duty d
       where d.clause_id = g.clause_id and {masks.in_force()} and {masks.reaches()}
      union all
      select true from public.grounds_clause c
       where c.id = g.clause_id and c.status = 'live' and g.subject_id = (select kernel.self())
         and (select kernel.purposes()) is not null
         and (g.until is null or g.until > (select kernel.today()))
    ) x) w
 where w.shielded is not null
"""


def statements(positions: dict[str, int]) -> list[str]:
    """The views, made anew: their columns follow the tables."""
    done = [
        "drop schema if exists seen cascade",
        "create schema seen",
        "grant usage, create on schema seen to hjemmel_reader",
    ]
    names = ["grounds_ground"]
    done.append(GROUNDS)
    for table in catalog.tables():
        if table.subject and not table.open_because:
            done.append(_view(table, positions))
            names.append(table.name)
        elif table.app == "key":
            done.append(keyed.view(table))
            names.append(table.name)
    for name in names:
        done.append(f"alter view seen.{name} owner to hjemmel_reader")
        done.append(f"grant select on seen.{name} to hjemmel_app")
    done.append("grant usage on schema seen to hjemmel_app")
    return done
