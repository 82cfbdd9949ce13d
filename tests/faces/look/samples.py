"""Invented content for the styleguide: one of everything the look can show. Nobody here exists."""

import datetime as dt

from django import forms
from django.http import HttpRequest, QueryDict

from hjemmel.faces.look.conflicts import differences, untouched
from hjemmel.faces.look.lists import Column, Listing, Order, Row
from hjemmel.faces.look.pages import (
    Chip,
    Errand,
    Fact,
    Figure,
    GroundLine,
    Link,
    Masked,
    Night,
    PersonHead,
    RailGroup,
    Section,
)

OUTSIDE = Masked(reason="Ditt verv rekker ikke denne opplysningen.")

RAIL = [
    RailGroup(
        label="",
        links=[Link(label="I dag", url="/", count=7), Link(label="Søk", url="/sok/")],
    ),
    RailGroup(
        label="Folk",
        links=[
            Link(label="Medlemmer", url="/medlemmer/", current=True),
            Link(label="Kontakter", url="/kontakter/"),
            Link(label="Tillitsvalgte", url="/verv/"),
        ],
    ),
    RailGroup(
        label="Huset",
        links=[
            Link(label="Det som slettes", url="/sletting/", count=1204),
            Link(label="Import", url="/import/"),
        ],
    ),
]
CRUMBS = [
    Link(label="Fjellvakten", url="/e/1/"),
    Link(label="Vestland krets", url="/e/2/"),
    Link(label="Ulvedalen lag", url="/e/3/"),
]
COLUMNS = [
    Column(name="name", label="Navn"),
    Column(name="number", label="Nummer"),
    Column(name="unit", label="Lag"),
    Column(name="joined", label="Innmeldt", kind="day"),
    Column(name="phone", label="Telefon", kind="phone", sortable=False),
    Column(name="birth", label="Født", kind="day", on_phone=False),
    Column(name="dues", label="Kontingent", kind="kroner"),
]
NAMES = ["Åse Ødegård", "Bjørn Lunde", "Čearret Eira", "Dagny Vik", "Edvard Hauge", "Zoe Nilsen Bråthen"]


def context(request: HttpRequest) -> dict[str, object]:
    """What every page of the office gets."""
    return {
        "organisation": {"name": "Fjellvakten"},
        "viewer": {"name": "Kari Sand", "office": "Lagsleder, Ulvedalen lag"},
        "rail": RAIL,
        "crumbs": CRUMBS,
        "search_url": "/sok/",
        "logout_url": "/konto/logout/",
        "user_links": [Link(label="Min side", url="/minside/")],
        "places": [
            Link(label="Oversikt", url="/minside/", current=True),
            Link(label="Samtykker", url="/minside/s/"),
        ],
        "foot_links": [Link(label="Personvernerklæring", url="/personvern/")],
        "request": request,
    }


def listing(request: HttpRequest, *, count: int = 1234, filtered: bool = False) -> Listing[int]:
    def fetch(order: Order, first: int, size: int) -> range:
        return range(first, min(first + size, count))

    def show(place: int) -> Row:
        name = NAMES[place % len(NAMES)]
        phone = OUTSIDE if place % 6 == 3 else f"+4768050{place % 1000:03}"
        born = None if place % 6 == 4 else dt.date(1960 + place % 50, 2, 28)
        joined = dt.date(2019, 3, 14) + dt.timedelta(days=place)
        return Row(
            url=f"/p/{place}/",
            values=[name, 10_000 + place, "Ulvedalen lag", joined, phone, born, 45_000 + place],
        )

    return Listing(
        request,
        columns=COLUMNS,
        default="name",
        count=count,
        fetch=fetch,
        show=show,
        filtered=filtered,
        empty="Når noen melder seg inn i laget, står de her.",
        empty_action=Link(label="Meld inn et medlem", url="/ny/"),
    )


class Filter(forms.Form):
    state = forms.ChoiceField(label="Vis", choices=[("", "Medlemmer i dag"), ("all", "Alle")], required=False)
    below = forms.BooleanField(label="Med lagene under", required=False)


