"""Writing a piece of a declaration back into its text, with the rest of the text as it was.

The tree is changed and written anew with comments and quotes kept; then only the lines that the change itself
brought are taken over, so that a list somebody broke into lines stays so. What comes out is read once more:
where that gives anything else, the text as it was written anew counts.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from hjemmel.declaration.edit.spots import Spot, Step

Value = Any  # what a form gives: text, truth, day, list, mapping; None takes a key away
_WIDTH = 100_000
_WORD = re.compile(r"[a-z][a-z0-9_.*-]*|\d\.\d\.[a-z]|P[0-9YMD]+|H\d{3}", re.ASCII)
_NOT_TEXT = frozenset({"no", "yes", "on", "off", "null", "true", "false", "y", "n"})


class UnreadableError(ValueError):
    """The text is no YAML, or has nothing at that place: there is nothing to change a piece of."""


def value_at(text: str, path: Iterable[Step]) -> Value:
    """Return what stands at a path as plain values, or None where nothing does. Raises UnreadableError."""
    try:
        return _plain(_find(_load(text), path))
    except UnreadableError:
        _load(text)
        return None


def put(text: str, spot: Spot, values: Mapping[str, Value]) -> str:
    """Return the text with these keys of the mapping at `spot` set, and those that are None taken away.

    Raises UnreadableError.
    """
    tree = _load(text)
    node = _find(tree, spot.path)
    if not isinstance(node, CommentedMap):
        raise UnreadableError(spot.address)
    _merge(node, values, list(spot.keys))
    return _written(text, tree)


def add(text: str, spot: Spot, values: Mapping[str, Value], name: str = "") -> str:
    """Return the text with one more entry in what `spot` lists, under `name` where it lists by name.

    A second duty of an office makes a list of the two. Raises UnreadableError.
    """
    tree = _load(text) if text.strip() else CommentedMap()
    above = _find(tree, spot.path[:-1]) if spot.path else tree
    entry = _made({key: value for key, value in values.items() if value is not None})
    if not isinstance(above, CommentedMap):
        raise UnreadableError(spot.address)
    if spot.path and spot.path[-1] not in above:
        above[spot.path[-1]] = CommentedSeq() if spot.lists == "shapes" else CommentedMap()
    held = above[spot.path[-1]] if spot.path else tree
    if spot.lists == "shapes" and isinstance(held, CommentedSeq):
        held.append(entry)
    elif isinstance(held, CommentedMap) and spot.lists == "duties" and name in held:
        there = held[name]
        if isinstance(there, CommentedSeq):
            there.append(entry)
        else:
            held[name] = CommentedSeq([there, entry])
    elif isinstance(held, CommentedMap):
        held[name] = entry
    else:
        raise UnreadableError(spot.address)
    return _written(text, tree)


def file_of(values: Mapping[str, Value]) -> str:
    """Return the text of a new file: a key a line, and of what is named an entry a line."""
    tree = CommentedMap()
    for key, value in values.items():
        if isinstance(value, Mapping) and all(isinstance(inner, Mapping) for inner in value.values()):
            tree[key] = CommentedMap({name: _made(inner) for name, inner in value.items()})
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            tree[key] = CommentedSeq([_made(inner) for inner in value])
        else:
            tree[key] = _made(value)
    return _dump(tree)


def remove(text: str, path: Sequence[Step]) -> str:
    """Return the text without what stands at a path; a list or mapping left empty goes with it.

    Raises UnreadableError.
    """
    tree = _load(text)
    above = _find(tree, path[:-1])
    try:
        del above[path[-1]]
    except (KeyError, IndexError, TypeError) as error:
        raise UnreadableError(".".join(map(str, path))) from error
    if isinstance(above, CommentedSeq) and len(above) == 1 and len(path) > 2 and path[-3] == "duties":
        _find(tree, path[:-2])[path[-2]] = above[0]
    elif not above and len(path) > 1:
        return _written(text, _without(tree, path[:-1]))
    return _written(text, tree)


def _without(tree: Any, path: Sequence[Step]) -> Any:
    del _find(tree, path[:-1])[path[-1]]
    return tree


def _yaml() -> YAML:
    yaml = YAML(typ="rt", pure=True)
    yaml.width = _WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    return yaml


def _load(text: str) -> Any:
    try:
        tree = _yaml().load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        raise UnreadableError(str(type(error).__name__)) from error
    if not isinstance(tree, CommentedMap):
        raise UnreadableError("mapping")
    return tree


def _dump(tree: Any) -> str:
    out = StringIO()
    _yaml().dump(tree, out)
    return out.getvalue()


def _find(tree: Any, path: Iterable[Step]) -> Any:
    for step in path:
        try:
            tree = tree[step]
        except (KeyError, IndexError, TypeError) as error:
            raise UnreadableError(str(step)) from error
    return tree


def _plain(node: Any) -> Value:
    if isinstance(node, Mapping):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_plain(value) for value in node]
    return str(node) if isinstance(node, str) else node


def _merge(node: CommentedMap, values: Mapping[str, Value], order: Sequence[str]) -> None:
    for key, value in values.items():
        there = node.get(key)
        if value is None:
            node.pop(key, None)
        elif _plain(there) == value and key in node:
            continue
        elif isinstance(there, CommentedMap) and isinstance(value, Mapping):
            gone = dict.fromkeys(set(there) - set(value))
            _merge(there, {**gone, **value}, list(value))
        elif key in node:
            made = _made(value)
            if isinstance(there, CommentedSeq) and isinstance(made, CommentedSeq) and not _flows(there):
                made.fa.set_block_style()
            node[key] = made
        else:
            node.insert(_after(node, key, order), key, _made(value))


def _flows(node: CommentedSeq) -> bool:
    return bool(node.fa.flow_style())


def _after(node: CommentedMap, key: str, order: Sequence[str]) -> int:
    """Return where a new key goes: behind the last of those that the language has before it."""
    before = order[: order.index(key)] if key in order else order
    return max((at + 1 for at, there in enumerate(node) if there in before), default=0)


def _made(value: Value) -> Any:
    """Return what is new as it is written: mappings and lists in one line, free words in quotes."""
    if isinstance(value, Mapping):
        flow = CommentedMap({key: _made(inner) for key, inner in value.items()})
        flow.fa.set_flow_style()
        return flow
    if isinstance(value, list):
        items = CommentedSeq([_made(inner) for inner in value])
        items.fa.set_flow_style()
        return items
    if isinstance(value, str) and not _is_word(value):
        return DoubleQuotedScalarString(value)
    return value


def _is_word(text: str) -> bool:
    """Whether it is a word of the language, which needs no quotes: a name, an article, a period or a code."""
    return _WORD.fullmatch(text) is not None and text not in _NOT_TEXT


def _written(before: str, tree: Any) -> str:
    after = _dump(tree)
    if not before.strip():
        return after
    kept = _merged(before.splitlines(), _dump(_load(before)).splitlines(), after.splitlines())
    try:
        return kept if _plain(_load(kept)) == _plain(tree) else after
    except UnreadableError:
        return after


def _merged(mine: list[str], base: list[str], theirs: list[str]) -> str:
    """Return `theirs`, with what is as in `base` written as in `mine`."""
    blocks = SequenceMatcher(None, base, mine, autojunk=False).get_opcodes()
    found: list[str] = []
    for tag, first, last, start, end in SequenceMatcher(None, base, theirs, autojunk=False).get_opcodes():
        if tag != "equal":
            found += theirs[start:end]
            continue
        for kind, low, high, own, own_end in blocks:
            begin, stop = max(first, low), min(last, high)
            if kind == "equal" and begin < stop:
                found += mine[own + begin - low : own + stop - low]
            elif first <= low and high <= last and (begin < stop or kind == "insert"):
                found += mine[own:own_end]
            elif begin < stop:
                found += base[begin:stop]
    return "\n".join(found) + "\n"
