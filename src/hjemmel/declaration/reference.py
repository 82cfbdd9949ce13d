"""The reference of the language and the figures of law, as the pages of the documentation that hold them."""

from collections.abc import Iterator

from hjemmel.declaration.law import Figure, Value, figures, guidance
from hjemmel.declaration.read.keys import FILES, KINDS, SHAPES, Key

_LANGUAGE = """# Every key of the language

Drawn from the table that the readers themselves go by (`src/hjemmel/declaration/read/keys.py`) with
`python make/reference.py`; a test keeps this page equal to it. How it all fits together: [the
language](language.md). Lists of words lie in `src/hjemmel/declaration/vocabulary`.
"""
_LAW = """# Figures of law and guidance

Drawn from `src/hjemmel/declaration/law` with `python make/reference.py`; a test keeps this page equal to it.
*Found until* is the last day for which somebody found the figure published. A *believed* figure has no
source, and an *unknown* one has changed without the new one being found: nothing goes by it.
"""


def language() -> str:
    """Return the page that lists every key."""
    parts = [_LANGUAGE]
    files = {shape: (file, several) for file, (shape, several) in FILES.items()}
    for name, shape in SHAPES.items():
        parts.append(f"\n## {_heading(name)}\n")
        if name in files:
            file, several = files[name]
            parts.append(f"`{file}`{', under each name' if several else ''}.\n\n")
        parts.append("| Key | | Value | Says |\n|---|---|---|---|\n")
        parts += [f"| `{key}` | {_need(it)} | {_value(it)} | {it.says} |\n" for key, it in shape.items()]
    return "".join(parts)


def _heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _need(key: Key) -> str:
    if not key.need:
        return ""
    return f"required, unless `{key.unless}`" if key.unless else "required"


def _value(key: Key) -> str:
    said = KINDS[key.kind]
    if key.of:
        said += (": " if key.kind == "words" else " ") + ", ".join(f"`{word}`" for word in key.of)
    if key.shape:
        said += f" [{_heading(key.shape)}](#{_heading(key.shape).lower().replace(' ', '-')})"
    if key.words:
        said += f"; vocabulary: {key.words}"
    return said + (f"; of this declaration: {key.own}" if key.own else "")


def law() -> str:
    """Return the page that lists every figure of law by date, and the guidance that the check warns by."""
    parts = [
        _LAW,
        "\n## Figures\n| Figure | From | Value | Laid down in | Found until |\n|---|---|---|---|---|\n",
    ]
    for figure in figures().values():
        parts += list(_figure(figure))
    parts.append("\n## Guidance\n| Guidance | Where | Last read |\n|---|---|---|\n")
    for advice in guidance().values():
        parts.append(f"| {advice.title.en} (`{advice.name}`) | <{advice.source}> | {advice.read_on} |\n")
    return "".join(parts)


def _figure(figure: Figure) -> Iterator[str]:
    for value in figure.values:
        first = value is figure.values[0]
        title = f"{figure.title.en} (`{figure.name}`)" if first else ""
        reference = f"<{value.reference}>" if value.reference.startswith("http") else value.reference
        source = f" ([read here]({value.source}))" if value.source else ""
        until = figure.still_valid_on if value is figure.values[-1] else ""
        yield f"| {title} | {value.since} | {_said(figure, value)} | {reference}{source} | {until} |\n"


def _said(figure: Figure, value: Value) -> str:
    if value.unknown:
        return "*unknown*"
    if value.value is None:
        return "no longer"
    said = value.value.in_words("en") if not isinstance(value.value, int) else f"{value.value} {figure.unit}"
    after = " after the end of the year" if figure.count_from == "year_end" else ""
    return said + after + (" (*believed*)" if value.believed else "")
