"""Reading the form of a page, as whoever fills it in meets it."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = {"text", "email", "tel", "password", "search"}


@dataclass
class FormOf(HTMLParser):
    """The fields of the page's own form: what each holds, which are typed in, and what is said of errors."""

    page: str
    values: dict[str, str] = field(default_factory=dict)
    typed: list[str] = field(default_factory=list)
    wrong: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._inside = self._in_summary = False
        self._select = self._area = ""
        self.feed(self.page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._inside = "data-form" in given
        self._in_summary = self._in_summary or "ds-error-summary" in given.get("class", "")
        if not self._inside:
            return
        if tag == "select":
            self._select = given["name"]
        elif tag == "textarea":
            self._area = given["name"]
            self.typed.append(self._area)
            self.values[self._area] = ""
        elif tag == "option" and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given["value"]
        elif tag == "input" and given.get("name"):
            self._input(given)

    def _input(self, given: dict[str, str]) -> None:
        name, kind = given["name"], given.get("type", "text")
        if kind in TYPED and "readonly" not in given:
            self.typed.append(name)
        if kind not in {"radio", "checkbox"} or "checked" in given:
            self.values[name] = given.get("value", "")
        elif kind == "radio":
            self.values.setdefault(name, given.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._in_summary:
            self.wrong += data
        if self._area:  # a browser leaves out the line break that HTML writes first
            self.values[self._area] += data.removeprefix("\n" if not self.values[self._area] else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        if tag == "textarea":
            self._area = ""
        if tag == "div":
            self._in_summary = False
