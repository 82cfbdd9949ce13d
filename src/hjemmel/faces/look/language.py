"""The language of a page: bokmål, unless this person chose another here. What the browser asks for does not
count: most Norwegian browsers ask for English or nothing, and their owners never said so.
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation

from hjemmel.declaration import Text


class ChosenLanguage:
    """Put where Django's own LocaleMiddleware would stand. The choice is a cookie, set by `set_language`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Return the answer, made in the chosen language."""
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        code = asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = code
        with translation.override(code):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response


def code() -> str:
    """Return the language in use: nb, nn or en."""
    return (translation.get_language() or "nb").split("-")[0]


def said(text: Text) -> str:
    """Return a text of the declaration in the language in use."""
    return text.of(code())


def capital(sentence: str) -> str:
    """Return the sentence with its first letter large."""
    return sentence[:1].upper() + sentence[1:]


def inside(title: str) -> str:
    """Return a title as it stands inside a sentence: its first letter small, unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]
