"""Each page kind in a real browser: readable by axe, fitting, quiet under our security headers."""

import os

from tests import axe
from tests.conftest import ROOT
from tests.faces.look.pages import PAGES

SCREENS = ROOT / "screens"


def test_pages_are_sound(browser, site):
    address, pages = site
    context = browser.new_context()
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    wrong = {}
    for name, make in PAGES.items():
        pages[f"/{name}"] = make()
        said.clear()
        tab.goto(f"{address}/{name}", wait_until="load")
        heard = list(said)
        if found := [*heard, *axe.faults(tab)]:
            wrong[name] = found
        if os.environ.get("HJEMMEL_TEST_SCREENS"):
            picture(tab, name)
    context.close()
    assert wrong == {}


def test_what_is_unsound_is_found(browser, site):
    address, pages = site
    pages["/bad"] = (
        '<!doctype html><html lang="nb" style="color-scheme: light dark"><title>Feil</title>'
        '<body style="background: light-dark(white, black)"><main><h1>Feil</h1>'
        '<img src="/static/look/icon.svg"><p style="width: 900px">Bred</p>'
        '<p style="color: light-dark(black, #222)">For mørk i mørket</p></main></html>'
    )
    context = browser.new_context(bypass_csp=True)
    tab = context.new_page()
    tab.goto(f"{address}/bad")
    found = " ".join(axe.faults(tab))
    context.close()
    assert "image-alt" in found
    assert "color-contrast" in found
    assert "too wide for a phone" in found


def picture(tab, name: str) -> None:
    """Phone and desk, light and dark."""
    SCREENS.mkdir(exist_ok=True)
    for size in (axe.PHONE, axe.DESK):
        tab.set_viewport_size(size)
        for scheme in ("light", "dark"):
            tab.emulate_media(color_scheme=scheme)
            tab.screenshot(path=SCREENS / f"{name}-{size['width']}-{scheme}.png", full_page=True)


def test_text_twice_as_large_still_fits(browser, site):
    address, pages = site
    # A window of 640 pixels at 200 % is 320 CSS pixels wide (WCAG 2.2, 1.4.10).
    context = browser.new_context(viewport={"width": 320, "height": 400})
    tab = context.new_page()
    wide = {}
    for name, make in PAGES.items():
        pages[f"/{name}"] = make()
        tab.goto(f"{address}/{name}")
        wide[name] = max(0, tab.evaluate("document.documentElement.scrollWidth - innerWidth"))
    context.close()
    assert wide == dict.fromkeys(PAGES, 0)
