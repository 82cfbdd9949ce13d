"""What stands around every page of My page: whose it is, and where else one may go."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.domain.offices.queries import my_offices
from hjemmel.domain.people.queries import VisiblePerson, visible_person
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Link
from hjemmel.kernel.access.actor import require
from hjemmel.kernel.grounds.queries import in_force


def room(request: HttpRequest, *, person: VisiblePerson | None = None) -> dict[str, Any]:
    """The context of a page of one's own; `person`, where it was read already."""
    me = person or visible_person(require("mypage").subject_id or 0)
    places = [
        Link(label=title, url=reverse(name), current=request.path == reverse(name))
        for name, title in (
            ("mypage", _("What we hold about you")),
            ("my_log", _("Changes and look-ups")),
            ("change_password", _("Password")),
        )
    ]
    links = [Link(label=_("Privacy statement"), url=reverse("statement"))]
    if any(office.current for office in my_offices()):
        links.insert(0, Link(label=_("To the office"), url=reverse("office")))
    return {
        "organisation": {"name": said(in_force().organisation.title)},
        "home": reverse("mypage"),
        "viewer": {"name": (me.display_name if me else None) or _("You")},
        "places": places,
        "user_links": links,
        "logout_url": reverse("account_logout"),
    }
