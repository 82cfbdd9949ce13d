"""Every page of the three faces: clean by axe in light and dark, fitting a phone, reached by the keyboard."""

import os

import pytest
from playwright.sync_api import Page

from tests import axe
from tests.browser.conftest import KEEPER, LEADER, REGION, YOUNG, Site
from tests.conftest import ROOT

SCREENS = ROOT / "screens"


SEARCHES = {"search": "hansen", "search-none": "zzzzzz", "search-empty": ""}

# The pages of the declaration, by the name of their picture.
DECLARING = {
    "overview": "",
    "activity": "aktivitet/membership/",
    "organisation": "organisasjon/",
    "keep": "endre/activities/membership/keep/2/",
    "data": "endre/activities/membership/data/",
    "duty": "endre/activities/membership/duties/chapter_leader/2/",
    "recipient": "legg-til/activities/membership/recipients/",
    "files": "filer/",
    "file": "filer/activities/membership.yaml/",
    "effects": "virkning/",
    "history": "historie/",
}

# The pages of deleting, before any job has looked ahead.
DELETING = {"runs": "", "run": "1/", "plan": "plan/", "years": "framover/"}


def searched(tab: Page, text: str) -> str:
    """The address of a search."""
    tab.fill("#search", text)
    tab.press("#search", "Enter")
    tab.wait_for_url("**/sok/**")
    return tab.url


def pages_of(tab: Page, who: str) -> dict[str, str]:
    """Name and address of every page this person meets."""
    if who == YOUNG:
        return {"mypage": "/minside/", "log": "/minside/logg/", "password": "/minside/passord/"}
    if not who:
        found = {"login": "/konto/logg-inn/", "statement": "/personvern/", "logout": "/konto/logg-ut/"}
        earlier = {"list": "", "version": "1/", "changes": "1/endringer/"}
        return found | {f"earlier-{name}": f"/personvern/utgaver/{path}" for name, path in earlier.items()}
    tab.goto("/kontoret/")
    units = [a.get_attribute("href") for a in tab.locator("nav.rail a[href*='/lag/']").all()]
    unit = units[-1] if who == KEEPER else units[0]
    listed = unit if who == LEADER else f"{unit}?below=on"
    tab.goto(listed)
    person = tab.locator("tbody th a").nth(1).get_attribute("href")
    found = {"front": "/kontoret/", "unit": listed, "person": person, "reviews": "/kontoret/gjennomgang/"}
    if who != LEADER:
        found |= {"units-under": f"{unit}under/"}
    if who == KEEPER:
        found |= {"appoint": f"{person}verv/ny/", "contact": "/kontoret/kontakt/ny/"}
        found |= {"person-log": f"{person}logg/"}
        found |= {"seal": f"{person}nummer/fodselsnummer/", "record": "/kontoret/protokoll/"}
        found |= {f"deleting-{name}": f"/kontoret/sletting/{path}" for name, path in DELETING.items()}
        found |= {"outside": "/kontoret/gjennomgang/utenfor/"}
        found |= {f"declaring-{name}": f"/kontoret/erklaering/{path}" for name, path in DECLARING.items()}
    if who == LEADER:
        tab.goto(person)
        end = tab.locator("a[href$='/avslutt/']").first.get_attribute("href")
        found |= {name: searched(tab, text) for name, text in SEARCHES.items()}
        found |= {
            "join": f"{unit}ny/",
            "change": f"{person}endre/",
            "end": end,
            "point": f"{person}email/ny/",
        }
        found |= {"offices": f"{unit}verv/", "ended": f"{unit}?state=ended", "mypage": "/minside/"}
        found |= {"missing": "/kontoret/person/1/"}
    return found


@pytest.mark.parametrize("who", ["", LEADER, REGION, KEEPER, YOUNG], ids=lambda who: who or "anybody")
def test_every_page_is_sound(site: Site, who):
    with site.visit(who) as tab:
        said: list[str] = []
        tab.on("console", lambda one: said.append(one.text) if "status of 4" not in one.text else None)
        tab.on("pageerror", lambda error: said.append(str(error)))
        faults = {}
        for name, address in pages_of(tab, who).items():
            said.clear()
            answer = tab.goto(address)
            found = axe.faults(tab)
            if answer.status >= 500 or found or said:
                faults[name] = (answer.status, found, list(said))
    assert faults == {}


def test_the_keyboard_reaches_everything_and_shows_where_it_is(site: Site):
    with site.visit(LEADER) as tab:
        address = pages_of(tab, LEADER)["person"]
        tab.goto(address)
        wanted = tab.evaluate(REACHABLE)
        reached, unseen = set(), []
        for _step in range(len(wanted) + 10):
            tab.keyboard.press("Tab")
            here = tab.evaluate(HERE)
            if here is None:
                continue
            if not here["marked"]:
                unseen.append(here["what"])
            reached.add(here["number"])
        assert sorted(set(range(len(wanted))) - reached) == [], wanted
        assert unseen == []


REACHABLE = """() => {
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), summary, select')]
    .filter(one => one.checkVisibility({visibilityProperty: true}));
  window.wanted = all;
  return all.map(one => one.textContent.trim().slice(0, 40) || one.name);
}"""
HERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one);
  if (one === document.body) return null;
  return {number: window.wanted.indexOf(one), what: one.outerHTML.slice(0, 120),
          marked: style.outlineStyle !== 'none' || style.boxShadow !== 'none'};
}"""


@pytest.mark.skipif(not os.environ.get("HJEMMEL_TEST_SCREENS"), reason="only for `make screens`")
@pytest.mark.parametrize("who", ["", LEADER, REGION, KEEPER, YOUNG], ids=lambda who: who or "anybody")
def test_screens(site: Site, who):
    SCREENS.mkdir(exist_ok=True)
    with site.visit(who) as tab:
        for language in ("nb", "nn"):
            cookie = {"name": "django_language", "value": language, "url": site.address}
            tab.context.add_cookies([cookie])
            for name, address in pages_of(tab, who).items():
                tab.goto(address)
                for width in (1280, 375):
                    tab.set_viewport_size({"width": width, "height": 900})
                    for scheme in ("light", "dark"):
                        tab.emulate_media(color_scheme=scheme)
                        file = f"{who or 'anybody'}-{name}-{width}-{scheme}-{language}.png"
                        tab.screenshot(path=SCREENS / file, full_page=True)
