"""Names compared: folded as they are searched, so that Aase is Åse and Soerensen is Sørensen."""

from dataclasses import dataclass
from functools import lru_cache

from hjemmel.domain.people.formats.name import search_key


@dataclass(frozen=True, slots=True, repr=False)
class Folded:
    """A name for comparing only: the whole of it, its first word, and given and family names apart."""

    whole: str
    first: str
    given: frozenset[str]
    family: str


def fold(given: str | None, middle: str | None, family: str | None) -> Folded:
    """Return the name folded. A name of one part is a given name."""
    whole = search_key(" ".join(part for part in (given, middle, family) if part))
    last = _family(family) if family and (given or middle) else ""
    own = whole.removesuffix(last).strip() if last else whole
    words = own.split()
    return Folded(whole, words[0] if words else "", frozenset(words), last)


@lru_cache(maxsize=10_000)
def _family(family: str) -> str:
    return search_key(family)


def same(one: Folded, other: Folded) -> bool:
    """Whether every word is the same."""
    return bool(one.whole) and one.whole == other.whole


def like(one: Folded, other: Folded) -> bool:
    """Whether one name is the other, perhaps with fewer given names: Kari Nordli, Kari Moen Nordli."""
    if same(one, other):
        return True
    if not one.whole or one.family != other.family or one.first != other.first:
        return False
    return one.given <= other.given or other.given <= one.given


def share(one: Folded, other: Folded) -> bool:
    """Whether they have a given name in common, as when somebody has married. A family name says nothing:
    brothers and sisters have it too, and twins the birth date.
    """
    return bool(one.given & other.given)
