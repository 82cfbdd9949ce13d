"""A set of files as they are read: what they declare, what the check finds, the statement line by line."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from hjemmel.declaration import Activity, Declaration, Finding
from hjemmel.declaration.edit import Line, Spot, lines
from hjemmel.declaration.load import sketch
from hjemmel.declaration.render.language import language
from hjemmel.declaration.render.sentences import activity_sentences
from hjemmel.declaration.render.suiting import suited
from hjemmel.faces.look.language import code
from hjemmel.kernel.statement.actions import known


@dataclass(frozen=True)
class Study:
    """`declaration` is None where the files cannot be read as one."""

    declaration: Declaration | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What stands in the way of putting it in force."""
        return self.of_level("error")

    def of_level(self, level: str) -> tuple[Finding, ...]:
        """What is found of one level."""
        return tuple(found for found in self.findings if found.level == level)

    def of_file(self, file: str) -> tuple[Finding, ...]:
        """What is found in one file."""
        return tuple(found for found in self.findings if found.file == file)

    def at(self, spot: Spot, key: str = "") -> tuple[Finding, ...]:
        """What is found at a spot, or at one of its keys."""
        place = ".".join(filter(None, (spot.place, key)))
        return tuple(
            found
            for found in self.of_file(spot.file)
            if not place or found.path == place or found.path.startswith(f"{place}.")
        )

    def lines(self) -> list[Line] | None:
        """The statement in the language of the page, or None where it cannot be printed."""
        return None if self.declaration is None else _lines(self.declaration, code())

    def sentences(self, activity: Activity) -> dict[str, str]:
        """The sentence of every rule of an activity, by id, as far as they can be told."""
        return {} if self.declaration is None else _sentences(self.declaration, activity.name, code())


def study(files: Mapping[str, str]) -> Study:
    """Read and check the files. The same ones are read once."""
    return _study(tuple(sorted(files.items())))


@lru_cache(maxsize=8)
def _study(files: tuple[tuple[str, str], ...]) -> Study:
    return Study(*sketch(dict(files), known()))


@lru_cache(maxsize=12)
def _lines(declaration: Declaration, lang: str) -> list[Line] | None:
    return lines(declaration, lang)


def _sentences(declaration: Declaration, activity: str, lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    words = suited(language(lang), declaration)
    told = activity_sentences(words, declaration, declaration.activity(activity))
    while True:
        try:
            rule, sentence = next(told)
        except (StopIteration, LookupError):
            return found
        found[rule] = sentence
