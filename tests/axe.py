"""Asking axe whether a page is sound: in full on a desk, then what a phone's layout changes, then the colours
in the dark. The page is loaded once for all of it.
"""

from playwright.sync_api import Page

from tests.conftest import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text()
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
# The rows of a long list are alike: the first eight are read.
PLACE = "{include: [['html']], exclude: [['tbody > tr:nth-child(n+9)']]}"
QUICK = "preload: false, resultTypes: ['violations']"
ALL = f"{{{QUICK}}}"
BUT_COLOURS = f"{{{QUICK}, rules: {{'color-contrast': {{enabled: false}}}}}}"
COLOURS = f"{{{QUICK}, runOnly: ['color-contrast']}}"


def faults(tab: Page) -> list[str]:
    """Return what is wrong with the page that the tab shows, none if it is sound."""
    tab.set_viewport_size(DESK)
    tab.emulate_media(color_scheme="light")
    tab.evaluate(AXE)
    found = _asked(tab, ALL)
    tab.set_viewport_size(PHONE)
    if tab.evaluate("document.documentElement.scrollWidth - innerWidth") > 0:
        found.append("too wide for a phone")
    found += _asked(tab, BUT_COLOURS)
    tab.emulate_media(color_scheme="dark")
    return found + _asked(tab, COLOURS)


def _asked(tab: Page, options: str) -> list[str]:
    told = tab.evaluate(f"axe.run({PLACE}, {options})")["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in told for node in one["nodes"]]
