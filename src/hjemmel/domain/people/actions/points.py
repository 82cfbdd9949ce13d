from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from hjemmel.domain.people.actions.entering import Reader, address_columns
from hjemmel.domain.people.enums import Source
from hjemmel.domain.people.formats import email, phone, postal
from hjemmel.domain.people.models import ContactPoint, Email, Person, Phone, PostalAddress
from hjemmel.kernel import clock
from hjemmel.kernel.access.reasons import because
from hjemmel.kernel.subjects.refusals import ConflictError, Refused, refusals

MODELS: dict[str, type[ContactPoint]] = {"email": Email, "phone": Phone, "address": PostalAddress}
TYPED = {
    "email": ("address",),
    "phone": ("number",),
    "address": ("lines", "postcode", "place", "country"),
}
PLAIN = ("kind", "main", "from_date", "to_date")

# Why a contact point is removed, as the log says it; never free words, which could tell of the person.
WHY = ("wrong", "out_of_use", "asked")


def add_email(*, person_id: int, address: str, kind: str = "private", main: bool = True, source: str) -> int:
    """Add an e-mail address and return its id. Raises Refused (address, kind, source), PermissionDenied."""
    return _add("email", person_id, {"address": address}, kind=kind, main=main, source=source)


def add_phone(*, person_id: int, number: str, kind: str = "private", main: bool = True, source: str) -> int:
    """Add a phone number and return its id. Raises Refused (number, kind, source), PermissionDenied."""
    return _add("phone", person_id, {"number": number}, kind=kind, main=main, source=source)


def add_address(
    *,
    person_id: int,
    lines: Sequence[str],
    postcode: str = "",
    place: str = "",
    country: str = "",
    kind: str = "private",
    main: bool = True,
    source: str,
) -> int:
    """Add a postal address and return its id. Raises Refused (lines, kind, source), PermissionDenied."""
    typed = {"lines": lines, "postcode": postcode, "place": place, "country": country}
    return _add("address", person_id, typed, kind=kind, main=main, source=source)


def change_point(
    *, model: str, point_id: int, version: int, changes: Mapping[str, Any], source: str | None = None
) -> int:
    """Write the given fields of a contact point and return its new version. `model` is email, phone or
    address; an address changes whole: give all of lines, postcode, place and country.

    Raises Refused, ConflictError and PermissionDenied.
    """
    if unknown := changes.keys() - {*TYPED[model], *PLAIN}:
        message = f"a contact point ({model}) has no field {', '.join(sorted(unknown))} to change"
        raise ValueError(message)
    row = _current(model, point_id, version, changes)
    columns = {field: changes[field] for field in PLAIN if field in changes}
    reader = Reader()
    if changes.keys() & set(TYPED[model]):
        columns |= _read(model, changes, reader)
    _check(reader, columns.get("kind", row.kind), source)
    _check_dates(reader, columns.get("from_date", row.from_date), columns.get("to_date", row.to_date))
    reader.done()
    if source is not None:
        columns["source"] = source
    with refusals():
        if columns.get("main"):
            _demote(model, row.subject_id, but=point_id)
        if MODELS[model]._default_manager.filter(pk=point_id, version=version).update(**columns):  # noqa: SLF001
            return version + 1
    _current(model, point_id, version, changes)
    raise PermissionDenied


def remove_point(*, model: str, point_id: int, version: int, why: str) -> None:
    """Remove a contact point. `why` is wrong, out_of_use or asked, and stands in the log.

    Raises Refused (why), ConflictError and PermissionDenied.
    """
    if why not in WHY:
        raise Refused({"why": _("Choose why.")})
    _current(model, point_id, version, {})
    with refusals(), because(f"rectification:{why}"):
        gone, _by_model = MODELS[model]._default_manager.filter(pk=point_id, version=version).delete()  # noqa: SLF001
    if not gone:
        raise PermissionDenied


def _add(model: str, person_id: int, typed: Mapping[str, Any], *, kind: str, main: bool, source: str) -> int:
    if not Person.objects.filter(pk=person_id).exists():
        raise PermissionDenied
    reader = Reader()
    columns = _read(model, typed, reader)
    _check(reader, kind, source)
    reader.done()
    if MODELS[model]._default_manager.filter(subject_id=person_id, **_same(model, columns)).exists():  # noqa: SLF001
        raise Refused({TYPED[model][0]: _("This stands here already.")})
    with refusals():
        if main:
            _demote(model, person_id)
        row = MODELS[model]._default_manager.create(  # noqa: SLF001 the documented way to a manager
            subject_id=person_id, kind=kind, main=main, from_date=clock.today(), source=source, **columns
        )
    return row.pk


def _read(model: str, typed: Mapping[str, Any], reader: Reader) -> dict[str, Any]:
    """The columns that what was typed fills; the reader has what is wrong with it."""
    columns: dict[str, Any] = {}
    if model == "email" and (address := reader.field("address", lambda: email.parse(typed["address"]))):
        columns = {"address": address.address, "matching": address.key}
    elif model == "phone" and (number := reader.field("number", lambda: phone.parse(typed["number"]))):
        columns = {"number": number.e164}
    elif model == "address":
        parts = {part: typed.get(part, "") for part in ("postcode", "place", "country")}
        whole = reader.field("lines", lambda: postal.parse(typed["lines"], **parts))
        if whole is None:
            reader.errors.setdefault("lines", _("The address is empty."))
        else:
            columns = dict(address_columns(whole))
    return columns


def _same(model: str, columns: dict[str, Any]) -> dict[str, Any]:
    """What makes one like another: an e-mail address is compared without case."""
    return {"matching": columns["matching"]} if model == "email" else columns


def _check(reader: Reader, kind: str | None, source: str | None) -> None:
    if kind not in ContactPoint.Kind.values:
        reader.errors["kind"] = _("Choose a kind.")
    if source is not None and source not in Source.values:
        reader.errors["source"] = _("Choose where this comes from.")


def _check_dates(reader: Reader, start: date | None, stop: date | None) -> None:
    if start is not None and stop is not None and stop < start:
        reader.errors["to_date"] = _("The last day cannot be before the first.")


def _current(model: str, point_id: int, version: int, changes: Mapping[str, Any]) -> ContactPoint:
    """The row as it is. Raises PermissionDenied for one she does not see, ConflictError for a newer one."""
    row = MODELS[model]._default_manager.filter(pk=point_id).first()  # noqa: SLF001
    if row is None:
        raise PermissionDenied
    if row.version != version:
        raise ConflictError(version=row.version, stored={f: getattr(row, f) for f in changes})
    return row


def _demote(model: str, person_id: int, but: int | None = None) -> None:
    """Let no other of the person's be the main one."""
    rows = MODELS[model]._default_manager  # noqa: SLF001 the documented way to a manager
    others = set(rows.filter(subject_id=person_id, main=True).values_list("pk", flat=True)) - {but}
    rows.filter(pk__in=others).update(main=False)
