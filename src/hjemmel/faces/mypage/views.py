from typing import Any

from allauth.decorators import rate_limit
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hjemmel.domain.people.queries import hjemler, visible_person, who_sees
from hjemmel.faces.look.giving import told
from hjemmel.faces.look.logbook import page
from hjemmel.faces.mypage.holdings import parts
from hjemmel.faces.mypage.password import PasswordForm
from hjemmel.faces.mypage.room import room
from hjemmel.faces.mypage.telling import Telling
from hjemmel.kernel.access.accounts import choose_password, end_sessions
from hjemmel.kernel.access.actor import require
from hjemmel.kernel.access.logged import lines_of
from hjemmel.kernel.access.routes import own
from hjemmel.kernel.disclosure.queries import of as given_of
from hjemmel.kernel.grounds.queries import in_force

PURPOSES = ("accounts/administration",)


@own(*PURPOSES)
@require_safe
def held(request: HttpRequest) -> HttpResponse:
    """What is held about the person who is logged in: each datum, why, who can see it, until when."""
    subject = require("mypage").subject_id or 0
    person = visible_person(subject)
    declaration = in_force()
    telling = Telling(declaration, hjemler(subject), who_sees(subject))
    context = room(request, person=person) | {
        "title": _("What we hold about you"),
        "parts": parts(subject, person, request.user, telling),
        "activities": telling.activities(),
        "given": [told(one, declaration) for one in given_of(subject)],
    }
    return render(request, "mypage/held.html", context)


@own(*PURPOSES)
@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """What has been changed, opened and deleted of the person who is logged in, and by which office."""
    subject = require("mypage").subject_id or 0
    asked = request.GET.get("before", "")
    lines = page(lambda below, many: lines_of(subject, before=below, many=many), asked, in_force(), own=True)
    context = room(request) | {
        "title": _("Changes and look-ups"),
        "log": lines,
        "newest": bool(asked),
        "here": request.path,
        "empty": _("Nobody has changed or opened anything about you."),
    }
    return render(request, "mypage/log.html", context)


@own(*PURPOSES, with_printed=True)
@sensitive_post_parameters()
@rate_limit(action="change_password")  # type: ignore[untyped-decorator]
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponse:
    """Choose another password. Whoever logged in with a printed one meets no other page first."""
    account: Any = request.user
    if not account.has_usable_password():
        raise Http404
    form = PasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        choose_password(account, form.cleaned_data["new"])
        update_session_auth_hash(request, account)
        end_sessions(account, but=request.session.session_key)
        words = _("The password is changed. If you were logged in elsewhere, you are not any more.")
        messages.success(request, words)
        return redirect("door")
    context = room(request) | {
        "layout": "look/mypage.html",
        "title": _("Choose a password of your own") if account.printed else _("Change your password"),
        "lead": _printed_lead() if account.printed else _("Afterwards you are logged out everywhere else."),
        "submit": _("Change the password"),
        "cancel_url": "" if account.printed else reverse("mypage"),
        "form": form,
        "username": account.username,
    }
    return render(request, "mypage/password.html", context, status=422 if form.errors else 200)


def _printed_lead() -> str:
    return _("The one you logged in with was made by the register and may have been seen by others.")
