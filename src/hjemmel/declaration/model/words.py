"""Words in three languages, and the closed lists of words that a declaration chooses from."""

from dataclasses import dataclass

LANGUAGES = ("nb", "nn", "en")
MAY = ("read", "change", "export", "shielded", "restricted")
SEES = ("current", "ended")
REACH = ("below", "unit")
COUNT_FROM = ("date", "year_end")
RECIPIENT_KINDS = ("processor", "recipient", "controller")
AT_END = ("return", "delete")
AT_REQUEST = ("delete", "anonymise")
COOKIE_KINDS = ("necessary", "preference", "statistics", "marketing")
ASSESSMENT_KINDS = ("dpia", "balancing", "risk")
PLACES = ("opening", "responsible", "promise", "rights", "complaint", "closing")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in bokmål, nynorsk and English. An empty language falls back to bokmål."""

    nb: str
    nn: str = ""
    en: str = ""

    def of(self, lang: str) -> str:
        """Return the words in `lang`: nb, nn or en."""
        return {"nn": self.nn, "en": self.en}.get(lang, self.nb) or self.nb
