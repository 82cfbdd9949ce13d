"""The statement and the record of processing, printed from the declaration in force and nothing else."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from hjemmel.declaration.render import compose, html, languages
from hjemmel.declaration.render.blocks import Document
from hjemmel.declaration.render.jsonld import jsonld
from hjemmel.declaration.render.pdf import pdf
from hjemmel.declaration.render.record import Record, record
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.grounds.queries import in_force


def offered() -> tuple[str, ...]:
    """Return the languages the organisation publishes its statement in, bokmål first."""
    wanted = in_force().organisation.languages
    return tuple(lang for lang in languages() if lang in wanted)


def composed(lang: str = "nb") -> Document:
    """Return the statement in force, dated and numbered by the version that applies.

    Raises LookupError for a language it is not written in, and Version.DoesNotExist before the first
    declaration is applied.
    """
    changed, version = applied()
    return compose(in_force(), lang, changed=changed, version=version)


def applied() -> tuple[date, str]:
    """Return the day from which the version in force applies, and its number. Raises Version.DoesNotExist."""
    version = Version.objects.get(replaced_on__isnull=True)
    return version.valid_from, str(version.pk)


def published(lang: str = "nb") -> str:
    """Return the statement in force as an HTML article. Anybody may read it. Raises as `composed`."""
    return html.article(composed(lang), "statement")


def published_pdf(lang: str = "nb") -> bytes:
    """Return the statement in force as a PDF, set once for each version. Raises as `composed`."""
    return _set(composed(lang))


def recorded(lang: str = "nb") -> Record:
    """Return the record of processing (GDPR art. 30) of what is in force. Raises as `composed`."""
    changed, version = applied()
    return record(in_force(), lang, changed=changed, version=version)


def recorded_jsonld() -> Mapping[str, Any]:
    """Return the same record as JSON-LD, in all languages. Raises Version.DoesNotExist."""
    changed, version = applied()
    return jsonld(in_force(), changed=changed, version=version)


@lru_cache(maxsize=6)
def _set(document: Document) -> bytes:
    return pdf(document)
