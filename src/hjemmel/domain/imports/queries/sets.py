"""Rows handed to the database as a set: one JSON text, read by column and type. The web's role has no
temporary tables, and arrays cost more to write down (measured).
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import models

_TYPES: Final = {
    "BigIntegerField": "bigint",
    "ForeignKey": "bigint",
    "OneToOneField": "bigint",
    "PositiveIntegerField": "integer",
    "PositiveSmallIntegerField": "smallint",
    "BooleanField": "boolean",
    "DateField": "date",
    "CharField": "text",
    "TextField": "text",
    "BinaryField": "bytea",
    "JSONField": "jsonb",
    "ArrayField": "text[]",
}


def recordset(model: type[models.Model], columns: Iterable[str]) -> str:
    """Return the SQL of a set `w` with these columns of the model; its one parameter is `as_json`."""
    types = {str(field.column): _TYPES.get(field.get_internal_type()) for field in model._meta.local_fields}
    return f"json_to_recordset(%s::json) w({', '.join(f'{column} {types[column]}' for column in columns)})"


def as_json(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the rows as the parameter of a set."""
    return json.dumps(rows, ensure_ascii=False, default=_written)


def _written(value: date | bytes) -> str:
    return value.isoformat() if isinstance(value, date) else f"\\x{value.hex()}"
