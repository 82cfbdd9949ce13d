"""Reading JSON-LD against the terms of the W3C Data Privacy Vocabulary 2.3, without the network."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

from pyld import jsonld

LIST = Path(__file__).with_name("dpv-2.3.tsv")
PLACES = {
    "https://w3id.org/dpv/legal/eu/gdpr#": "eu-gdpr:",
    "https://w3id.org/dpv/pd#": "pd:",
    "https://w3id.org/dpv#": "dpv:",
}
BASE = "https://example.org/record"


@dataclass(frozen=True)
class Term:
    """A class or a property; what stands over the one, what the other's values may be."""

    kind: str
    sunset: bool
    above: frozenset[str]


@cache
def terms() -> dict[str, Term]:
    """Every term by its short name, such as `dpv:Purpose`."""
    found = {}
    for line in LIST.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            name, kind, *above = line.split("\t")
            found[name] = Term(kind.split()[-1], "sunset" in kind, frozenset(" ".join(above).split()))
    return found


def expanded(document: Any) -> list[dict[str, Any]]:
    """The nodes as a JSON-LD processor reads them, one for each identifier. Nothing may be fetched."""

    def fetch(url: str, _options: object) -> NoReturn:
        raise AssertionError(f"{url} would be fetched")

    options = {"base": BASE, "documentLoader": fetch}
    nodes: list[dict[str, Any]] = jsonld.flatten(document, None, options)
    return nodes


def faults(document: Any) -> list[str]:
    """What is wrong: a term that is not there or on its way out, one in another's place, a value outside what
    its property takes, and an identifier that leads nowhere.
    """
    nodes = {node["@id"]: node for node in expanded(document)}
    return sorted({fault for node in nodes.values() for fault in _of(node, nodes)})


def _of(node: dict[str, Any], nodes: dict[str, dict[str, Any]]) -> Iterator[str]:
    if not node.get("@type"):
        yield f"{node['@id']} has no type"
    for each in node.get("@type", ()):
        yield from _known(each, "class")
    for name, values in node.items():
        if name.startswith("@"):
            continue
        yield from _known(name, "property")
        takes = _term(name).above
        for value in values:
            target = value.get("@id")
            if target is None:
                continue
            if target.startswith(BASE) and target not in nodes:
                yield f"{target} leads nowhere"
                continue
            types = nodes[target].get("@type", []) if target in nodes else [target]
            if _short(target) != target:
                yield from _known(target, "class")
            if takes and not any(_up(_short(each)) & takes for each in types):
                yield f"{_short(name)} does not take {target}"


def _known(iri: str, kind: str) -> Iterator[str]:
    name = _short(iri)
    if name == iri:
        return
    term = terms().get(name)
    if term is None or term.kind != kind:
        yield f"{name} is no {kind}"
    elif term.sunset:
        yield f"{name} is on its way out"


def _term(iri: str) -> Term:
    return terms().get(_short(iri), Term("", sunset=False, above=frozenset()))


def _up(name: str) -> set[str]:
    """A class with all that stands over it."""
    found, todo = set(), [name]
    while todo:
        one = todo.pop()
        if one not in found:
            found.add(one)
            todo += terms()[one].above if one in terms() else ()
    return found


def _short(iri: str) -> str:
    for place, prefix in PLACES.items():
        if iri.startswith(place):
            return prefix + iri.removeprefix(place)
    return iri
