from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.actions.entering import (
    Reader,
    name_columns,
    read_birth_date,
    read_employer,
    read_gender,
    read_language,
    read_municipality,
    read_name,
)
from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.models import Person
from hjemmel.kernel.subjects.refusals import ConflictError, refusals

NAME = ("given_name", "middle_name", "family_name")
READERS: dict[str, Callable[[Reader, Any], str | date | None]] = {
    "birth_date": read_birth_date,
    "gender": read_gender,
    "language": read_language,
    "employer": read_employer,
    "municipality": read_municipality,
}
WITH_SOURCE = ("birth_date", "gender", "employer")


def change(*, person_id: int, version: int, changes: Mapping[str, Any], source: str | None = None) -> int:
    """Write the given fields of a person and no other, and return the row's new version.

    `changes` has names of parts of the name, birth_date, gender, language, employer or municipality; an empty
    value empties the field. Raises Refused, ConflictError where somebody saved first, and PermissionDenied.
    """
    if unknown := changes.keys() - {*NAME, *READERS}:
        message = f"a person has no field {', '.join(sorted(unknown))} to change"
        raise ValueError(message)
    stored = Person.objects.filter(pk=person_id).first()
    if stored is None:
        raise PermissionDenied
    if stored.version != version:
        raise ConflictError(version=stored.version, stored={f: getattr(stored, f) for f in changes})
    columns = {c: v for c, v in _columns(stored, changes, source).items() if getattr(stored, c) != v}
    if not columns:
        return version
    with refusals():
        if Person.objects.filter(pk=person_id, version=version).update(**columns):
            return version + 1
    raise _why_not(person_id, version, changes)


def _columns(stored: Person, changes: Mapping[str, Any], source: str | None) -> dict[str, Any]:
    """What to write, derived columns and sources along."""
    reader = Reader()
    if source is not None and source not in Source.values:
        reader.errors["source"] = _("Choose where this comes from.")
    columns: dict[str, Any] = {
        field: READERS[field](reader, changes[field]) for field in changes.keys() & READERS
    }
    if changes.keys() & set(NAME):
        parts = [changes.get(part, getattr(stored, part)) or "" for part in NAME]
        columns |= name_columns(read_name(reader, *parts))
    reader.done()
    if source is not None:
        columns |= {f"{f}_source": source if columns[f] else None for f in WITH_SOURCE if f in columns}
        if "sort_key" in columns:
            columns["name_source"] = source
    return columns


def _why_not(person_id: int, version: int, changes: Mapping[str, Any]) -> Exception:
    """Nothing was written: somebody was faster, or the actor may change nothing of this person."""
    now = Person.objects.filter(pk=person_id).first()
    if now is None or now.version == version:
        return PermissionDenied()
    return ConflictError(version=now.version, stored={f: getattr(now, f) for f in changes})
