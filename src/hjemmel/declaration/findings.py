"""Findings: what is wrong with a declaration, where, what is allowed and what to do.

They are part of the product. The texts lie in texts/findings.yaml, in three languages, under codes that never
change meaning; the code here knows no sentence.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hjemmel.declaration.model import Text
from hjemmel.declaration.own import contents
from hjemmel.declaration.period import Period

FOLDED = {"H094"}  # there may be very many; shown together they are one
LEVELS = ("error", "warning", "advice")
WORD = "~"  # begins a value that is itself a word of the catalogue, such as the kind of a YAML value


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file; line and column count from 1, and are 0 where a value comes from no file."""

    file: str
    line: int
    column: int
    path: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `message` and `do` are in bokmål; `said(lang)` gives them in another language."""

    code: str
    level: str
    file: str
    line: int
    column: int
    path: str
    message: str
    allowed: tuple[str, ...]
    do: str
    values: tuple[tuple[str, str], ...] = ()

    def said(self, lang: str) -> tuple[str, str]:
        """Return the message and what to do, in nb, nn or en."""
        return _said(self.code, lang, dict(self.values))

    def __str__(self) -> str:
        """Return the finding as a terminal shows it, in bokmål."""
        where = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        allowed = f"\n    Lov å bruke: {', '.join(self.allowed)}." if self.allowed else ""
        return f"{where} {self.code} {self.message}{allowed}\n    {self.do}"


def folded(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings as people read them: those of a kind there may be very many of as one, in place
    of the first, which lists what they name.
    """
    all_of, kept = list(found), dict[object, Finding]()
    for number, each in enumerate(all_of):
        key = (each.code, each.file) if each.code in FOLDED else number
        kept[key] = _joined(kept[key], each) if key in kept else each
    return tuple(kept.values())


def _joined(first: Finding, other: Finding) -> Finding:
    held, more = dict(first.values), dict(other.values)
    values = {**held, "name": f"{held['name']}, {more['name']}", "several": "yes"}
    message, do = _said(first.code, "nb", values)
    return replace(first, message=message, do=do, values=tuple(sorted(values.items())))


class DeclarationError(ValueError):
    """Raised when a declaration cannot be used. `findings` holds all that was found, warnings too."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


class Report:
    """Collects findings while a declaration is read or checked."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    def add(self, code: str, place: Place, allowed: Iterable[str] = (), **values: object) -> None:
        """Note a finding of this code at this place; `values` fill the text of the code."""
        filled = {name: said for key, value in values.items() for name, said in _filled(key, value)}
        message, do = _said(code, "nb", filled)
        self.findings.append(
            Finding(
                code=code,
                level=levels()[code],
                file=place.file,
                line=place.line,
                column=place.column,
                path=place.path,
                message=message,
                allowed=tuple(allowed),
                do=do,
                values=tuple(sorted(filled.items())),
            )
        )

    def drop(self, code: str, file: str) -> bool:
        """Take away what was noted of this code in a file. Returns whether there was anything."""
        left = [found for found in self.findings if (found.code, found.file) != (code, file)]
        dropped = len(left) < len(self.findings)
        self.findings = left
        return dropped

    @property
    def failed(self) -> bool:
        """Whether anything found makes the declaration unusable."""
        return any(finding.level == "error" for finding in self.findings)


@cache
def _catalogue(name: str) -> Mapping[str, Mapping[str, Any]]:
    return contents(f"texts/{name}.yaml")


@cache
def levels() -> Mapping[str, str]:
    """Return every code there is, with its level."""
    return {code: entry["level"] for code, entry in _catalogue("findings").items()}


def explained(code: str, lang: str = "en") -> tuple[str, str]:
    """Return what a code means and what to do, with the names of what is filled in."""
    message, do = _catalogue("findings")[code][lang]
    return message, do


def _filled(name: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield a value under its name, and under that with @nn and @en where it is said otherwise there."""
    if isinstance(value, Period):
        value = Text(value.in_words("nb"), value.in_words("nn"), value.in_words("en"))
    if isinstance(value, Text):
        yield name, value.nb
        yield f"{name}@nn", value.of("nn")
        yield f"{name}@en", value.of("en")
    else:
        yield name, str(value)


def _said(code: str, lang: str, values: Mapping[str, str]) -> tuple[str, str]:
    entry = _catalogue("findings")[code]
    message, do = entry["several"][lang] if "several" in values else entry[lang]
    words = _catalogue("kinds")[lang]
    filled = {
        name: words[value[1:]] if value.startswith(WORD) and value[1:] in words else value
        for name, nb in values.items()
        for value in [values.get(f"{name}@{lang}", nb)]
    }
    return message.format_map(filled), do.format_map(filled)
