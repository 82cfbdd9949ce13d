"""The declaration at the office: forms that show what they make, through the pages as the web's own role."""

import io
import re
import zipfile
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hjemmel.declaration import texts_of
from hjemmel.kernel import access
from hjemmel.kernel.clock.models import Installation
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.actions import apply
from hjemmel.kernel.statement.applying import work_off
from hjemmel.kernel.statement.models import Draft
from tests.planting import HARBOUR, NORTH, ROOT, member, officer

pytestmark = pytest.mark.django_db
HOME = "/kontoret/erklaering/"
KEEP = HOME + "endre/activities/membership/keep/2/"
FILE = "activities/membership.yaml"
TEXTS = texts_of("mission")


@pytest.fixture
def keeper(visit):
    return visit(officer("register_keeper", ROOT))


def text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def fields(answer) -> dict:
    """What the form of a page would send, as it stands."""
    page = answer.content.decode()
    form = page[page.index("<main") :]
    sent: dict = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = (re.search(rf'{n}="([^"]*)"', tag) for n in ("name", "value"))
        kind = re.search(r'type="([^"]*)"', tag)
        if name is None or (kind[1] in {"radio", "checkbox"} and " checked" not in tag):
            continue
        held = unescape(value[1]) if value else "on" if kind[1] == "checkbox" else ""
        sent.setdefault(name[1], []).append(held)
    for name, inside in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', form, re.DOTALL):
        sent[name] = re.findall(r'<option value="([^"]*)" selected', inside)
    for name, inside in re.findall(r'<textarea name="([^"]*)"[^>]*>(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [unescape(inside.strip("\r\n"))]
    return sent


def draft() -> dict[str, str]:
    return Draft.objects.get(state="open").files


def test_it_is_for_those_who_are_responsible_and_nobody_else(visit, keeper):
    assert keeper.get(HOME).status_code == 200
    assert HOME in keeper.get("/kontoret/").content.decode()
    for office, unit in (("chapter_leader", HARBOUR), ("region_leader", NORTH)):
        other = visit(officer(office, unit))
        assert HOME not in other.get("/kontoret/").content.decode()
        for page in (
            HOME,
            KEEP,
            HOME + "filer/",
            HOME + "virkning/",
            HOME + "historie/",
            HOME + "filer/alle.zip",
        ):
            assert other.get(page).status_code == 403
        assert other.post(KEEP, **{"for-years": "1"}).status_code == 403
    assert visit(None).get(HOME).status_code == 302


def test_whoever_has_no_other_duty_comes_straight_to_it(visit):
    changed = {
        name: held.replace("requests: privacy_officer", "requests: editor") for name, held in TEXTS.items()
    }
    with access.acting(actor="console", purpose="declaration/apply"):
        apply(changed)
    editor = visit(officer("editor", ROOT))
    assert editor.get("/")["Location"] == HOME
    page = editor.get(HOME).content.decode()
    assert 'href="/kontoret/"' not in page


def test_the_overview_tells_the_state_of_each_activity(keeper):
    page = text(keeper.get(HOME))
    assert "Medlemskap Aktiv" in page
    assert "Planlagt Ingenting å bemerke" in page


def test_an_activity_shows_its_sentences_each_with_a_way_to_change_it(keeper):
    page = keeper.get(HOME + "aktivitet/membership/").content.decode()
    for rule in ("keep/2", "duty/chapter_leader/2", "recipient/grant_authority", "purpose/grants", "data"):
        assert f'data-rule="membership/{rule}"' in page
    assert "Fem år etter at medlemskapet er avsluttet" in page
    for url in re.findall(rf'href="({HOME}(?:endre|legg-til)/[^"]*)"', page):
        assert keeper.get(url).status_code == 200, url


def test_every_entry_of_the_organisation_has_a_form(keeper):
    page = keeper.get(HOME + "organisasjon/").content.decode()
    urls = re.findall(rf'href="({HOME}(?:endre|legg-til)/[^"]*)"', page)
    assert len(urls) > 40
    for url in urls:
        assert keeper.get(url).status_code == 200, url


def test_a_form_sent_as_it_stands_changes_nothing(keeper):
    """Every form there is, of every activity: what it shows is what stands there."""
    pages = [keeper.get(f"{HOME}aktivitet/{a}/") for a in ("membership", "invitations", "camps")]
    urls = [u for p in [*pages, keeper.get(HOME + "organisasjon/")]
            for u in re.findall(rf'href="({HOME}endre/[^"]*)"', p.content.decode())]  # fmt: skip
    for url in urls:
        answer = keeper.post(url, **fields(keeper.get(url)))
        assert answer.status_code == 302, (url, text(answer)[-900:])
    assert not Draft.objects.exists() or draft() == TEXTS


def test_the_sentence_is_shown_as_it_would_be(keeper):
    sent = fields(keeper.get(KEEP)) | {"for-years": "3"}
    page = text(keeper.post(KEEP, **sent, show="on"))
    assert "Tre år etter at medlemskapet er avsluttet" in page
    assert not Draft.objects.exists()


def test_saving_puts_one_line_in_the_draft(keeper):
    sent = fields(keeper.get(KEEP)) | {"for-years": "3"}
    assert keeper.post(KEEP, **sent)["Location"] == HOME + "aktivitet/membership/"
    assert draft() == {**TEXTS, FILE: TEXTS[FILE].replace("for: P5Y", "for: P3Y")}
    assert "Endret" in text(keeper.get(HOME))


def test_what_the_check_finds_stands_beside_the_field(keeper):
    sent = fields(keeper.get(KEEP)) | {"after": "contact.ended"}
    page = keeper.post(KEEP, **sent, show="on").content.decode()
    found = re.search(r'id="found-after" data-live>(.*?)</div>', page, re.DOTALL)[1]
    assert "H033" in found
    assert "membership.ended" not in found
    assert "medlemskapet er avsluttet" in found


@pytest.mark.parametrize(
    "wrong", [{"for-years": "fem"}, {"for-years": "-1"}, {"for-years": "99999"}, {"then": ""}, {"what": ""},
              {"what": "nonsense"}, {"then": "archive:nowhere"}, {"because-nb": "", "because-nn": "ja"}],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_nothing_is_written(keeper, wrong):
    sent = fields(keeper.get(KEEP)) | wrong
    answer = keeper.post(KEEP, **sent)
    assert answer.status_code == 422
    assert "ds-error-summary" in answer.content.decode()
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["nowhere", "activities/nowhere/keep/1", "activities/membership/keep/99", "activities/membership",
     "activities/membership/keep", "units/chapter/title", "activities/membership/keep/0", "../etc"],
)  # fmt: skip
def test_there_is_no_form_for_what_is_not_there(keeper, address):
    assert keeper.get(f"{HOME}endre/{address}/").status_code == 404


def test_somebody_who_was_there_first_is_told_of_and_nothing_typed_is_lost(visit, keeper):
    other = visit(officer("privacy_officer", ROOT))
    mine = fields(keeper.get(KEEP)) | {"for-years": "3"}
    other.post(KEEP, **(fields(other.get(KEEP)) | {"for-years": "2"}))
    answer = keeper.post(KEEP, **mine)
    assert answer.status_code == 409
    assert 'value="3"' in answer.content.decode()
    assert "for: P2Y" in draft()[FILE]
    assert keeper.post(KEEP, **fields(answer)).status_code == 302
    assert "for: P3Y" in draft()[FILE]


def test_two_who_change_different_rules_do_not_meet(visit, keeper):
    other = visit(officer("privacy_officer", ROOT))
    mine = fields(keeper.get(KEEP)) | {"for-years": "3"}
    duty = HOME + "endre/activities/membership/duties/region_leader/"
    other.post(duty, **(fields(other.get(duty)) | {"sees": "ended"}))
    assert keeper.post(KEEP, **mine).status_code == 302
    assert "for: P3Y" in draft()[FILE]
    assert "sees: ended" in draft()[FILE]


def test_rules_are_added_and_taken_out(keeper):
    add = HOME + "legg-til/activities/membership/keep/"
    sent = fields(keeper.get(add)) | {"what": "membership", "for-years": "10", "after": "membership.ended",
                                      "then": "delete", "data-0": ["person.name"]}  # fmt: skip
    assert "Ti år etter" in text(keeper.post(add, **sent, show="on"))
    assert keeper.post(add, **sent).status_code == 302
    assert "for: P10Y" in draft()[FILE]
    third = HOME + "endre/activities/membership/keep/3/"
    assert keeper.post(third, **fields(keeper.get(third)), remove="on").status_code == 302
    assert draft() == TEXTS


def test_what_has_moved_meanwhile_is_not_taken_out_unseen(visit, keeper):
    other = visit(officer("privacy_officer", ROOT))
    first, second = (HOME + f"endre/activities/membership/keep/{number}/" for number in (1, 2))
    mine = fields(keeper.get(first))
    other.post(first, **fields(other.get(first)), remove="on")
    assert keeper.post(first, **mine, remove="on").status_code == 409
    assert "for: P5Y" in draft()[FILE]
    assert keeper.get(second).status_code == 404


def test_a_duty_is_added_for_an_office(keeper):
    add = HOME + "legg-til/activities/membership/duties/"
    sent = fields(keeper.get(add)) | {"office": "treasurer", "may": ["read"], "data-all": "all"}
    assert "Gaveansvarlig" in text(keeper.post(add, **sent, show="on"))
    assert keeper.post(add, **sent).status_code == 302
    assert "treasurer: {may: [read]}" in draft()[FILE]


def test_a_recipient_is_named_after_its_title(keeper):
    add = HOME + "legg-til/recipients/"
    typed = {"kind": "recipient", "title-nb": "Bydelen på Øst", "does-nb": "får lister", "place": "NO"}
    assert keeper.post(add, **(fields(keeper.get(add)) | typed)).status_code == 302
    assert "bydelen_pa_ost:" in draft()["recipients.yaml"]


def test_the_last_change_is_undone_and_a_draft_is_thrown_away_and_taken_up(keeper):
    for years in ("3", "2"):
        keeper.post(KEEP, **(fields(keeper.get(KEEP)) | {"for-years": years}))
    held = fields(keeper.get(HOME))
    keeper.post(HOME + "angre/", draft=held["draft"][0], version=held["version"][0])
    assert "for: P3Y" in draft()[FILE]
    held = fields(keeper.get(HOME))
    keeper.post(HOME + "utkast/kast/", draft=held["draft"][0], version=held["version"][0])
    assert not Draft.objects.filter(state="open").exists()
    held = fields(keeper.get(HOME + "historie/"))
    keeper.post(HOME + "utkast/hent/", draft=held["draft"][0], version=held["version"][0])
    assert "for: P3Y" in draft()[FILE]
    for wrong in ({}, {"draft": "x", "version": "9" * 30}, {"draft": "-1", "version": "1"}):
        assert keeper.post(HOME + "angre/", **wrong).status_code == 302
    assert keeper.post(HOME + "utkast/x/").status_code == 404
    assert "for: P3Y" in draft()[FILE]


def test_it_is_taken_out_and_put_in_as_files(keeper):
    answer = keeper.get(HOME + "filer/alle.zip")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {n: archive.read(n).decode() for n in archive.namelist()} == TEXTS
    assert keeper.get(HOME + "filer/units.yaml/last-ned/").content.decode() == TEXTS["units.yaml"]
    assert "general_secretary:" in keeper.get(HOME + "filer/offices.yaml/").content.decode()
    assert keeper.get(HOME + "filer/nowhere.yaml/").status_code == 404
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, held in TEXTS.items():
            archive.writestr(f"mappe/{name}", held.replace("for: P5Y", "for: P3Y"))
    sent = SimpleUploadedFile("mappe.zip", out.getvalue())
    assert keeper.post(HOME + "filer/", version="0", sent=sent).status_code == 302
    assert draft() == {name: held.replace("for: P5Y", "for: P3Y") for name, held in TEXTS.items()}


def test_files_put_in_are_checked_and_what_is_found_is_listed_by_file_and_line(keeper):
    wrong = TEXTS[FILE].replace("after: membership.ended", "after: membership.nonsense", 1)
    sent = SimpleUploadedFile("membership.yaml", wrong.encode())
    assert keeper.post(HOME + "filer/", version="0", sent=sent).status_code == 302
    line = next(n for n, ln in enumerate(wrong.splitlines(), 1) if "nonsense" in ln)
    assert f"{FILE}:{line}" in text(keeper.get(HOME + "filer/"))
    assert re.search(r"\d feil", text(keeper.get(HOME)))
    broken = SimpleUploadedFile("offices.yaml", b"a: [")
    keeper.post(HOME + "filer/", version=Draft.objects.get().version, sent=broken)
    assert keeper.get(HOME + "aktivitet/membership/").status_code == 200
    assert keeper.get(KEEP).status_code == 302
    assert "H001" in text(keeper.get(HOME))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.zip", b"PK\x03\x04 torn"),
        ("x.txt", b"a: b"),
        ("x.yaml", b"\xff\xfe\x00"),
        ("x.yaml", b"a" * 1_600_000),
        ("x.yaml", b"a\0b"),
    ],
)
def test_what_is_no_declaration_is_refused_whole(keeper, name, content):
    sent = SimpleUploadedFile(name, content)
    assert keeper.post(HOME + "filer/", version="0", sent=sent).status_code in {302, 422}
    assert not Draft.objects.exists() or "activities/x.yaml" in draft()
    assert keeper.get(HOME).status_code == 200


