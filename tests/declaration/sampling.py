"""Reading the sample files: each replaces one file of the small declaration in samples/base.

The first comments say which file, and what else: `lacks: FILE` (one is taken away), `beside: FILES` (more of
them, from samples/beside), `reveals: X` (added to the organisation), `with:` and `without: NAMES` (what the
program stores), `expect: CODE on line N [of FILE]`.
Any other finding is expected on the line whose comment says `# <- CODE`.
"""

import re
from dataclasses import dataclass, field
from pathlib import Path

from hjemmel.declaration import Known, texts_of, vocabulary

SAMPLES = Path(__file__).parent / "samples"
_EXPECT = re.compile(r"# expect: (H\d{3}) on line (\d+)(?: of (\S+))?")
_ARROW = re.compile(r"# <- (H\d{3})$")


@dataclass
class Sample:
    """A declaration and what is to be found in it, as (code, file, line)."""

    texts: dict[str, str]
    expected: list[tuple[str, str, int]]
    known: Known | None = None
    options: dict[str, list[str]] = field(default_factory=dict)


def paths(kind: str) -> list[Path]:
    """Return the sample files of a kind: passing or failing."""
    return sorted((SAMPLES / kind).glob("*.yaml"))


def sample(path: Path) -> Sample:
    """Read one sample file."""
    text = path.read_text("utf-8")
    options = {}
    for line in text.splitlines():
        if not line.startswith("# ") or line == "# ":
            break
        key, _, value = line.removeprefix("# ").partition(":")
        options.setdefault(key, value.split())
    file = options["file"][0]
    texts = texts_of(SAMPLES / "base") | {file: text}
    for gone in options.get("lacks", []):
        del texts[gone]
    for name in options.get("beside", []):
        texts[name] = (SAMPLES / "beside" / name).read_text("utf-8")
        if name.startswith("activities/"):
            listed = f"activities: [club, {Path(name).stem}]"
            texts["organisation.yaml"] = texts["organisation.yaml"].replace("activities: [club]", listed)
    if "reveals" in options:
        texts["organisation.yaml"] += f"reveals: {options['reveals']}\n"
    expected = [(code, of or file, int(line)) for code, line, of in _EXPECT.findall(text)]
    for number, line in enumerate(text.splitlines(), start=1):
        if arrow := _ARROW.search(line):
            expected.append((arrow[1], file, number))
    return Sample(texts, sorted(expected), _known(options), options)


def _known(options: dict[str, list[str]]) -> Known | None:
    if "without" not in options and "with" not in options:
        return None
    words = vocabulary()
    gone = set(options.get("without", []))
    data = {"person.name", "person.email", "membership.dates"} if gone else set(options["with"])
    return Known(
        records=frozenset(words.records.keys() - gone),
        events=frozenset(words.events.keys() - gone),
        conditions=frozenset(words.conditions.keys() - gone),
        data=frozenset(data - gone),
        reviewed=frozenset(
            {"contact", "membership", "tenure", "consent"} - set(options.get("unreviewed", []))
        ),
    )
