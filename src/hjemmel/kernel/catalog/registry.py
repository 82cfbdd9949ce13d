"""The catalog itself: filled by `personal.py` while Django starts, read ever after."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import models

ROW_DATUM = "row"  # the column holds the datum that the row's own `datum_column` names


class CatalogError(Exception):
    """Raised while starting, when a `personal.py` names what is not there or says a thing twice."""


@dataclass(frozen=True, slots=True)
class Column:
    """A stored column: either it holds a datum, or it is plain for a stated reason."""

    name: str
    datum: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A day in a record's life as SQL over the row `r`; `via` = (key column, other table) where the
    date stands in a table that the record points to. `column`, `moment` (a time, not a date) and
    `day_after` say the same without SQL, for whoever reads the rows for herself.
    """

    name: str
    table: str
    sql: str
    column: str
    via: tuple[str, str] | None = None
    moment: bool = False
    day_after: bool = False


@dataclass(frozen=True, slots=True)
class Condition:
    """A named yes-or-no over the row `r` of one record table; `reading` says it once more in Python, over
    the row's columns, so that the check of the ledger shares no SQL with what it checks.
    """

    name: str
    table: str
    sql: str
    columns: tuple[str, ...]
    reading: Callable[[Mapping[str, Any]], bool]


@dataclass(frozen=True, slots=True)
class Limits:
    """What the web role may put into an open table and change in it: as SQL what a new row must be
    (`put`), a row before a change (`before`) and after it (`after`). Only `columns` change.
    """

    put: str
    before: str
    after: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table: whose rows they are, which column holds which datum, and what record it makes."""

    model: type[models.Model]
    name: str
    key: str
    columns: Mapping[str, Column]
    subject: str | None = None
    unit: str | None = None
    record: str | None = None
    since: str | None = None
    ended: str | None = None
    reviewed: str | None = None
    others: Mapping[str, str] = field(default_factory=dict)
    datum_column: str | None = None
    log_each: bool = True
    sealed: tuple[str, ...] = ()
    entry: frozenset[str] = frozenset()
    secret: frozenset[str] = frozenset()
    lined: frozenset[str] = frozenset()
    open_because: str = ""
    app: str = "select"
    limits: Limits | None = None
    rows: str = "true"

    @property
    def data(self) -> dict[str, str]:
        """Column → datum, for the columns that hold one and the same in every row."""
        return {c.name: c.datum for c in self.columns.values() if c.datum and c.datum != ROW_DATUM}

    @property
    def row_data(self) -> list[str]:
        """The columns that hold what the row's `datum_column` names."""
        return [c.name for c in self.columns.values() if c.datum == ROW_DATUM]

    @property
    def is_person(self) -> bool:
        """True where the row is the subject itself (its key is the subject's id)."""
        return self.subject == self.key

    @property
    def is_foreign(self) -> bool:
        """True where another program makes the table, so that it may not be there yet."""
        return self.model is models.Model


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside the database and follows it: copies in files, say. `clear` takes away what the rows
    no longer call for, and returns how much that was.
    """

    name: str
    because: str
    clear: Callable[[], int]


_tables: dict[str, Table] = {}
_events: dict[str, Event] = {}
_conditions: dict[str, Condition] = {}
_elsewhere: dict[str, str] = {}
_makers: list["Maker"] = []
_outside: dict[str, Outside] = {}

Maker = Callable[[Mapping[str, int]], Iterable[str]]


def _column(model: type[models.Model], name: str) -> str:
    try:
        column: str | None = model._meta.get_field(name).column  # type: ignore[union-attr]
    except Exception as error:
        message = f"{model.__name__} has no field “{name}”."
        raise CatalogError(message) from error
    if column is None:
        message = f"{model.__name__}.{name} is no column."
        raise CatalogError(message)
    return column


def _columns(
    model: type[models.Model], data: Mapping[str, str], plain: Mapping[str, str]
) -> dict[str, Column]:
    columns = {_column(model, f): Column(_column(model, f), datum=d) for f, d in data.items()}
    for name, reason in plain.items():
        column = _column(model, name)
        if column in columns:
            message = f"{model.__name__}.{name} is both data and plain."
            raise CatalogError(message)
        columns[column] = Column(column, reason=reason)
    return columns


def table(
    model: type[models.Model],
    *,
    subject: str,
    data: Mapping[str, str] | None = None,
    plain: Mapping[str, str] | None = None,
    unit: str | None = None,
    record: str | None = None,
    since: str | None = None,
    ended: str | None = None,
    reviewed: str | None = None,
    others: Mapping[str, str] | None = None,
    datum_column: str | None = None,
    log_each: bool = True,
    sealed: tuple[str, ...] = (),
    entry: tuple[str, ...] = (),
    secret: tuple[str, ...] = (),
    lined: tuple[str, ...] = (),
    before_actor: str = "",
    by_hand: bool = True,
) -> None:
    """Enter a table with rows about subjects. With `record` its rows make grounds; without, they are data
    that grounds must hold.

    `reviewed` is the field with the day on which somebody last looked over what has no end yet.
    `others` are keys to further subjects, emptied when those go. Where the rows hold different data,
    `datum_column` says which, and `sealed` which it may say. With `log_each` off (staging, the log's own
    values) the log counts what goes, a line a statement, instead of naming each row. `before_actor` says
    why the table must be read before any actor is known (accounts): it has a key instead of a mask.
    `entry` are fields the register itself fills when a record is made, whatever the officer may change. Of
    `secret` fields the log says that they changed, and never what they were; changes of `lined` fields have
    lines of a kind of their own, by another trigger, and only their going is told here. With `by_hand` off
    nobody writes a row, whatever her duties: triggers do.
    """
    _put(
        Table(
            model=model,
            name=model._meta.db_table,
            key=str(model._meta.pk.column),
            subject=_column(model, subject),
            unit=_column(model, unit) if unit else None,
            record=record,
            since=since,
            ended=ended,
            reviewed=_column(model, reviewed) if reviewed else None,
            columns=_columns(model, data or {}, plain or {}),
            others={role: _column(model, f) for role, f in (others or {}).items()},
            datum_column=_column(model, datum_column) if datum_column else None,
            log_each=log_each,
            sealed=sealed,
            entry=frozenset(_column(model, f) for f in entry),
            secret=frozenset(_column(model, f) for f in secret),
            lined=frozenset(_column(model, f) for f in lined),
            open_because=before_actor,
            app="key" if before_actor else "masked" if by_hand else "seen",
        )
    )


def open_table(
    model: type[models.Model],
    *,
    because: str,
    plain: Mapping[str, str],
    data: Mapping[str, str] | None = None,
    app: str = "select",
    limits: Limits | None = None,
    rows: str = "true",
) -> None:
    """Enter a table without rows of its own about subjects (units, rules, counts), or whose rows hang on a
    row of another table and go with it (sessions on accounts): no mask, and `because` says why.
    `app` is what the web role may do with it: "none", "select", "append" (and read the id),
    "limited" (to read, and to write within `limits`), or "own" (to read and write the rows that it holds the
    key of). `rows` is a test in SQL, where not everybody reads every row.
    """
    pk = model._meta.pk
    _put(
        Table(
            model=model,
            name=model._meta.db_table,
            key=getattr(pk, "column", None) or "",
            columns=_columns(model, data or {}, plain),
            open_because=because,
            app=app,
            limits=limits,
            rows=rows,
        )
    )


def foreign_table(name: str, *, because: str, columns: Mapping[str, str], app: str = "none") -> None:
    """Enter a table that another program makes in our database (migrations, the job queue), column by
    column, each with the reason why it holds nothing of a person. `app` as in `open_table`.
    """
    _put(
        Table(
            model=models.Model,
            name=name,
            key="",
            columns={column: Column(column, reason=reason) for column, reason in columns.items()},
            open_because=because,
            app=app,
        )
    )


def _put(entry: Table) -> None:
    if entry.name in _tables:
        message = f"{entry.name} is entered twice in the catalog."
        raise CatalogError(message)
    _tables[entry.name] = entry


def event(name: str, model: type[models.Model], *, on: str, day_after: bool = False) -> None:
    """Enter an event: the day in `on` (a field, or `key__field` in the table it points to). With
    `day_after` the field is the last day itself, so the event is the day after it.
    """
    key, _, other = on.partition("__")
    via = None
    if other:
        relation = model._meta.get_field(key)
        target = relation.related_model
        if not (isinstance(target, type) and issubclass(target, models.Model)):
            message = f"{model.__name__}.{key} points to no table."
            raise CatalogError(message)
        via = (_column(model, key), target._meta.db_table)
        value = f"x.{_column(target, other)}"
        leaf: Any = target._meta.get_field(other)
    else:
        value = f"r.{_column(model, key)}"
        leaf = model._meta.get_field(key)
    if isinstance(leaf, models.DateTimeField):
        value = f"({value} at time zone 'Europe/Oslo')::date"
    moment = isinstance(leaf, models.DateTimeField)
    if day_after:
        value = f"({value} + 1)"
    if via:
        value = f"(select {value} from public.{via[1]} x where x.id = r.{via[0]})"
    if name in _events:
        message = f"Event {name} is entered twice."
        raise CatalogError(message)
    _events[name] = Event(
        name=name,
        table=model._meta.db_table,
        sql=value,
        column=leaf.column,
        via=via,
        moment=moment,
        day_after=day_after,
    )


def condition(
    name: str,
    model: type[models.Model],
    *,
    sql: str,
    columns: tuple[str, ...],
    reading: Callable[[Mapping[str, Any]], bool],
) -> None:
    """Enter a named condition over the row `r`, as SQL and as a `reading` of the row's `columns`."""
    places = tuple(_column(model, name) for name in columns)
    _conditions[name] = Condition(name, model._meta.db_table, sql, places, reading)


