"""What every check gets: the declaration, where it stands written, and a report to note findings in."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from hjemmel.declaration.findings import Report
from hjemmel.declaration.model import LANGUAGES, Declaration, Text
from hjemmel.declaration.text import Places
from hjemmel.declaration.vocabulary import vocabulary

ORGANISATION = "organisation.yaml"
UNITS = "units.yaml"
OFFICES = "offices.yaml"
RECIPIENTS = "recipients.yaml"


@dataclass(frozen=True, slots=True)
class Case:
    """One declaration under examination."""

    declaration: Declaration
    report: Report
    places: Places

    @property
    def reveals(self) -> Text | None:
        """What merely belonging to the organisation reveals, in words; None where it reveals nothing."""
        special = vocabulary().special
        names = [name for name in self.declaration.organisation.reveals if name in special]
        if not names:
            return None
        return Text(*(", ".join(special[name].of(lang) for name in names) for lang in LANGUAGES))

    def add(
        self,
        code: str,
        file: str,
        path: str = "",
        *,
        item: str = "",
        allowed: Iterable[str] = (),
        **values: object,
    ) -> None:
        """Note a finding at a path of a file, or at `item` in the list there."""
        self.report.add(code, self.places.find(file, path, item), allowed, **values)


def file_of(activity_name: str) -> str:
    """Return the file an activity is written in."""
    return f"activities/{activity_name}.yaml"


def near(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names most like one that is not among them: the same group first, then those spelt alike."""
    known = sorted(names)
    group = name.partition(".")[0]
    alike = get_close_matches(name, known, n=3, cutoff=0.5)
    return tuple(dict.fromkeys([*alike, *(found for found in known if found.partition(".")[0] == group)]))[:6]
