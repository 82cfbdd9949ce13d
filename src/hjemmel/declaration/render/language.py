"""A language of the statement: its sentences, and how it joins, counts and dates.

The sentences of a language lie in texts/statement.<lang>.yaml, those of the record of processing in
texts/record.<lang>.yaml.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from babel import Locale

from hjemmel.declaration.model import LANGUAGES, Text
from hjemmel.declaration.own import contents
from hjemmel.declaration.period import Period


@dataclass(frozen=True)
class Language:
    """One language. `phrases` are sentences with holes, found by dotted path; `instead` are texts with other
    texts that stand for them.
    """

    code: str
    grammar: Mapping[str, Any]
    phrases: Mapping[str, Any]
    instead: Mapping[Text, Text] = field(default_factory=dict)

    def say(self, path: str, /, **values: str) -> str:
        """Return the sentence at a path with its holes filled. Raises KeyError."""
        return str(self.at(path)).format_map(values)

    def at(self, path: str) -> Any:
        """Return what stands at a path: a sentence, a list or a mapping. Raises KeyError."""
        found: Any = self.phrases
        for key in path.split("."):
            found = found[key]
        return found

    def of(self, text: Text) -> str:
        """Return a text of the declaration in this language."""
        return self.instead.get(text, text).of(self.code)

    def all_of(self, items: Sequence[str]) -> str:
        """Join with "and": a, b and c. Where an item itself holds an "and", or one before the last an "or",
        the last is set apart.
        """
        joiner, other = self.grammar["and"], self.grammar["or"]
        plain = [item.partition("(")[0] for item in items]
        crowded = any(joiner in item for item in plain) or any(other in item for item in plain[:-1])
        return _joined(items, self.grammar["beside"] if crowded else joiner)

    def apart(self, items: Sequence[str]) -> str:
        """Join with "and", the last set apart: a, b, and c."""
        return _joined(items, self.grammar["beside"])

    def any_of(self, items: Sequence[str]) -> str:
        """Join with "or": a, b or c."""
        return _joined(items, self.grammar["or"])

    def day(self, day: date) -> str:
        """Return a date in words: 14. mars 2026."""
        month = self.grammar["months"][day.month - 1]
        return str(self.grammar["date"]).format(day=day.day, month=month, year=day.year)

    def country(self, code: str) -> str:
        """Return what a country is called, by its ISO 3166 code."""
        return str(Locale(self.code).territories.get(code, code))

    def period(self, period: Period) -> str:
        """Return a period with small numbers in words: fem år, tre måneder, 30 dager."""
        grammar = self.grammar
        parts: list[str] = []
        for unit, number in (("years", period.years), ("months", period.months), ("days", period.days)):
            small = 2 <= number <= len(grammar["numbers"]) + 1
            said = grammar["numbers"][number - 2] if small else str(number)
            if number:
                one, many = grammar["units"][unit]
                parts.append(f"{grammar['one'][unit]} {one}" if number == 1 else f"{said} {many}")
        return self.all_of(parts)

    def often(self, period: Period) -> str:
        """Return how often something is done at least: minst én gang i året, minst hvert femte år."""
        grammar = self.grammar
        for number, rest, unit in (
            (period.years, (period.months, period.days), "year"),
            (period.months, (period.years, period.days), "month"),
        ):
            if not any(rest) and number == 1:
                return str(grammar[f"each_{unit}"])
            if not any(rest) and 2 <= number <= len(grammar["ordinals"]) + 1:
                return str(grammar[f"each_{unit}s"]).format(ordinal=grammar["ordinals"][number - 2])
        return str(grammar["each_other"]).format(period=self.period(period))


def capital(sentence: str) -> str:
    """Return the sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence: its first letter small, unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def languages() -> tuple[str, ...]:
    """Return the languages the statement can be printed in."""
    folder = resources.files("hjemmel.declaration").joinpath("texts")
    return tuple(lang for lang in LANGUAGES if folder.joinpath(f"statement.{lang}.yaml").is_file())


@cache
def language(code: str) -> Language:
    """Return a language by its code. Raises LookupError naming those there are."""
    if code not in languages():
        message = f"the statement is not written in {code!r} yet, only in: {', '.join(languages())}"
        raise LookupError(message)
    phrases = {**_file(f"statement.{code}"), "record": _file(f"record.{code}")}
    return Language(code, _file("grammar")[code], phrases)


def _file(name: str) -> Mapping[str, Any]:
    return contents(f"texts/{name}.yaml")


def _joined(items: Sequence[str], joiner: str) -> str:
    if len(items) < 2:
        return "".join(items)
    return ", ".join(items[:-1]) + joiner + items[-1]
