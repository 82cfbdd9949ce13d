"""Template tags and filters of the look: ``{% load look %}``."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.template.loader import get_template, render_to_string
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from hjemmel.faces.look import writing
from hjemmel.faces.look.language import said
from hjemmel.faces.look.lists import Column, Listing, Order
from hjemmel.faces.look.pages import Chip, Link, Masked
from hjemmel.kernel.clock import today
from hjemmel.kernel.grounds.queries import in_force

register = template.Library()

register.filter("number", writing.number)
register.filter("counted", writing.counted)
register.filter("kroner", writing.kroner)
register.filter("phone", writing.phone)


@register.simple_tag
def icon(name: str) -> SafeString:
    """Write one of our own icons, ``templates/look/icon/NAME.svg``; it is hidden from screen readers."""
    return mark_safe(get_template(f"look/icon/{name}.svg").render())  # noqa: S308 - our own files


@register.simple_tag(takes_context=True)
def owner(context: dict[str, Any]) -> str:
    """Write whose register this is, on pages that no face makes. Pages of faults ask the database nothing."""
    known = context.get("organisation")
    return str(known["name"]) if known else said(in_force().organisation.title)


@register.simple_tag
def day(value: date | None, *, relative: bool = False) -> SafeString:
    """Write a date in full; ``relative=True`` adds how far away it is, beside it."""
    if value is None:
        return _nothing()
    written = format_html('<time datetime="{}">{}</time>', value.isoformat(), writing.day(value))
    if not relative:
        return written
    return format_html('{} <span class="aside-text">({})</span>', written, writing.distance(value, today()))


@register.simple_tag
def period(since: date | None, until: date | None) -> SafeString:
    """Write from when to when: "fra 14. mars 2026" while no end is known."""
    if since is None and until is None:
        return _nothing()
    if until is None:
        return format_html(gettext("from {}"), day(since))
    if since is None:
        return format_html(gettext("to {}"), day(until))
    return format_html("{}–{}", day(since), day(until))


@register.simple_tag
def moment(value: datetime | None) -> SafeString:
    """Write date and time of day."""
    if value is None:
        return _nothing()
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), writing.moment(value))


@register.simple_tag
def masked(reason: str, *, short: bool = False) -> SafeString:
    """Write that a value is hidden, and why; ``short`` (in lists) says the reason on pointing."""
    part = "look/part/masked.html"
    return mark_safe(render_to_string(part, {"reason": reason, "short": short}))  # noqa: S308 - a template


@register.simple_tag
def shown(value: Any, kind: str = "text", *, short: bool = False) -> SafeString:
    """Write a value by its kind. None is a dash, ``Masked`` says why, chips become tags."""
    if value is None or value == "":
        return _nothing()
    if isinstance(value, Masked):
        return masked(value.reason, short=short)
    if isinstance(value, Chip):
        return chip(value)
    if isinstance(value, Link):
        return format_html('<a class="ds-link" href="{}">{}</a>', value.url, value.label)
    if isinstance(value, list | tuple):
        return _several(value, kind, short=short)
    return _WRITERS[kind](value)


@register.simple_tag
def chip(value: Chip) -> SafeString:
    """Write one chip."""
    return format_html('<span class="ds-tag" data-color="{}">{}</span>', value.colour, value.label)


@register.simple_tag(takes_context=True)
def sort_header(context: dict[str, Any], listing: Listing[Any], column: Column) -> SafeString:
    """Write a column's heading; a sortable one is a link that sorts, and turns round when sorted already."""
    kind = f"kind-{column.kind}"
    phone = "" if column.on_phone else " not-on-phone"
    if not column.sortable:
        return format_html('<th scope="col" class="{}{}">{}</th>', kind, phone, column.label)
    current = listing.order.name == column.name
    way = "descending" if listing.order.descending else "ascending"
    following = Order(name=column.name, descending=current and not listing.order.descending)
    return format_html(
        '<th scope="col" class="{}{}"{}><a href="{}">{}</a></th>',
        kind,
        phone,
        format_html(' aria-sort="{}"', way) if current else "",
        _address(context, sort=None if following.text == listing.default else following.text, page=None),
        column.label,
    )


@register.inclusion_tag("look/part/paging.html", takes_context=True)
def paging(context: dict[str, Any], listing: Listing[Any]) -> dict[str, Any]:
    """Write which rows are shown and links to the other pages; everything else in the address is kept."""

    def to(page: int) -> str:
        return _address(context, page=None if page == 1 else str(page))

    return {
        "listing": listing,
        "numbers": [(page, to(page) if page else "") for page in listing.numbers],
        "previous": to(listing.page - 1) if listing.page > 1 else "",
        "next": to(listing.page + 1) if listing.page < listing.pages else "",
    }


