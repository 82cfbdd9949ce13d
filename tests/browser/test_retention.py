"""Deleting, walked through: the brake stops a night, it is approved, the run goes, and its proof is read."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hjemmel.kernel import clock
from tests import axe
from tests.browser.conftest import KEEPER, LEADER, Site, _environment, opened
from tests.conftest import ROOT

HOME = "/kontoret/sletting/"
SCREENS = ROOT / "screens"
Work = Callable[..., str]
SMALL = "from hjemmel.kernel.retention import brake, tasks; brake.TIMES, tasks.BRAKE = 0, 1\n"
WORKER = SMALL + "from hjemmel.project.worker import work; work(until_empty=True)"
STOPPED = (
    SMALL + "from hjemmel.kernel.retention import actions\n"
    "try:\n    actions.run(brake=1)\nexcept brake.BrakeError:\n    print('stopped')"
)


@pytest.fixture(scope="module")
def site(server: Any, browser: Browser) -> Iterator[Site]:
    """A register apart: what is deleted here is gone for the tests that follow."""
    with opened(server, browser, f"deleting_{os.getpid()}") as up:
        yield up


@pytest.fixture
def work(server: Any, site: Site) -> Work:
    """`work(code)` runs it as the keeper, as the jobs do, today or months from now."""

    def run(code: str, months: int = 0) -> str:
        day = {"HJEMMEL_TODAY": clock.after(clock.today(), months=months).isoformat()}
        environment = _environment(server, f"deleting_{os.getpid()}", "keeper") | day
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.strip()

    return run


def sound(tab: Page, name: str) -> None:
    """The page is clean by axe, in light and dark, and fits a phone. Pictures where they are wanted."""
    if os.environ.get("HJEMMEL_TEST_SCREENS"):
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            for width in (375, 1280):
                tab.set_viewport_size({"width": width, "height": 900})
                tab.screenshot(path=SCREENS / f"{name}-{scheme}-{width}.png", full_page=True)
        tab.emulate_media(color_scheme="light", media="print")
        tab.screenshot(path=SCREENS / f"{name}-print.png", full_page=True)
        tab.emulate_media(color_scheme="light", media="screen")
        tab.set_viewport_size(axe.DESK)
    assert axe.faults(tab) == []
    tab.emulate_media(color_scheme="light")
    tab.set_viewport_size(axe.DESK)


@pytest.mark.requirement("RET-10")
def test_the_years_to_come_are_gone_through_from_the_picture_to_the_units(site: Site, work: Work):
    work(WORKER)
    with site.visit(KEEPER) as tab:
        tab.goto(HOME)
        tab.click("nav.tabs >> text=Årene framover")
        expect(tab.locator("svg.picture")).to_be_visible()
        sound(tab, "deleting-years")
        tab.click(".kinds >> text=Oppføringer")
        tab.locator("svg.picture a").nth(1).click()
        tab.wait_for_url("**/framover/2*/")
        sound(tab, "deleting-year")
        tab.locator("text=Per enhet").first.click()
        expect(tab.locator("table.list")).to_be_visible()
        sound(tab, "deleting-units")
        tab.click("nav.tabs >> text=Nettene framover")
        sound(tab, "deleting-plan")
        tab.locator("text=Se hvem").first.click()
        sound(tab, "deleting-persons")


@pytest.mark.requirement("RET-06")
def test_what_lies_outside_is_signed_off_without_script(site: Site):
    with site.visit(KEEPER, java_script_enabled=False) as tab:
        tab.goto("/kontoret/gjennomgang/")
        tab.click("nav.tabs >> text=Utenfor registeret")
        first = tab.locator("table.list tbody th a").first
        name = first.inner_text()
        first.click()
        tab.fill("[name=note]", "Gått gjennom med styret.")
        tab.click("main form button[type=submit]")
        expect(tab.locator(".messages")).to_contain_text(name)
    with site.visit(KEEPER) as tab:
        tab.goto("/kontoret/gjennomgang/utenfor/")
        sound(tab, "outside")
        tab.locator("table.list tbody th a").last.click()
        sound(tab, "outside-task")


@pytest.mark.requirement("RET-01")
@pytest.mark.requirement("RET-09")
def test_a_stopped_night_is_approved_and_its_proof_is_read(site: Site, work: Work):
    assert work(STOPPED, months=1) == "stopped"
    with site.visit(KEEPER) as tab:
        tab.goto("/kontoret/")
        expect(tab.locator(".errands")).to_contain_text("Slettingen er stanset")
        tab.click("text=Slettingen er stanset")
        tab.wait_for_url(f"**{HOME}*/")
        expect(tab.locator("h1")).to_contain_text("Stanset av bremsen")
        sound(tab, "deleting-stopped")
        tab.click("button[value=rejected]")
        expect(tab.locator("main")).to_contain_text("minst ti tegn")
        sound(tab, "deleting-refused")
        tab.fill("[name=reason]", "Regelen er lest, og listen stemmer med protokollen.")
        tab.focus("button[value=approved]")
        tab.keyboard.press("Enter")
        expect(tab.locator(".messages")).to_contain_text("Godkjent")
        sound(tab, "deleting-approved")
        work(WORKER, months=1)
        tab.goto(HOME)
        sound(tab, "deleting-runs")
        tab.locator("table.list tbody th a").first.click()
        expect(tab.locator("h1")).to_contain_text("Ferdig")
        expect(tab.locator(".proof")).to_contain_text("fant ingen rester")
        expect(tab.locator("main")).to_contain_text("Godkjent av")
        sound(tab, "deleting-proof")
        tab.goto("/kontoret/")
        assert "Slettingen er stanset" not in tab.locator("main").inner_text()
    with site.visit(LEADER) as tab:
        tab.goto("/kontoret/")
        assert "Sletting" not in tab.locator("nav.rail").inner_text()
