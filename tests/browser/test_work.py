"""A day at the office, by hand: searching, opening, enrolling, ending and taking it back."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import KEEPER, LEADER, YOUNG, Site


def own_unit(tab: Page) -> str:
    """The address of the leader's own chapter."""
    tab.goto("/kontoret/")
    return tab.locator("nav.rail a[href*='/lag/']").first.get_attribute("href")


def focused(tab: Page) -> str:
    return tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


@pytest.mark.requirement("PER-07")
def test_slash_search_down_and_enter_open_a_person(site: Site):
    with site.visit(LEADER) as tab:
        tab.goto(own_unit(tab))
        name = tab.locator("tbody th a").nth(1).inner_text()
        tab.keyboard.press("/")
        assert focused(tab) == "search"
        tab.keyboard.type(name)
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/sok/?search=*")
        tab.locator("#main").focus()
        tab.keyboard.press("ArrowDown")
        found = focused(tab)
        tab.keyboard.press("Enter")
        tab.wait_for_url("**/person/*/")
        assert tab.locator("h1").inner_text() == found == name
        assert tab.locator(".grounds .ground").count() >= 1


@pytest.mark.requirement("MEM-01")
@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_somebody_is_enrolled_ended_and_taken_back(site: Site, script):
    given = "Trygve" if script else "Torbjørg"
    with site.visit(LEADER, java_script_enabled=script) as tab:
        unit = own_unit(tab)
        tab.goto(unit)
        tab.click("text=Meld inn et medlem")
        boxes = tab.locator("input[type=checkbox]")
        assert boxes.count() >= 2
        assert all(not boxes.nth(n).is_checked() for n in range(boxes.count()))
        tab.fill("[name=given_name]", given)
        tab.fill("[name=family_name]", "Nymoen")
        tab.fill("[name=birth_date]", "29.02.2004")
        boxes.first.check()
        tab.click("main form button[type=submit]")
        assert "Fyll inn adressen" in tab.locator(".ds-error-summary").inner_text()
        assert tab.input_value("[name=given_name]") == given
        tab.fill("[name=email]", f"{'a' if script else 'b'}@example.com")
        tab.click("main form button[type=submit]")
        tab.wait_for_url("**/person/*/")
        assert tab.locator("h1").inner_text() == f"{given} Nymoen"
        person = tab.url
        tab.click("text=Avslutt medlemskapet")
        tab.click("main form button[type=submit]")
        expect(tab.locator(".undo")).to_contain_text("I dag kan du angre")
        assert tab.goto(person).status == 404
        tab.goto("/kontoret/")
        tab.click(".undo button")
        tab.wait_for_url("**/person/*/")
        assert tab.locator("h1").inner_text() == f"{given} Nymoen"
        assert tab.locator(".undo").count() == 0


@pytest.mark.requirement("ORG-03")
def test_what_is_not_hers_is_refused_in_plain_words(site: Site):
    with site.visit(KEEPER) as tab:
        tab.goto("/kontoret/")
        regions = [a.get_attribute("href") for a in tab.locator("nav.rail a[href*='/lag/']").all()]
        tab.goto(f"{regions[-1]}?below=on")
        stranger = tab.locator("tbody th a").last.get_attribute("href")
        name = tab.locator("tbody th a").last.inner_text()
    with site.visit(LEADER) as tab:
        for path, status in ((stranger, 404), (f"{stranger}endre/", 404), ("/kontoret/person/1/", 404)):
            assert tab.goto(path).status == status
            assert tab.locator("h1").inner_text() == "Vi fant ikke siden"
        assert tab.goto(f"{regions[-1]}ny/").status == 403
        assert tab.locator("h1").inner_text() == "Du kan ikke se denne siden"
        tab.goto(f"{regions[-1]}?below=on")
        assert name not in tab.content()
        assert tab.goto("/kontoret/kontakt/ny/").status == 403
    with site.visit(YOUNG) as tab:
        assert tab.goto("/kontoret/").status == 403


@pytest.mark.requirement("MIN-04")
def test_a_member_of_seventeen_reads_why_who_and_until_when(site: Site):
    with site.visit(YOUNG, viewport={"width": 375, "height": 800}) as tab:
        tab.goto("/")
        assert tab.url.endswith("/minside/")
        rows = tab.locator(".held tbody tr")
        assert rows.locator(".held-value").count() >= 8
        for n in range(rows.count()):
            why, who, until = (rows.nth(n).locator("td div").nth(c).inner_text() for c in range(3))
            assert "" not in (why, who, until), rows.nth(n).inner_text()
        assert "5 år etter at medlemskapet er avsluttet" in tab.content()
        tab.locator(".held td a").first.click()
        assert re.search(r"/personvern/#\w+", tab.url)
        assert tab.locator(f"#{tab.url.partition('#')[2]}").count() == 1


def test_the_language_is_bokmal_until_one_chooses(site: Site):
    with site.visit(locale="en-US") as tab:
        tab.goto("/personvern/")
        assert tab.get_attribute("html", "lang") == "nb"
        tab.click("button[lang=nn]")
        tab.wait_for_url("**/personvern/")
        assert tab.get_attribute("html", "lang") == "nn"
        assert tab.get_attribute("article.statement", "lang") == "nn"
        tab.goto("/konto/logg-inn/")
        assert tab.get_attribute("html", "lang") == "nn"


def test_two_tabs_do_not_overwrite_each_other(site: Site):
    with site.visit(LEADER) as tab:
        tab.goto(own_unit(tab))
        tab.locator("tbody th a").nth(3).click()
        tab.locator("#who a", has_text="Endre").click()
        other = tab.context.new_page()
        other.goto(tab.url)
        for one, name in ((other, "Annen"), (tab, "Første")):
            one.fill("[name=middle_name]", name)
            one.click("main form button[type=submit]")
        assert tab.locator("h1").inner_text() == "Noen andre lagret først"
        assert "Annen" in tab.locator("main").inner_text()
        tab.click("main form button[type=submit]")
        tab.wait_for_url("**/person/*/")
        assert "Første" in tab.locator("h1").inner_text()