@register.inclusion_tag("look/part/breadcrumbs.html")
def breadcrumbs(crumbs: Sequence[Link]) -> dict[str, Any]:
    """Write the way down through the units to this page; the last one is where we are."""
    return {"crumbs": crumbs, "parent": crumbs[-2] if len(crumbs) > 1 else None}


@register.inclusion_tag("look/part/field.html")
def field(bound: BoundField, *, hide_optional: bool = False) -> dict[str, Any]:
    """Write a form field: label above, help under the label, the field, and its error beside it."""
    widget = bound.field.widget
    group = isinstance(widget, RadioSelect | CheckboxSelectMultiple)
    described = [name for name, there in _descriptions(bound).items() if there]
    attrs: dict[str, Any] = {"class": "ds-input", "aria-describedby": " ".join(described) or None}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    if isinstance(widget, Select) and not group:
        attrs["data-width"] = "auto"
    return {
        "field": bound,
        "group": group,
        "tick": isinstance(widget, CheckboxInput),
        "options": _options(bound) if group else (),
        "control": "" if group else bound.as_widget(attrs={k: v for k, v in attrs.items() if v}),
        "described": " ".join(described),
        "optional": not (hide_optional or _needed(bound) or isinstance(widget, CheckboxInput)),
    }


@register.inclusion_tag("look/part/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """Write the errors of a form on top of it, each a link to its field."""
    fields = [(bound, _target(bound)) for bound in form if bound.errors]
    return {"form": form, "fields": fields, "any": bool(form.errors)}


def _linked(scheme: str, value: str, text: str) -> SafeString:
    return format_html('<a class="ds-link" href="{}:{}">{}</a>', scheme, value, text)


_WRITERS: dict[str, Callable[[Any], SafeString]] = {
    "text": conditional_escape,
    "day": day,
    "moment": moment,
    "number": lambda value: conditional_escape(writing.number(value)),
    "kroner": lambda value: conditional_escape(writing.kroner(value)),
    "phone": lambda value: _linked("tel", value, writing.phone(value)),
    "email": lambda value: _linked("mailto", value, value),
    "lines": lambda value: format_html_join(
        mark_safe("<br>"), "{}", ((line,) for line in str(value).splitlines())
    ),
}


def _several(values: Sequence[Any], kind: str, *, short: bool) -> SafeString:
    """Chips stand in a row; other values each on a line."""
    if not values:
        return _nothing()
    style = "chips" if all(isinstance(one, Chip) for one in values) else "plain"
    inside = format_html_join("", "<li>{}</li>", ((shown(one, kind, short=short),) for one in values))
    return format_html('<ul class="{}">{}</ul>', style, inside)


def _nothing() -> SafeString:
    return format_html(
        '<span class="nothing" aria-hidden="true">–</span><span class="ds-sr-only">{}</span>',
        gettext("not given"),
    )


def _needed(bound: BoundField) -> bool:
    """Whether the field must be filled in: by the form's own word, or by that of the action behind it."""
    return bound.field.required or getattr(bound.field, "needed", False)


def _descriptions(bound: BoundField) -> dict[str, bool]:
    return {f"{bound.auto_id}_help": bool(bound.help_text), f"{bound.auto_id}_error": bool(bound.errors)}


def _options(bound: BoundField) -> list[SafeString]:
    return [
        format_html(
            '<div class="ds-field">{}<label class="ds-label" for="{}">{}</label></div>',
            option.tag_with_class,
            option.id_for_label,
            option.choice_label,
        )
        for option in (_Option(one) for one in bound.subwidgets)
    ]


class _Option:
    """One radio or tick box of a group, drawn as Designsystemet's input."""

    def __init__(self, subwidget: Any) -> None:
        data = subwidget.data
        data["attrs"] = {**data["attrs"], "class": "ds-input"}
        data["wrap_label"] = False
        self.tag_with_class = subwidget.tag(wrap_label=False)
        self.id_for_label = subwidget.id_for_label
        self.choice_label = subwidget.choice_label


def _target(bound: BoundField) -> str:
    """The id an error should lead to: the field itself, or the first choice of a group."""
    if isinstance(bound.field.widget, RadioSelect | CheckboxSelectMultiple):
        return f"{bound.auto_id}_0"
    return bound.id_for_label or bound.auto_id


def _address(context: dict[str, Any], **changes: str | None) -> str:
    """The address of this page with some of its parameters changed; None takes one away."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            query.pop(name, None)
        else:
            query[name] = value
    return f"?{query.urlencode()}"
