"""What every route must say: who acts there and for which purposes. A route that says nothing answers 500,
and a test lists it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "acting"


@dataclass(frozen=True, slots=True)
class Route:
    """Who acts on a route: an officer by her duties or as one of those responsible for the declaration, a
    person on her own page, or a form open to all.
    `with_printed`: also for whoever has logged in with a printed password and chosen none yet.
    """

    kind: Literal["officer", "responsible", "own", "form"]
    purposes: tuple[str, ...]
    form: str = ""
    with_printed: bool = False


def officer(*purposes: str) -> Callable[[View], View]:
    """Mark a view for officers: it reads and writes by the duties that carry one of `purposes`."""
    return _mark(Route("officer", purposes))


def responsible(*purposes: str) -> Callable[[View], View]:
    """Mark a view for those whom the declaration in force makes responsible for it. It sees no person: no
    duty carries its purposes.
    """
    return _mark(Route("responsible", purposes))


def own(*purposes: str, with_printed: bool = False) -> Callable[[View], View]:
    """Mark a view for a person's own page: it reads what is held about her, and nothing of others. Only a
    view `with_printed` opens before a printed password is changed.
    """
    return _mark(Route("own", purposes, with_printed=with_printed))


def form(name: str, *purposes: str) -> Callable[[View], View]:
    """Mark a view that anybody may open: it acts as `form:name`, which sees nobody."""
    return _mark(Route("form", purposes, name))


def _mark(route: Route) -> Callable[[View], View]:
    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, route)
        return view

    return mark


def of(view: Callable[..., Any]) -> Route | None:
    """What a view says of itself, or None."""
    found: Route | None = getattr(view, ATTRIBUTE, None)
    return found
