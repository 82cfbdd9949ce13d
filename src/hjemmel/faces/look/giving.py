"""One time that data were given to somebody, in words: for the office, and for whoever they were about."""

from dataclasses import dataclass
from datetime import date, datetime

from hjemmel.declaration import Declaration, vocabulary
from hjemmel.faces.look.language import capital, said
from hjemmel.kernel.disclosure.queries import Given


@dataclass(frozen=True, kw_only=True)
class GivenTold:
    """To whom, from which activity, when, which data, and on what it rested."""

    at: datetime
    on: date
    to: str
    activity: str
    data: str
    basis: str
    delete_by: date | None


def told(one: Given, declaration: Declaration) -> GivenTold:
    """Return a disclosure in words; what the declaration no longer has goes by its name."""
    words = vocabulary()
    data = [said(words.data[datum].one) for datum in one.data if datum in words.data]
    articles = [words.articles[each] for each in one.basis if each in words.articles]
    return GivenTold(
        at=one.at,
        on=one.day,
        to=capital(recipient(declaration, one.recipient)),
        activity=_activity(declaration, one.activity),
        data=capital(", ".join(data)),
        basis=capital("; ".join(f"{said(each.ground)} ({said(each.cite)})" for each in articles)),
        delete_by=one.delete_by,
    )


def recipient(declaration: Declaration, name: str) -> str:
    """Return what a recipient is called."""
    try:
        return said(declaration.recipient(name).title)
    except KeyError:
        return name


def _activity(declaration: Declaration, name: str) -> str:
    try:
        return said(declaration.activity(name).title)
    except KeyError:
        return name
