"""Giving data away, and telling whoever got them that somebody is gone."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from hjemmel.declaration import Declaration
from hjemmel.kernel import catalog
from hjemmel.kernel.catalog import Shown
from hjemmel.kernel.disclosure.files import written
from hjemmel.kernel.disclosure.queries import HINDRANCES, Choice
from hjemmel.kernel.grounds.queries import in_force
from hjemmel.kernel.subjects.refusals import Refused, Sentence, refusals

CONSTRAINTS: dict[str, tuple[str, Sentence]] = {
    f"disclosure_{why}": ("rule", sentence) for why, sentence in HINDRANCES.items()
}


@dataclass(frozen=True, slots=True)
class File:
    """What was given: the number it stands under, how many lines, and the file itself, line by line."""

    number: int
    lines: int
    content: Iterator[bytes] = field(repr=False)


def disclose(choice: Choice) -> File:
    """Give away what the rule declares, of those chosen, and write that it was done, with a line of the log
    for each person. Raises PermissionDenied where the actor's duties do not let her, and Refused (rule, or no
    field where there is nobody to give).
    """
    with refusals(CONSTRAINTS), connection.cursor() as cursor:
        cursor.execute(
            "select disclosure, line, cells from kernel.disclose(%s, %s, %s, %s, %s)",
            [choice.rule, choice.unit_id, choice.subject_id, choice.fresh, choice.shielded],
        )
        rows: list[tuple[int, int, list[str | None]]] = cursor.fetchall()
    if not rows:
        raise Refused({"": _("There is nobody to give of.")})
    columns = _columns(choice.rule)
    headings = [_("Line"), *(str(shown.title) for _place, shown in columns)]
    told = _Telling(in_force())
    lines = (
        [str(line), *(told.cell(shown, cells[place]) for place, shown in columns)] for _n, line, cells in rows
    )
    return File(rows[0][0], len(rows), written(headings, lines))


def tell(number: int) -> int:
    """Note that the recipient of a disclosure was told today which lines are of persons gone since, and
    return how many lines. Raises PermissionDenied.
    """
    with refusals(), connection.cursor() as cursor:
        cursor.execute("select kernel.disclosure_tell(%s)", [number])
        return int(cursor.fetchone()[0])


def _columns(rule: str) -> list[tuple[int, Shown]]:
    """The columns of what a rule gives, each with its place among all that there are."""
    activity = in_force().activity(rule.partition("/")[0])
    declared = next(each for each in activity.recipients if each.id == rule)
    given = set(activity.subset(declared.data))
    every = [(each.datum, shown) for each in catalog.handings() for shown in each.columns]
    return [(place, shown) for place, (datum, shown) in enumerate(every) if datum in given]


class _Telling:
    """Values as words."""

    def __init__(self, declaration: Declaration) -> None:
        lang = (get_language() or "nb").split("-")[0]
        self.offices = {office.name: office.title.of(lang) for office in declaration.offices}

    def cell(self, shown: Shown, value: str | None) -> str:
        if value is None:
            return ""
        if shown.offices:
            return self.offices.get(value, value)
        return str(shown.words.get(value, value))
