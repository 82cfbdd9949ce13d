"""Reading a page for the addresses on it: links, and the fields of forms that go into addresses."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass
class Addresses(HTMLParser):
    """The addresses of one page, and the names of all that is put into one by a link or a form."""

    page: str
    urls: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()
        self._in_get = False
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self._in_get = (given.get("method") or "get").lower() == "get"
        elif self._in_get and given.get("name"):
            self.names.add(str(given["name"]))
        for name in ("href", "action", "formaction", "src"):
            url = given.get(name) or ""
            if url and not url.startswith(("mailto:", "tel:")):
                self.urls.append(unquote(url))
                self.names |= {key for key, _value in parse_qsl(urlsplit(url).query, keep_blank_values=True)}

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._in_get = False
