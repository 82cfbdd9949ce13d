"""The declaration changed by hand: a keep rule, its sentence, what it does, approving it, what people see."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import axe
from tests.browser.conftest import KEEPER, YOUNG, Site, opened
from tests.conftest import ROOT

HOME = "/kontoret/erklaering/"
KEEP = "membership/keep/2"
SCREENS = ROOT / "screens"


@pytest.fixture(scope="module")
def site(server: Any, browser: Browser) -> Iterator[Site]:
    """A register apart: what comes in force here would else be in force for the tests that follow."""
    with opened(server, browser, f"declared_{os.getpid()}") as up:
        yield up


def sound(tab: Page, name: str) -> None:
    """The page is clean by axe, in light and dark, and fits a phone. A picture where they are wanted."""
    if os.environ.get("HJEMMEL_TEST_SCREENS"):
        for width in (375, 1280):
            tab.set_viewport_size({"width": width, "height": 900})
            tab.screenshot(path=SCREENS / f"{name}-{width}.png", full_page=True)
    assert axe.faults(tab) == []
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(axe.DESK)


def to_the_rule(tab: Page) -> None:
    """From the front page to the form of the keep rule, by links alone."""
    tab.goto("/kontoret/")
    tab.click("nav.rail >> text=Erklæringen")
    tab.click("main >> text=Medlemskap")
    tab.locator(f"[data-rule='{KEEP}'] a").click()
    tab.wait_for_url("**/keep/2/")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_a_keep_rule_is_changed_and_comes_in_force(site: Site, script):
    years, words = ("3", "Tre") if script else ("4", "Fire")
    with site.visit(KEEPER, java_script_enabled=script) as tab:
        to_the_rule(tab)
        before = tab.locator("#told").inner_text()
        assert "etter at medlemskapet er avsluttet" in before
        tab.fill("[name=for-years]", years)
        if not script:
            tab.click("text=Vis endringen")
        sentence = tab.locator(".spot-sentence").first
        expect(sentence).to_contain_text(f"{words} år etter at medlemskapet er avsluttet")
        if script:
            tab.fill("[name=for-years]", "")
            expect(tab.locator("#told")).to_contain_text("H0")
            sound(tab, "declaring-wrong")
            tab.fill("[name=for-years]", years)
            expect(sentence).to_contain_text(f"{words} år etter")
            sound(tab, "declaring-changed")
        tab.click("text=Lagre i utkastet")
        tab.wait_for_url("**/aktivitet/membership/")
        expect(tab.locator(f"[data-rule='{KEEP}']")).to_contain_text(f"{words} år etter")
        approved(tab, script=script)
        tab.goto("/personvern/nb/")
        assert f"{words} år etter at medlemskapet er avsluttet" in tab.locator("article").inner_text()
        tab.goto(HOME + "historie/")
        assert "Medlemsansvarlig" in tab.locator("table").inner_text()
        if script:
            sound(tab, "declaring-applied")
    with site.visit(YOUNG) as tab:
        tab.goto("/minside/")
        told = tab.locator("main").inner_text()
        assert re.search(rf"({words}|{years}) år etter", told, re.IGNORECASE)


def approved(tab: Page, *, script: bool) -> None:
    """From the draft to what is in force."""

    def until(text: str) -> None:
        if script:
            expect(tab.locator("#effects")).to_contain_text(text, timeout=60_000)
            return
        for _again in range(300):
            if text in tab.locator("#effects").inner_text():
                return
            tab.goto(HOME + "virkning/")
        raise AssertionError(tab.locator("#effects").inner_text())

    tab.click("nav.tabs >> text=Forhåndsvis og godkjenn")
    tab.click("text=Regn ut virkningen")
    until("Hvor mange det gjelder")
    counted = tab.locator("#effects .nightly").inner_text()
    assert re.search(r"\d+\s+personer berøres av endringene", counted)
    if script:
        sound(tab, "declaring-preview")
    for box in tab.locator("[name=wider]").all():
        box.check()
    tab.click("text=Godkjenn dette")
    until("gjelder fra")


def test_a_rule_is_changed_by_the_keyboard_alone(site: Site):
    with site.visit(KEEPER) as tab:
        tab.goto(f"{HOME}endre/activities/membership/keep/2/")
        tab.focus("[name=for-years]")
        tab.keyboard.type("1")
        expect(tab.locator("#told")).to_contain_text("Dette endrer seg")
        tab.keyboard.press("Control+s")
        tab.wait_for_url("**/aktivitet/membership/")
        tab.goto(HOME)
        tab.focus("text=Angre siste endring")
        tab.keyboard.press("Enter")
        expect(tab.locator(".messages")).to_contain_text("angret")
        tab.click("text=Forkast utkastet")
        expect(tab.locator(".draft-state")).to_contain_text("Gjelder")
