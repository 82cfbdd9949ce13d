"""Why a value cannot be held: a code for programs, three short texts for people, never the value."""

from collections.abc import Mapping
from typing import ClassVar

from hjemmel.domain.people.formats.reasons import NB, Reason


class Invalid(ValueError):  # noqa: N818 - `except Invalid` says what it is
    """A value that was refused.

    `code` is stable ("phone.too_short"). `message` says what is wrong, `allowed` what is accepted and `do`
    what the reader can do about it, in Norwegian. None of them holds the value, so they may be logged,
    shown to anyone and written to files. A subclass with texts of its own names them in `reasons`.
    """

    reasons: ClassVar[Mapping[str, Reason]] = NB

    def __init__(self, code: str) -> None:
        reason = self.reasons[code]
        super().__init__(f"{code}: {reason.message}")
        self.code = code
        self.message = reason.message
        self.allowed = reason.allowed
        self.do = reason.do
