import datetime as dt
import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from hjemmel.faces.look.pages import Chip, Masked
from tests.faces.look import samples


def write(text: str, **context: object) -> str:
    """The template's output with ordinary spaces and no line breaks."""
    html = Template("{% load look %}" + text).render(Context(context))
    return re.sub(r"\s+", " ", html.replace("\N{NO-BREAK SPACE}", " ")).strip()


def test_a_date_can_be_read_by_machines_too():
    html = write("{% day value %}", value=dt.date(2026, 3, 14))
    assert html == '<time datetime="2026-03-14">14. mars 2026</time>'


@pytest.mark.parametrize("value", [None, "", [], ()])
def test_nothing_is_a_dash_with_words_for_screen_readers(value):
    assert "ikke oppgitt" in write("{% shown value %}", value=value)


def test_what_is_masked_says_why():
    html = write("{% shown value %}", value=Masked(reason="Bare kontoret ser <dette>."))
    assert "Skjult" in html
    assert "Bare kontoret ser &lt;dette&gt;." in html


@pytest.mark.parametrize("kind", ["text", "lines", "email", "phone"])
def test_what_people_typed_is_never_markup(kind):
    html = write("{% shown value kind %}", value='"><script>alert(1)</script>', kind=kind)
    assert "<script>" not in html
    assert '"><' not in html.replace('"ds-link"', "").replace('href="', "")[:4]


def test_chips_stand_in_a_row():
    html = write("{% shown value %}", value=[Chip(label="Medlem", colour="accent")])
    assert html == '<ul class="chips"><li><span class="ds-tag" data-color="accent">Medlem</span></li></ul>'


def test_sorting_keeps_the_filter_and_goes_to_the_first_page():
    request = RequestFactory().get("/?q=å&sort=-joined&page=7")
    listing = samples.listing(request)
    html = write(
        "{% for c in listing.columns %}{% sort_header listing c %}{% endfor %}",
        listing=listing,
        request=request,
    )
    assert '<a href="?q=%C3%A5&amp;sort=joined">Innmeldt</a>' in html
    assert '<a href="?q=%C3%A5">Navn</a>' in html  # the default order needs no words in the address
    assert html.count("aria-sort") == 1
    assert "Telefon</th>" in html


def test_paging_keeps_filter_and_order():
    request = RequestFactory().get("/?state=all&sort=-joined&page=2")
    html = write("{% paging listing %}", listing=samples.listing(request), request=request)
    assert 'href="?state=all&amp;sort=-joined" rel="prev"' in html
    assert 'href="?state=all&amp;sort=-joined&amp;page=3" rel="next"' in html
    assert "51–100 av 1 234" in html


def test_a_field_with_an_error_points_to_help_and_error():
    html = write("{% field form.birth_date %}", form=samples.wrong_form())
    assert 'aria-describedby="id_birth_date_help id_birth_date_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'value="31.02.1988"' in html
    assert re.findall(r' id="([^"]+)"', html) == [
        "id_birth_date_help",
        "id_birth_date",
        "id_birth_date_error",
    ]


def test_every_error_leads_to_a_field_that_is_there():
    form = samples.wrong_form()
    html = write("{% error_summary form %}{% for one in form %}{% field one %}{% endfor %}", form=form)
    leads = set(re.findall(r'href="#([^"]+)"', html))
    assert leads == {"id_family_name", "id_birth_date", "id_email", "id_how_0", "id_accept"}
    assert leads <= set(re.findall(r' id="([^"]+)"', html))


def test_a_group_of_choices_keeps_what_was_ticked():
    form = samples.Joining({"interests": ["course"], "how": "web"})
    html = write("{% field form.interests %}{% field form.how %}", form=form)
    ticked = re.findall(r'<input[^>]*value="(\w+)"[^>]*checked', html)
    assert ticked == ["course", "web"]
    assert html.count("ds-input") == 5


def test_an_optional_field_says_so():
    assert "(valgfritt)" in write("{% field form.email %}", form=samples.Joining())
    assert "(valgfritt)" not in write("{% field form.given_name %}", form=samples.Joining())
