"""Every page kind filled with samples, by the name its screenshots get. No database is touched."""

from collections.abc import Callable

from django.template.loader import render_to_string
from django.test import RequestFactory

from hjemmel.faces.look.pages import Link
from tests.faces.look import samples


def page(template: str, *, address: str = "/", anonymous: bool = False, **more: object) -> str:
    """Return the HTML of one template with what every page gets."""
    request = RequestFactory().get(address)
    common = samples.context(request)
    if anonymous:
        common.pop("viewer")
    return render_to_string(template, {**common, **more}, request=request)


def _list(address: str, **how: object) -> str:
    request = RequestFactory().get(address)
    return page(
        "look/page/list.html",
        address=address,
        title="Medlemmer",
        listing=samples.listing(request, **how),
        filters=samples.Filter(request.GET),
        actions=[Link(label="Meld inn", url="/ny/"), Link(label="Skriv ut", url="/ut/")],
    )


PAGES: dict[str, Callable[[], str]] = {
    "list": lambda: _list("/medlemmer/?state=all&sort=-joined&page=7", count=308),  # its last page
    "list-empty": lambda: _list("/medlemmer/", count=0),
    "list-no-match": lambda: _list("/medlemmer/?state=all", count=0, filtered=True),
    "person": lambda: page("look/page/person.html", **samples.person()),
    "form": lambda: page(
        "look/page/form.html", title="Meld inn et medlem", form=samples.Joining(), cancel_url="/"
    ),
    "form-wrong": lambda: page(
        "look/page/form.html", title="Meld inn et medlem", form=samples.wrong_form(), cancel_url="/"
    ),
    "conflict": lambda: page("look/page/conflict.html", **samples.conflict()),
    "front": lambda: page("look/page/front.html", **samples.front()),
    "login": lambda: page("look/page/login.html", anonymous=True, form=samples.LogIn()),
    "mypage": lambda: page("tests/mypage.html", title="Min side", **samples.person()),
    "public": lambda: page("tests/public.html", anonymous=True, title="Personvernerklæring"),
    **{f"error-{code}": lambda code=code: page(f"{code}.html", anonymous=True) for code in (404, 500)},
}
