"""What may stand in an address: ids, sorting, paging and filters by name. Nothing that somebody typed, and
nothing of a person: addresses end in logs, histories and bookmarks.
"""

import re
from pathlib import Path

import pytest
from django.urls import get_resolver, reverse

import hjemmel
from tests.faces.addresses import Addresses
from tests.planting import HARBOUR, ROOT, member, officer

SOURCE = Path(hjemmel.__file__).parent
LONG = re.compile(r"\d{15,}")  # ids are random: any year may stand inside one
ALLOWED = {"sort", "page", "state", "below", "past", "unit", "what", "search", "more", "next"}
# Who meets each route, and what is sent to those that only take what is sent.
ONLY_POST = {"undo_end", "end_contact", "review_contact", "open_sealed", "set_language"}
MEMBERS = {"mypage", "door"}
ANYBODY = {"account_login", "statement"}


def test_no_form_puts_what_is_typed_into_an_address():
    found = {}
    for file in SOURCE.rglob("templates/**/*.html"):
        for form in re.findall(r"<form[^>]*>", file.read_text()):
            if 'method="post"' not in form:
                found[file.name] = form
    assert list(found) == ["list.html"], "a list's filters alone are a GET form"


@pytest.mark.django_db
def test_every_page_keeps_people_out_of_its_addresses(visit):
    held = member(HARBOUR, given="Xandra", family="Quistgaard", number=987654)
    private = ("xandra", "quistgaard", "987654", "68050123", "strandgata", "1980")
    keeper = officer("register_keeper", ROOT)
    visitors = {"officer": visit(keeper), "member": visit(held.subject), "anybody": visit(None)}
    ids = {
        "person_id": held.subject_id, "unit_id": HARBOUR, "membership_id": held.pk, "model": "email",
        "slug": "fodselsnummer", "name": "membership", "address": "activities/membership/keep/2",
        "file": "units.yaml",
    }  # fmt: skip
    met, asked = 0, {"below": "on", "state": "all", "past": "on", "sort": "-name"}
    for name, parameters in _routes().items():
        if name in ONLY_POST or not set(parameters) <= set(ids):
            continue
        who = "member" if name in MEMBERS else "anybody" if name in ANYBODY else "officer"
        url = reverse(name, kwargs={key: ids[key] for key in parameters})
        for page in (visitors[who].get(url), visitors[who].get(url, **asked), visitors[who].post(url)):
            met += page.status_code == 200
            if page["Content-Type"] == "application/zip":
                continue
            read = Addresses(page.content.decode())
            urls = [*read.urls, page.headers.get("Location", "")]
            assert read.names <= ALLOWED, (url, read.names)
            told = [one for one in urls for text in private if text in LONG.sub("", one.casefold())]
            assert told == [], url
    assert met > 30


@pytest.mark.django_db
def test_what_a_search_finds_is_met_at_addresses_of_ids(visit):
    member(HARBOUR, given="Xandra", family="Quistgaard"), member(HARBOUR, given="Xerxes", family="Quist")
    page = visit(officer("register_keeper", ROOT)).search("quist")
    read = Addresses(page.content.decode())
    assert "Quistgaard" in page.content.decode()
    assert read.names <= ALLOWED
    assert [url for url in read.urls if "quist" in url.casefold()] == []


@pytest.mark.django_db
def test_who_must_log_in_first_is_led_back_to_a_path_alone(visit):
    answer = visit(None).get("/kontoret/sok/", q="Xandra Quistgaard", search="kari@example.org")
    assert answer["Location"] == "/konto/logg-inn/?next=%2Fkontoret%2Fsok%2F"


def _routes() -> dict[str, tuple[str, ...]]:
    """Every named route with the names of what stands in its path."""
    resolver = get_resolver()
    found = {}
    for name in resolver.reverse_dict:
        if isinstance(name, str):
            for possibilities, *_rest in resolver.reverse_dict.getlist(name):
                found[name] = tuple(possibilities[0][1])
    return found
