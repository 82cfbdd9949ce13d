from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hjemmel.domain.offices.queries import my_offices
from hjemmel.domain.people.queries import VisiblePerson, hjemler, visible_person, who_sees
from hjemmel.faces.look.language import said
from hjemmel.faces.look.pages import Link
from hjemmel.faces.mypage.holdings import parts
from hjemmel.faces.mypage.telling import Telling
from hjemmel.kernel.access.actor import require
from hjemmel.kernel.access.routes import own
from hjemmel.kernel.grounds.queries import in_force

PURPOSES = ("accounts/administration",)


@own(*PURPOSES)
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """What is held about the person who is logged in: each datum, why, who can see it, until when."""
    subject = require("mypage").subject_id or 0
    person = visible_person(subject)
    telling = Telling(in_force(), hjemler(subject), who_sees(subject))
    context = _room(person, has_office=any(o.current for o in my_offices()))
    context |= {
        "title": _("What we hold about you"),
        "parts": parts(subject, person, request.user, telling),
        "activities": telling.activities(),
    }
    return render(request, "mypage/held.html", context)


def _room(person: VisiblePerson | None, *, has_office: bool) -> dict[str, Any]:
    links = [Link(label=_("Privacy statement"), url=reverse("statement"))]
    if has_office:
        links.insert(0, Link(label=_("To the office"), url=reverse("office")))
    name = person.display_name if person else None
    return {
        "organisation": {"name": said(in_force().organisation.title)},
        "home": reverse("mypage"),
        "viewer": {"name": name or _("You")},
        "user_links": links,
        "logout_url": reverse("account_logout"),
    }
