"""Earlier versions of the statement, as anybody reads them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hjemmel.declaration import load_texts, texts_of
from hjemmel.declaration.diff import changes
from hjemmel.declaration.diff.public import public_changes
from hjemmel.kernel.grounds.models import Version
from hjemmel.kernel.statement.actions import apply

pytestmark = pytest.mark.django_db
MEMBERSHIP = "activities/membership.yaml"
PHONE = "     person.phone, membership.number, membership.type, "
# Eight of them are the test taking and giving back the role of the web.
COSTS = {"list": 12, "edition": 12, "changes": 12}


def edited(*edits: tuple[str, str], file: str = MEMBERSHIP) -> dict[str, str]:
    files = texts_of("mission")
    for before, after in edits:
        assert files[file].count(before) == 1, before
        files[file] = files[file].replace(before, after)
    return files


SHORTER = ("    for: P5Y\n", "    for: P1Y\n")
WIDENED = (PHONE, PHONE.replace("membership.number", "person.birth_date, membership.number"))


@pytest.fixture
def first() -> Version:
    """The first version, no longer in force."""
    old = Version.objects.get()
    apply(edited(SHORTER, WIDENED))
    old.refresh_from_db()
    return old


def text(answer) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_every_version_is_listed_with_its_dates(visit, first):
    page = text(visit(None).get("/personvern/utgaver/"))
    assert page.index("gjelder nå") < page.index(f'href="/personvern/utgaver/{first.pk}/"')
    assert f'href="/personvern/utgaver/{first.pk}/endringer/"' in page
    assert 'href="/personvern/utgaver/"' in text(visit(None).get("/personvern/"))


@pytest.mark.requirement("DEC-06")
@pytest.mark.parametrize(
    ("lang", "marked", "kept"),
    [
        ("nb", "Denne utgaven gjelder ikke lenger", "Fem år etter at medlemskapet er avsluttet"),
        ("nn", "Denne utgåva gjeld ikkje lenger", "Fem år etter at medlemskapen er avslutta"),
        ("en", "This version is no longer in force", "Five years after the membership has ended"),
    ],
)
def test_a_version_stays_as_it_was_and_says_that_it_does_not_apply(visit, first, lang, marked, kept):
    visitor = visit(None)
    page = text(visitor.get(f"/personvern/utgaver/{first.pk}/{lang}/"))
    assert (marked in page, kept in page) == (True, True)
    assert kept not in text(visitor.get(f"/personvern/{lang}/"))
    for there in ("/personvern/", f"/personvern/utgaver/{first.pk}/endringer/", "/personvern/utgaver/"):
        assert f'href="{there}"' in page
    printed = visitor.get(f"/personvern/utgaver/{first.pk}/{lang}/personvernerklaring.pdf")
    assert printed.content.startswith(b"%PDF-")
    assert printed["Content-Language"] == lang


def test_a_version_of_a_single_day_applied_on_that_day_alone(visit, first):
    page = text(visit(None).get(f"/personvern/utgaver/{first.pk}/nb/"))
    assert re.search(r"Den gjaldt bare \d+\. \w+ \d{4}\.", page)
    Version.objects.filter(pk=first.pk).update(valid_from="2026-01-01")
    page = text(visit(None).get(f"/personvern/utgaver/{first.pk}/nb/"))
    assert "Den gjaldt fra 1. januar 2026 til " in page


def test_what_has_changed_is_told_with_what_is_worse_for_people_first(visit, first):
    page = text(visit(None).get(f"/personvern/utgaver/{first.pk}/endringer/"))
    wider = page.index("Medlemmer: Regionlederen ser også fødselsdato.")
    assert page.index("Mer enn før") < wider < page.index("Mindre enn før")
    assert page.index("Mindre enn før") < page.index("slettes etter 1 år, før 5 år")


def test_the_version_in_force_is_the_statement_itself(visit, first):
    now = Version.objects.get(replaced_on__isnull=True).pk
    visitor = visit(None)
    for path, there in (("", "/personvern/"), ("nn/", "/personvern/nn/"), ("endringer/", "/personvern/")):
        answer = visitor.get(f"/personvern/utgaver/{now}/{path}")
        assert (answer.status_code, answer["Location"]) == (302, there)


@pytest.mark.parametrize(
    "path", ["999/", "999/nb/", "999/endringer/", "{}/sv/", "{}/sv/personvernerklaring.pdf"]
)
def test_what_was_never_published_is_not_there(visit, first, path):
    assert visit(None).get(f"/personvern/utgaver/{path.format(first.pk)}").status_code == 404


def test_a_version_in_an_older_language_says_so(visit, first):
    Version.objects.filter(pk=first.pk).update(files={"organisation.yaml": "an_older_key: 1\n"})
    visitor = visit(None)
    for path in ("", "endringer/"):
        page = visitor.get(f"/personvern/utgaver/{first.pk}/{path}")
        assert page.status_code == 200
        assert "skrevet på en eldre måte" in text(page)
        assert "mailto:personvern@fjellheim.example.org" in text(page)
    assert visitor.get(f"/personvern/utgaver/{first.pk}/nb/personvernerklaring.pdf").status_code == 404


def test_a_version_that_would_not_pass_the_check_today_is_still_readable(visit, first):
    files = edited(
        (
            "    after: membership.ended\n    then: delete\n",
            "    after: membership.ended\n    then: delete\n    at_request: anonymise\n",
        )
    )
    files["recipients.yaml"] = files["recipients.yaml"].replace("kind: processor", "kind: recipient", 1)
    Version.objects.filter(pk=first.pk).update(files=files)
    assert visit(None).get(f"/personvern/utgaver/{first.pk}/nb/").status_code == 200


def test_nothing_that_is_not_published_is_told(visit, first):
    """What is planned, reasons for not following advice, and how often suppliers are audited."""
    old = load_texts(texts_of("mission"))
    files = edited(("title: {nb: Dåp", "title: {nb: Hemmelig plan"), file="activities/baptism.yaml")
    assert "reasons:" in files[MEMBERSHIP]
    files[MEMBERSHIP] = (
        files[MEMBERSHIP].split("reasons:")[0]
        + "reasons:\n"
        + "".join(
            line.replace("2026-10-20", "2026-10-21") + "\n"
            for line in files[MEMBERSHIP].split("reasons:\n")[1].splitlines()
        )
    )
    new = load_texts(files)
    assert {change.kind for change in changes(old, new)} >= {"reason", "wording"}
    assert public_changes(old, new) == ()
    apply(files)
    now = Version.objects.order_by("-id").values_list("id", flat=True)[1]
    page = text(visit(None).get(f"/personvern/utgaver/{now}/endringer/"))
    assert "Hemmelig plan" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_pages_cost_the_same_however_many_versions_there_are(visit, first, count):
    for _ in range(count - 1):
        apply(edited(SHORTER))
    visitor = visit(None)
    costs = {}
    for name, path in (("list", ""), ("edition", f"{first.pk}/"), ("changes", f"{first.pk}/endringer/")):
        visitor.get(f"/personvern/utgaver/{path}")
        with CaptureQueriesContext(connection) as done:
            assert visitor.get(f"/personvern/utgaver/{path}").status_code == 200
        costs[name] = len(done)
    assert costs == COSTS