def test_from_a_form_to_what_is_in_force(keeper):
    Installation.objects.update(kind="demo")
    member(HARBOUR)
    keeper.post(KEEP, **(fields(keeper.get(KEEP)) | {"for-years": "3"}))
    assert "Regn ut virkningen" in text(keeper.get(HOME + "virkning/"))
    keeper.post(HOME + "virkning/regn-ut/")
    assert "data-poll" in keeper.get(HOME + "virkning/").content.decode()
    work_off()
    page = keeper.get(HOME + "virkning/")
    assert "før 5 år" in text(page)
    answer = keeper.post(HOME + "virkning/", **fields(page))
    assert answer.status_code == 302
    work_off()
    assert "P3Y" in Version.objects.latest("id").files[FILE]
    assert "gjelder fra" in text(keeper.get(HOME + "virkning/"))
    assert "Medlemsansvarlig" in text(keeper.get(HOME + "historie/"))
    assert "Tre år etter at medlemskapet er avsluttet" in text(keeper.get("/personvern/nb/"))


def test_what_lets_more_be_seen_is_ticked_and_approved_by_another(visit, keeper):
    other = visit(officer("privacy_officer", ROOT))
    duty = HOME + "endre/activities/membership/duties/register_keeper/"
    ticked = ["read", "change", "export", "shielded", "restricted"]
    keeper.post(duty, **(fields(keeper.get(duty)) | {"may": ticked}))
    keeper.post(HOME + "virkning/regn-ut/")
    work_off()
    page = keeper.get(HOME + "virkning/")
    assert "Godkjenn dette" not in text(page)
    assert "Ingen gir seg selv" in text(page)
    shown = other.get(HOME + "virkning/")
    assert "Godkjenn dette" in text(shown)
    assert other.post(HOME + "virkning/").status_code == 422
    (key,) = re.findall(r'name="wider" value="([^"]+)"', shown.content.decode())
    assert other.post(HOME + "virkning/", wider=[key]).status_code == 302
    work_off()
    assert "koden" in text(other.get(HOME + "virkning/"))
    (number,) = re.findall(r"/virkning/(\d+)/kode/", other.get(HOME + "virkning/").content.decode())
    assert "Det er ikke koden" in text(other.post(f"{HOME}virkning/{number}/kode/", code="feil"))
    assert other.post(f"{HOME}virkning/{number}/stans/").status_code == 302


# One for each thing that is asked, whatever the draft holds; eight are the test taking the role of the web.
@pytest.mark.parametrize(
    ("page", "cost"), [("", 21), ("aktivitet/membership/", 21), ("endre/activities/membership/keep/2/", 21),
                       ("filer/", 21), ("virkning/", 22), ("historie/", 24)],
)  # fmt: skip
def test_a_page_costs_the_same_whatever_it_holds(keeper, page, cost, django_assert_num_queries):
    keeper.get(HOME + page)
    with django_assert_num_queries(cost):
        assert keeper.get(HOME + page).status_code == 200
