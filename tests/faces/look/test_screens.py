"""Each page kind in a real browser: readable by axe, fitting, quiet under our security headers."""

import os
from pathlib import Path

import pytest

from tests.faces.look.pages import PAGES

ROOT = Path(__file__).resolve().parents[3]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENS = ROOT / "screens"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_pages_are_sound(browser, site, width, scheme):
    address, pages = site
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    tab = context.new_page()
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    faults = {}
    for name, make in PAGES.items():
        pages[f"/{name}"] = make()
        said.clear()
        tab.goto(f"{address}/{name}", wait_until="load")
        heard = list(said)
        wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
        tab.evaluate(AXE.read_text())
        found = tab.evaluate("axe.run(document, {preload: false})")["violations"]
        if os.environ.get("HJEMMEL_TEST_SCREENS"):
            SCREENS.mkdir(exist_ok=True)
            tab.screenshot(path=SCREENS / f"{name}-{width}-{scheme}.png", full_page=True)
        marks = [(one["id"], [node["html"] for node in one["nodes"]]) for one in found]
        if marks or heard or wide > 0:
            faults[name] = {"axe": marks, "console": heard, "too wide by": wide}
    context.close()
    assert faults == {}


@pytest.mark.parametrize("name", ["list", "person", "form", "mypage"])
def test_text_twice_as_large_still_fits(browser, site, name):
    address, pages = site
    pages[f"/{name}"] = PAGES[name]()
    # A window of 640 pixels at 200 % is 320 CSS pixels wide (WCAG 2.2, 1.4.10).
    context = browser.new_context(viewport={"width": 320, "height": 400})
    tab = context.new_page()
    tab.goto(f"{address}/{name}")
    assert tab.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    context.close()
