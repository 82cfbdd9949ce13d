"""What an action answers when it does not write: refused and why, changed meanwhile, or not yours.

Unknown and unseen are the same answer, so that nobody learns who else is in the register.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, NoReturn

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hjemmel.kernel.clock import days

INSUFFICIENT_PRIVILEGE = "42501"
NO_GROUND, HELD = "datum_has_ground", "hold_keeps"

Sentence = str | Promise


class Refused(Exception):  # noqa: N818 - `except Refused` says what it is
    """Nothing was written; `errors` holds a sentence per field in the language in use, under "" one that
    concerns the whole.
    """

    def __init__(self, errors: Mapping[str, Sentence]) -> None:
        self.errors = {field: str(sentence) for field, sentence in errors.items()}
        super().__init__(", ".join(field or "all" for field in errors))  # never the values typed


class ConflictError(Exception):
    """Somebody saved first. `stored` is what the sent fields hold now, `version` the row's present one."""

    def __init__(self, *, version: int, stored: Mapping[str, Any]) -> None:
        self.version = version
        self.stored = dict(stored)
        super().__init__(f"changed meanwhile, now version {version}")


@contextmanager
def refusals(constraints: Mapping[str, tuple[str, Sentence]] | None = None) -> Iterator[None]:
    """Write in a savepoint and turn the database's refusal into ours, without the values it names.

    `constraints` tells, by the constraint's name, the field and the sentence. Raises PermissionDenied where
    policies or guards refuse, Refused where a constraint does; any other fault of the database as it is.
    """
    try:
        with transaction.atomic():
            yield
    except DatabaseError as error:
        _tell(error, constraints or {})


def broken(error: DatabaseError) -> str:
    """Return the name of the constraint that refused, "" where none did."""
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", None) or ""


def _tell(error: DatabaseError, constraints: Mapping[str, tuple[str, Sentence]]) -> NoReturn:
    cause = error.__cause__
    if getattr(cause, "sqlstate", None) == INSUFFICIENT_PRIVILEGE:
        raise PermissionDenied(str(_("Your duties do not let you do this."))) from None
    name = broken(error)
    if name == NO_GROUND:
        said = _("The register has no ground for holding this about this person.")
        raise Refused({constraints.get(name, ("", said))[0]: constraints.get(name, ("", said))[1]}) from None
    if name == HELD:
        said = _(
            "This is held back from deletion for now, and stays as it is. Ask whoever handles requests about"
            " personal data."
        )
        raise Refused({"": said}) from None
    if name in constraints:
        field, sentence = constraints[name]
        raise Refused({field: sentence}) from None
    if name.endswith(days.ENDING):
        years = {"first": days.FIRST.year, "last": days.LAST.year}
        raise Refused({"": _("The dates must lie between %(first)s and %(last)s.") % years}) from None
    raise error