def elsewhere(datum: str, *, reason: str) -> None:
    """Enter a datum that no column holds: it follows from others, or lies where no person is named."""
    _elsewhere[datum] = reason


def statements(maker: Maker) -> Maker:
    """Enter SQL of an app's own: `maker` gets the place of every datum and returns statements that are safe
    to run again. They run after migrate, when tables, masks and policies stand.
    """
    if maker not in _makers:
        _makers.append(maker)
    return maker


def further_statements(positions: Mapping[str, int]) -> list[str]:
    """The statements that the apps entered, in the order of the apps."""
    return [statement for maker in _makers for statement in maker(positions)]


def outside(name: str, *, because: str, clear: Callable[[], int]) -> None:
    """Enter what lies outside the database, `because` it is needed there. Every run of the sweep ends with
    `clear`, as the keeper, when what was due in the database has gone.
    """
    _outside[name] = Outside(name, because, clear)


def outsides() -> Iterable[Outside]:
    """Everything that lies outside the database, by name."""
    return [_outside[name] for name in sorted(_outside)]


def tables() -> Iterable[Table]:
    """Every table in the catalog, by name."""
    return [_tables[name] for name in sorted(_tables)]


def records() -> Iterable[Table]:
    """The tables whose rows make grounds."""
    return [t for t in tables() if t.record]


def find(name: str) -> Table | None:
    """The table of that name, or None."""
    return _tables.get(name)


def events(table_name: str) -> list[Event]:
    """The events of one table."""
    return [e for e in _events.values() if e.table == table_name]


def conditions(table_name: str) -> list[Condition]:
    """The conditions of one table."""
    return [c for c in _conditions.values() if c.table == table_name]


def known() -> dict[str, frozenset[str]]:
    """What a declaration may name: records, events, conditions and data."""
    return {
        "records": frozenset(t.record for t in tables() if t.record),
        "reviewed": frozenset(t.record for t in tables() if t.record and t.reviewed),
        "events": frozenset(_events),
        "conditions": frozenset(_conditions),
        "data": frozenset(d for t in tables() for d in (*t.data.values(), *t.sealed)) | _elsewhere.keys(),
    }