class LogIn(forms.Form):
    login = forms.EmailField(label="E-post", widget=forms.EmailInput({"autocomplete": "username"}))
    password = forms.CharField(
        label="Passord", widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class Joining(forms.Form):
    given_name = forms.CharField(label="Fornavn", max_length=80)
    family_name = forms.CharField(label="Etternavn")
    birth_date = forms.DateField(label="Fødselsdato", help_text="Skriv dag, måned og år: 14.03.1988")
    email = forms.EmailField(label="E-post", required=False)
    kind = forms.ChoiceField(
        label="Medlemstype", choices=[("full", "Hovedmedlem"), ("family", "Familiemedlem")]
    )
    how = forms.ChoiceField(
        label="Hvordan meldte de seg inn?",
        choices=[("form", "På papir"), ("web", "På nettsiden"), ("talk", "Muntlig")],
        widget=forms.RadioSelect,
    )
    interests = forms.MultipleChoiceField(
        label="Vil høre om",
        help_text="Kryss av for alt som passer.",
        choices=[("walk", "Turer"), ("course", "Kurs")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    note = forms.CharField(label="Melding", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    accept = forms.BooleanField(
        label="Vedtektene er lest og godtatt", help_text="Uten dette kan ingen bli medlem."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def wrong_form() -> Joining:
    return Joining(QueryDict("given_name=Åse&birth_date=31.02.1988&email=ase&kind=full&version=3"))


def person() -> dict[str, object]:
    head = PersonHead(
        name="Åse Ødegård",
        number="10 482",
        unit=Link(label="Ulvedalen lag", url="/e/3/"),
        chips=[
            Chip(label="Medlem", colour="accent"),
            Chip(label="Kasserer i Ulvedalen lag", colour="neutral"),
            Chip(label="Skjermet adresse", colour="warning"),
        ],
        actions=[
            Link(label="Endre", url="/p/1/endre/"),
            Link(label="Avslutt medlemskapet", url="/p/1/slutt/"),
        ],
    )
    sections = [
        Section(
            name="contact",
            title="Kontakt",
            action=Link(label="Endre", url="/p/1/kontakt/"),
            facts=[
                Fact(label="E-post", value="ase@example.org", kind="email", note="oppgitt av henne selv"),
                Fact(label="Telefon", value=["+4768050123", "+4768050124"], kind="phone"),
                Fact(
                    label="Adresse",
                    value=Masked(reason="Adressen er skjermet. Bare sentralt kontor ser den."),
                ),
                Fact(label="Arbeidsgiver", value=None),
            ],
        ),
        Section(
            name="membership",
            title="Medlemskap",
            facts=[
                Fact(label="Type", value="Hovedmedlem"),
                Fact(label="Innmeldt", value=dt.date(2019, 3, 14), kind="day"),
                Fact(label="Siste betaling", value=45_000, kind="kroner", note="for 2026"),
                Fact(label="Fødselsnummer", value=Masked(reason="Ditt verv rekker ikke denne opplysningen.")),
            ],
        ),
        Section(name="tenures", title="Verv", empty="Ingen verv å vise."),
    ]
    return {"person": head, "sections": sections, "grounds": GROUNDS}


GROUNDS = [
    GroundLine(
        activity="Medlemskap",
        reason="Medlem siden 14. mars 2019",
        unit="Ulvedalen lag",
        since=dt.date(2019, 3, 14),
        after="1 år etter utmelding",
        seen_by=["lagsleder", "kasserer", "medlemskontoret"],
        basis="Avtale, personvernforordningen artikkel 6 nr. 1 b",
        holds=["navn", "fødselsdato", "adresse", "e-post", "telefon"],
    ),
    GroundLine(
        activity="Verv",
        reason="Kasserer i Ulvedalen lag",
        since=dt.date(2021, 2, 1),
        ended=dt.date(2025, 2, 1),
        until=dt.date(2031, 1, 1),
        seen_by=["generalsekretær"],
        holds=["navn"],
    ),
]


def conflict() -> dict[str, object]:
    who = "given_name=Åse&family_name=Ødegård&birth_date=14.03.1988&email=ase@example.org"
    mine = Joining(QueryDict(who + "&kind=family&how=web&note=Ringer helst.&accept=on&version=3"))
    found = differences(
        mine,
        stored={"given_name": "Åse", "email": "aase@example.com", "kind": "full", "note": "", "accept": True},
    )
    return {
        "title": "Noen lagret først",
        "saved_by": "Kasserer i Ulvedalen lag",
        "saved_at": dt.datetime(2026, 11, 23, 8, 5, tzinfo=dt.UTC),
        "version": 4,
        "differences": found,
        "untouched": untouched(mine, but=found, besides=frozenset({"version"})),
        "cancel_url": "/p/1/",
    }


def front() -> dict[str, object]:
    return {
        "title": "God morgen, Kari",
        "errands": [
            Errand(label="Krav om innsyn", count=1, url="/krav/", deadline=dt.date(2026, 11, 26)),
            Errand(label="Mulige dobbeltføringer", count=14, url="/dobbelt/"),
            Errand(
                label="Har ikke betalt på to år", count=1203, url="/skyldig/", deadline=dt.date(2026, 12, 31)
            ),
        ],
        "night": Night(
            day=dt.date(2026, 11, 23),
            lead="Slettet i hele registeret fordi tiden var ute:",
            facts=[
                Fact(label="Medlemskap", value=1312, kind="number"),
                Fact(label="Kontakter og samtykker", value=3, kind="number"),
            ],
        ),
        "figures": [
            Figure(label="medlemmer", value=18_402, note="212 flere enn i fjor", url="/medlemmer/"),
            Figure(label="lag", value=164),
            Figure(label="tillitsvalgte", value=611),
            Figure(label="slettes i 2027", value=1204),
        ],
    }
