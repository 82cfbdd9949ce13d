"""Whatever is typed into a form: it is taken whole, or refused in a plain sentence with all of it still
there, and nothing is half written. Never a fault of ours.
"""

import re
from datetime import date

import pytest
from django.db import connection

from hjemmel.domain.members.models import Membership
from hjemmel.domain.people.models import Contact, Email, Phone, PostalAddress
from hjemmel.faces.office.purposes import REGISTER
from hjemmel.kernel import access
from hjemmel.kernel.units.models import Tenure
from tests.faces.conftest import Visitor
from tests.faces.forms import FormOf
from tests.planting import HARBOUR, HILL, ROOT, member, officer

pytestmark = pytest.mark.django_db
CONSOLE = {"actor": "console", "purpose": REGISTER}

STRANGE = {
    "long": "Å" * 10_000,
    "emoji": "Åse 👩‍👩‍👧 🎉",
    "right-to-left": "\u202eesÅ مرحبا",
    "year-0": "01.01.0000",
    "year-9999": "31.12.9999",
    "no-such-day": "31.02.2024",
    "markup": '<b>Åse</b> & "co" {{ 7 }} %s %(n)s',
    "quotes": "O'Hara'); --",
    "null": "Å\x00se",
    "lines": "Å\r\nse\tB",
    "spaces": "   \u00a0 ",
    "digits": "9" * 40,
    "minus": "-1",
}
ENGLISH = re.compile(
    r"\b(the|this|field|value|valid|enter|required|must|characters|version|please)\b", re.IGNORECASE
)


@pytest.fixture
def keeper(visit) -> Visitor:
    return visit(officer("register_keeper", ROOT))


@pytest.fixture
def forms() -> dict[str, str]:
    """The address of every form there is, each about somebody with one of everything."""
    held = member(HARBOUR)
    person = f"/kontoret/person/{held.subject_id}/"
    with access.acting(**CONSOLE):
        email, phone = (m.objects.get(subject_id=held.subject_id).pk for m in (Email, Phone))
        address = PostalAddress.objects.get(subject_id=held.subject_id).pk
        tenure = Tenure.objects.create(
            subject_id=held.subject_id, office="chapter_leader", unit_id=HILL, starts_on=date(2024, 1, 1)
        )
    former = member(HARBOUR, given="Per", left_on=date(2026, 1, 1))
    return {
        "join": f"/kontoret/lag/{HARBOUR}/ny/",
        "contact": "/kontoret/kontakt/ny/",
        "change": f"{person}endre/",
        "rejoin": f"/kontoret/person/{former.subject_id}/innmelding/{HARBOUR}/",
        "end": f"{person}medlemskap/{held.pk}/avslutt/",
        "appoint": f"{person}verv/ny/",
        "end-office": f"{person}verv/{tenure.pk}/avslutt/",
        "add-email": f"{person}email/ny/",
        "add-phone": f"{person}phone/ny/",
        "add-address": f"{person}address/ny/",
        "change-email": f"{person}email/{email}/",
        "change-phone": f"{person}phone/{phone}/",
        "change-address": f"{person}address/{address}/",
        "remove-email": f"{person}email/{email}/fjern/",
        "number": f"{person}nummer/fodselsnummer/",
        "account": f"{person}nummer/bankkonto/",
    }


NAMES = (
    "join", "contact", "change", "rejoin", "end", "appoint", "end-office", "add-email", "add-phone",
    "add-address", "change-email", "change-phone", "change-address", "remove-email", "number", "account",
)  # fmt: skip


def written() -> int:
    """How many rows people, ties and the log have in all."""
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_entry")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize("name", NAMES)
def test_strange_input_is_taken_whole_or_refused_in_plain_words(keeper, forms, name):
    faults = {}
    for called, text in STRANGE.items():
        shown = keeper.get(forms[name])
        if shown.status_code == 404:
            break  # taken before: there is no more to end or take away
        form = FormOf(shown.content.decode())
        before = written()
        sent = form.values | dict.fromkeys(form.typed, text)
        answer = keeper.post(forms[name], **sent)
        if answer.status_code == 302:
            continue
        again = FormOf(answer.content.decode())
        kept = {n: again.values.get(n) for n in form.typed} if form.typed else {}
        lost = {n: v for n, v in kept.items() if v != text}
        if (
            answer.status_code != 422
            or lost
            or written() != before
            or not again.wrong
            or ENGLISH.search(again.wrong)
        ):
            faults[called] = (answer.status_code, str(lost)[:200], written() - before, again.wrong[:300])
    assert faults == {}


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_or_tampered_form_is_refused_in_plain_words(keeper, forms, name):
    form = FormOf(keeper.get(forms[name]).content.decode())
    faults = {}
    torn = ({"version": "x"}, {"version": "9" * 30}, {"version": ""}, {"version": "-1"})
    whole = [form.values | one for one in torn if "version" in form.values]
    none = [{"x": "y"}, dict.fromkeys(form.values, "x"), dict.fromkeys(form.values, "-1")]
    for sent in [*none, *whole]:
        before = written()
        answer = keeper.post(forms[name], **sent)
        if answer.status_code in {302, 404}:
            continue
        wrong = FormOf(answer.content.decode()).wrong
        if answer.status_code != 422 or written() != before or ENGLISH.search(wrong) or not wrong:
            faults[str(sent)[:60]] = (answer.status_code, written() - before, wrong[:300])
    assert faults == {}


