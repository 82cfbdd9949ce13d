"""Every version that has been in force, as it was published, and whom the changes since touch."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection

from hjemmel.declaration import Declaration, languages, recall
from hjemmel.declaration.render import compose, html
from hjemmel.declaration.render.blocks import Document, paragraph
from hjemmel.declaration.render.pdf import pdf
from hjemmel.declaration.tongues import tongue
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.effects import affected


@dataclass(frozen=True, slots=True)
class Edition:
    """A version with its dates; `replaced_on` is None for the one in force. `declaration` is None where its
    files are in an older language of declarations than is read now, or were not asked for.
    """

    number: int
    valid_from: date
    replaced_on: date | None
    digest: str
    files: dict[str, str] = field(default_factory=dict, repr=False)
    declaration: Declaration | None = None


@lru_cache(maxsize=8)
def _recalled(files: tuple[tuple[str, str], ...]) -> Declaration | None:
    return recall(dict(files))


def offered(found: Edition) -> tuple[str, ...]:
    """Return the languages a version was published in, bokmål first; none where it cannot be read."""
    if found.declaration is None:
        return ()
    return tuple(lang for lang in languages() if lang in found.declaration.organisation.languages)


def composed(found: Edition, lang: str) -> Document:
    """Return the statement as it was published, with its own date and number, marked as in force no more.

    Raises LookupError for a language that is not offered.
    """
    if lang not in offered(found) or found.declaration is None:
        raise LookupError(lang)
    document = compose(found.declaration, lang, changed=found.valid_from, version=str(found.number))
    if found.replaced_on is None:
        return document
    words = tongue("editions", lang)
    last = max(found.replaced_on - timedelta(days=1), found.valid_from)
    path = "editions.superseded" if last > found.valid_from else "editions.superseded_at_once"
    said = words.say(path, since=words.day(found.valid_from), until=words.day(last))
    return replace(document, head=(paragraph(said, kind="superseded"), *document.head))


def article(found: Edition, lang: str) -> str:
    """Return the same as an HTML article. Raises as `composed`."""
    return html.article(composed(found, lang), "statement")


def as_pdf(found: Edition, lang: str) -> bytes:
    """Return the same as a PDF, set once for each version and language. Raises as `composed`."""
    return _set(composed(found, lang))


@lru_cache(maxsize=12)
def _set(document: Document) -> bytes:
    return pdf(document)


def editions() -> list[Edition]:
    """Return all versions without their files, the latest first. One query."""
    rows = Version.objects.order_by("-id").values_list("id", "valid_from", "replaced_on", "digest")
    return [Edition(*row) for row in rows]


def edition(number: int) -> Edition | None:
    """Return a version with what it declared, or None where there is no such version. One query."""
    rows = Version.objects.filter(pk=number).values_list("id", "valid_from", "replaced_on", "digest", "files")
    row = rows.first()
    return None if row is None else Edition(*row, _recalled(tuple(sorted(row[4].items()))))


def latest() -> int | None:
    """Return the number of the version in force, or None before there is any. One query."""
    return Version.objects.filter(replaced_on__isnull=True).values_list("id", flat=True).first()


def before(number: int) -> int | None:
    """Return the number of the version before that one, or None where there is none. One query."""
    return Version.objects.filter(pk__lt=number).order_by("-id").values_list("id", flat=True).first()


def affected_since(number: int) -> list[int] | None:
    """Return the subjects touched by what has changed to their disadvantage since that version, in order of
    id, and write in the log that they were looked up; None where there is no version that can be read.

    Runs as the owner. Raises NothingDeclaredError before there is any.
    """
    found = edition(number)
    if found is None or found.declaration is None:
        return None
    subjects = affected(found.declaration)
    look_up("subjects_subject", None, None)
    return subjects


def look_up(table: str, subject: int | None, datum: str | None) -> None:
    """Write in the log that whoever acts has looked somebody up by the command line."""
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into public.audit_entry (at, actor, purpose, kind, table_name, subject_id, datum)"
            " values (clock_timestamp(), kernel.acting(),"
            " coalesce(current_setting('hjemmel.purpose', true), ''), 'looked_up', %s, %s, %s)",
            [table, subject, datum],
        )
