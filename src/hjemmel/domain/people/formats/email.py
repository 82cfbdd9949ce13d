"""E-mail addresses: kept as typed, compared in lower case.

Checked modestly (RFC 5321 lengths, dot-atom before the @, a domain with a dot): only a letter that arrives
proves an address.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Final

from hjemmel.domain.people.formats.invalid import Invalid

_INVISIBLE: Final = re.compile(r"[\u200b-\u200d\u2060\ufeff\u00ad]")
_NAMED: Final = re.compile(r"[^<>]*<([^<>]+)>")
_LOCAL: Final = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+)*")
_LABEL: Final = re.compile(r"[^\W_](?:[\w\-]{0,61}[^\W_])?")
_FORBIDDEN: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f,;:<>\"()\[\]\\]")
_SEVERAL: Final = re.compile(r"[;,\s]+(?:og\s+)?(?=[^;,\s]+@)")

MAX_LENGTH: Final = 254
_MAX_LOCAL: Final = 64


class InvalidEmail(Invalid):
    """Raised when a text is not an address; `code` starts with "email."."""


@dataclass(frozen=True, slots=True)
class Email:
    """An address as typed, without surrounding marks. `repr` never shows it."""

    address: str = field(repr=False)

    @property
    def key(self) -> str:
        """Return the address for comparing only: lower case, the domain as ASCII (IDNA)."""
        local, _, domain = self.address.rpartition("@")
        return f"{local.lower()}@{_ascii(domain)}"


def parse(text: str) -> Email:
    """Return the address in `text`, also from "Kari <kari@example.org>" and "mailto:…".

    Raises InvalidEmail.
    """
    address = _bare(text)
    if not address:
        raise InvalidEmail("email.empty")
    if len(address) > MAX_LENGTH:
        raise InvalidEmail("email.too_long")
    if address.count("@") != 1:
        raise InvalidEmail("email.no_at")
    if _FORBIDDEN.search(address):
        raise InvalidEmail("email.space")
    local, _, domain = address.partition("@")
    if not local.isascii():
        raise InvalidEmail("email.not_ascii")
    if len(local) > _MAX_LOCAL or not _LOCAL.fullmatch(local):
        raise InvalidEmail("email.local")
    if not _is_domain(domain):
        raise InvalidEmail("email.domain")
    return Email(address)


def split(text: str) -> list[str]:
    """Return the addresses written in one field, divided by ; , space or "og"."""
    if text.count("@") < 2:
        return [text] if text.strip() else []
    return [part.strip(" ;,") for part in _SEVERAL.split(text.strip()) if part.strip(" ;,")]


def _bare(text: str) -> str:
    """Return the address without invisible characters, display name, "mailto:" and closing punctuation."""
    address = unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).strip()
    if named := _NAMED.fullmatch(address):
        address = named[1].strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return address.rstrip(";,. ")


def _is_domain(domain: str) -> bool:
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    if not all(_LABEL.fullmatch(label) and "_" not in label for label in labels):
        return False
    return domain.isascii() or _ascii(domain).isascii()


def _ascii(domain: str) -> str:
    lowered = domain.lower()
    if lowered.isascii():
        return lowered
    try:
        return lowered.encode("idna").decode("ascii")
    except UnicodeError:
        return lowered
