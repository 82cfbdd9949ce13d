"""Doing what a form asks: what the action refuses is said beside the fields, and nothing typed is lost."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from hjemmel.domain.people.queries import VisiblePerson
from hjemmel.faces.look.pages import Link
from hjemmel.faces.office.forms.basic import RefusableForm
from hjemmel.faces.office.room import room
from hjemmel.kernel.subjects.refusals import ConflictError, Refused


def done(form: RefusableForm, act: Callable[[], object]) -> bool:
    """Do it, and return whether it was done; else the form says why not."""
    try:
        act()
    except Refused as refusal:
        form.refuse(refusal.errors)
    except ConflictError as conflict:
        form.add_error(None, _("Somebody else saved first. Look once more, and save again."))
        form.put("version", conflict.version)
    else:
        return True
    return False


def form_page(
    request: HttpRequest,
    person: VisiblePerson,
    form: RefusableForm,
    title: str,
    *,
    template: str = "look/page/form.html",
    **more: Any,
) -> HttpResponse:
    """The page of a form about one person."""
    name = person.display_name or _("Name hidden")
    here = reverse("person", args=[person.id])
    context = room(
        request,
        title=title,
        crumbs=[Link(label=name, url=here), Link(label=title, url=request.path)],
        form=form,
        cancel_url=here,
        **more,
    )
    return render(request, template, context, status=422 if form.errors else 200)
