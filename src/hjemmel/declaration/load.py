"""Where declarations come from: presets shipped with the program, folders, and texts kept in a database."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from hjemmel.declaration.check import Known, examine
from hjemmel.declaration.findings import WORD, DeclarationError, Finding, Report
from hjemmel.declaration.model import Declaration
from hjemmel.declaration.read import read
from hjemmel.declaration.read.fields import nowhere
from hjemmel.declaration.render import compose, languages


def presets() -> list[str]:
    """Return the names of the presets: declarations a new organisation starts from."""
    return sorted(
        entry.name for entry in _presets().iterdir() if entry.joinpath("organisation.yaml").is_file()
    )


def texts_of(source: str | Path) -> dict[str, str]:
    """Return the files of a preset (by name) or of a folder, each under its name in the declaration.

    Raises DeclarationError where there is no such preset or folder, or a file is not UTF-8.
    """
    root: Traversable = (
        _presets() / source if isinstance(source, str) and source in presets() else Path(source)
    )
    report = Report()
    if not root.is_dir():
        report.add("H008", nowhere(str(source)), presets(), name=source)
        raise DeclarationError(report.findings)
    texts: dict[str, str] = {}
    for name, entry in _yaml_files(root):
        try:
            texts[name] = entry.read_text("utf-8")
        except UnicodeDecodeError:
            report.add("H001", nowhere(name), problem=WORD + "encoding")
    if report.findings:
        raise DeclarationError(report.findings)
    return texts


def load(source: str | Path, known: Known | None = None) -> Declaration:
    """Load a preset by name or a folder by path. Raises DeclarationError with all findings."""
    return load_texts(texts_of(source), known)


def load_texts(texts: Mapping[str, str], known: Known | None = None) -> Declaration:
    """Load a declaration from its texts by file name. Raises DeclarationError with all findings."""
    declaration, findings = judge(texts, known)
    if declaration is None:
        raise DeclarationError(findings)
    return declaration


def check(source: str | Path | Mapping[str, str], known: Known | None = None) -> tuple[Finding, ...]:
    """Return everything there is to say about a preset, folder or set of texts, in order of place; of a
    folder that is not there, or of files that are no text, that alone.
    """
    try:
        texts = source if isinstance(source, Mapping) else texts_of(source)
    except DeclarationError as error:
        return error.findings
    return judge(texts, known)[1]


def judge(
    texts: Mapping[str, str], known: Known | None = None
) -> tuple[Declaration | None, tuple[Finding, ...]]:
    """Read and check. Returns the declaration (None when there is any error) and all findings."""
    declaration, findings = sketch(texts, known)
    return (None if any(found.level == "error" for found in findings) else declaration), findings


def sketch(
    texts: Mapping[str, str], known: Known | None = None
) -> tuple[Declaration | None, tuple[Finding, ...]]:
    """Read and check what is being written. Returns the declaration wherever it can be read, errors or not:
    what it names need not be there, and whoever asks for it then gets a KeyError.
    """
    report = Report()
    declaration, places = read(texts, report)
    if declaration is not None:
        examine(declaration, report, places, known)
    order = {level: number for number, level in enumerate(("error", "warning", "advice"))}
    findings = sorted(report.findings, key=lambda f: (order[f.level], f.file, f.line, f.column, f.code))
    return declaration, tuple(findings)


def recall(texts: Mapping[str, str]) -> Declaration | None:
    """Return a declaration that has been in force, or None where its texts are not of the language of today.

    What is checked today need not have been then: only what it takes to read and print it is asked for.
    """
    declaration, _ = judge(texts)
    if declaration is not None:
        return declaration
    report = Report()
    declaration, _ = read(texts, report)
    if declaration is None:
        return None
    try:
        for lang in languages():
            compose(declaration, lang, preview=True)
    except (LookupError, ValueError):
        return None
    return declaration


@cache
def _presets() -> Traversable:
    return resources.files("hjemmel.declaration") / "presets"


def _yaml_files(root: Traversable) -> Iterator[tuple[str, Traversable]]:
    """Yield the YAML files of the folder and of the one for activities. Other folders are the owner's own."""
    for prefix, folder in (("", root), ("activities/", root / "activities")):
        entries = folder.iterdir() if folder.is_dir() else ()
        for entry in sorted(entries, key=lambda found: found.name):
            named = entry.name.endswith((".yaml", ".yml")) and not entry.name.startswith(".")
            if named and entry.is_file():
                yield f"{prefix}{entry.name}", entry