@pytest.mark.parametrize("name", ["join", "contact", "add-email", "add-phone", "add-address", "appoint"])
def test_sent_twice_it_is_entered_once(keeper, forms, name):
    sent = FormOf(keeper.get(forms[name]).content.decode()).values | {
        "given_name": "Ola", "family_name": "Ås", "email": "ola@example.com", "reason": "Spurte om leir",
        "address": "ola@example.com", "number": "+4768050999", "lines": "Gata 1", "postcode": "9008",
        "place": "Tromsø",
    }  # fmt: skip
    counted = (Membership, Contact, Email, Phone, PostalAddress, Tenure)
    first = keeper.post(forms[name], **sent)
    assert first.status_code == 302, FormOf(first.content.decode()).wrong
    with access.acting(**CONSOLE):
        once = [model.objects.count() for model in counted]
    answer = keeper.post(forms[name], **sent)
    assert answer.status_code in {200, 302, 422}
    with access.acting(**CONSOLE):
        assert [model.objects.count() for model in counted] == once


@pytest.mark.parametrize("office", ["register_keeper", "chapter_leader"])
def test_a_membership_ended_twice_is_ended_once_and_said_so(visit, office):
    held = member(HARBOUR)
    visitor = visit(officer(office, ROOT if office == "register_keeper" else HARBOUR))
    url = f"/kontoret/person/{held.subject_id}/medlemskap/{held.pk}/avslutt/"
    for _time in range(2):
        answer = visitor.post(url, version=held.version, left_on="")
        assert answer.status_code == 302
    assert "er avsluttet fra før" in visitor.get(answer["Location"]).content.decode()


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("change-email", {"address": "annen@example.com"}),
        ("change-phone", {"number": "+47 68 05 09 99"}),
        ("change-address", {"lines": "Annen gate 7"}),
        ("change", {"middle_name": "Annet"}),
    ],
)
def test_in_two_tabs_the_second_loses_nothing(keeper, forms, name, typed):
    first, second = (FormOf(keeper.get(forms[name]).content.decode()).values for _tab in range(2))
    ((field, text),) = typed.items()
    earlier = {"address": "first@example.com", "number": "+4768050111", "lines": "Første gate 1"}
    assert keeper.post(forms[name], **first | {field: earlier.get(field, "Første")}).status_code == 302
    answer = keeper.post(forms[name], **second | typed)
    assert answer.status_code in {409, 422}
    page = answer.content.decode()
    assert text in page
    assert "lagret først" in page
    again = FormOf(page).values | ({} if answer.status_code == 422 else {field: text})
    assert keeper.post(forms[name], **again).status_code == 302


@pytest.mark.parametrize("number", ["0", "9223372036854775808", "9" * 30])
def test_an_absurd_number_in_an_address_is_not_found(keeper, forms, number):
    person = forms["appoint"].removesuffix("verv/ny/")
    for url in (
        f"/kontoret/person/{number}/", f"/kontoret/lag/{number}/", f"/kontoret/lag/{number}/ny/",
        f"{person}email/{number}/", f"{person}medlemskap/{number}/avslutt/",
        f"{person}verv/{number}/avslutt/", f"{person}innmelding/{number}/",
    ):  # fmt: skip
        assert keeper.get(url).status_code == 404, url
    assert keeper.post(f"{person}kontakt/{number}/avslutt/", version=1).status_code == 404
    assert keeper.get(forms["appoint"], unit=number).status_code in {200, 403, 404}
    for asked in ({"page": number}, {"sort": number}, {"state": number}, {"below": number}):
        assert keeper.get(f"/kontoret/lag/{HARBOUR}/", **asked).status_code == 200


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_strange_search_or_log_in_is_answered(keeper, visit, text):
    assert keeper.search(text).status_code == 200
    answer = visit(None).post("/konto/logg-inn/", login=text, password=text)
    assert answer.status_code in {200, 429}
    assert ENGLISH.search(FormOf(answer.content.decode()).wrong) is None
