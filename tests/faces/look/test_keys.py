"""What the small scripts do, and that the pages work without them."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.faces.look.pages import PAGES


@pytest.fixture
def context(browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    yield made
    made.close()


@pytest.fixture
def show(context, site) -> Callable[[str], Page]:
    address, pages = site

    def opened(name: str) -> Page:
        pages[f"/{name}"] = PAGES[name]()
        tab = context.new_page()
        tab.goto(f"{address}/{name}")
        return tab

    return opened


def focused(tab: Page) -> str:
    return tab.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_slash_goes_to_the_search(show):
    tab = show("list")
    tab.keyboard.press("/")
    assert focused(tab) == "search"
    tab.keyboard.type("a/b")
    assert tab.input_value("#search") == "a/b"


def test_up_and_down_walk_the_list_and_enter_opens(show):
    tab = show("list")
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "Åse Ødegård"
    tab.keyboard.press("ArrowDown")
    assert focused(tab) == "Bjørn Lunde"
    tab.keyboard.press("ArrowUp")
    tab.keyboard.press("ArrowUp")
    assert focused(tab) == "Åse Ødegård"
    tab.keyboard.press("End")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/p/307/")


def test_arrows_are_left_alone_in_a_field(show):
    tab = show("list")
    tab.focus("#id_state")
    tab.keyboard.press("ArrowDown")
    assert tab.input_value("#id_state") == "all"


def test_first_tab_offers_to_skip_to_the_content(show):
    tab = show("list")
    tab.keyboard.press("Tab")
    assert focused(tab) == "Hopp til innholdet"
    tab.keyboard.press("Enter")
    assert focused(tab) == "main"


def test_the_chosen_appearance_is_remembered(show):
    tab = show("public")
    assert tab.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") is False
    before = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    tab.click("[data-scheme-choice] button[value=dark]")
    after = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert before == "rgb(255, 255, 255)"
    assert after != before
    other = show("error-404")
    assert other.evaluate("getComputedStyle(document.body).backgroundColor") == after
    assert other.get_attribute("button[value=dark]", "aria-pressed") == "true"
    other.click("button[value=auto]")
    assert other.evaluate("getComputedStyle(document.body).backgroundColor") == before


def asked_on_leaving(tab: Page) -> bool:
    """Whether the browser asks before the page is closed."""
    asked = []
    tab.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    with tab.expect_event("close"):
        tab.close(run_before_unload=True)
    return asked == ["beforeunload"]


def test_leaving_with_unsaved_changes_asks_first(show):
    tab = show("form")
    tab.click("#id_given_name")
    tab.keyboard.type("Åse")
    assert asked_on_leaving(tab)


def test_leaving_an_untouched_form_asks_nothing(show):
    tab = show("form")
    tab.click("#id_given_name")
    assert not asked_on_leaving(tab)


def test_a_form_that_came_back_with_errors_is_still_unsaved(show):
    tab = show("form-wrong")
    tab.click("#id_given_name")
    assert asked_on_leaving(tab)


@pytest.mark.parametrize("key", ["Control+s", "Meta+s"])
def test_ctrl_s_sends_the_form(show, key):
    tab = show("form")
    tab.fill("#id_given_name", "Åse")
    with tab.expect_request(lambda request: request.method == "POST") as sent:
        tab.keyboard.press(key)
    tab.wait_for_function("document.title === 'Sendt'")
    assert "given_name=%C3%85se" in sent.value.post_data


def test_a_second_click_sends_nothing(show):
    tab = show("form")
    stopped = tab.evaluate("""() => {
      const form = document.querySelector('form[data-form]'), stopped = [];
      document.addEventListener('submit', (event) => {
        stopped.push(event.defaultPrevented);
        event.preventDefault();
      });
      form.requestSubmit();
      form.requestSubmit();
      return stopped;
    }""")
    assert stopped == [False, True]


def test_the_error_summary_has_the_focus_and_leads_to_the_field(show):
    tab = show("form-wrong")
    assert tab.evaluate("document.activeElement.className") == "ds-error-summary"
    tab.click("text=Fødselsdato: Skriv")
    assert focused(tab) == "id_birth_date"


def test_menu_and_user_menu_open_without_script(browser, site):
    address, pages = site
    pages["/list"] = PAGES["list"]()
    plain = browser.new_context(java_script_enabled=False, viewport={"width": 375, "height": 800})
    tab = plain.new_page()
    tab.goto(f"{address}/list")
    assert not tab.is_visible("#rail")
    tab.click("[popovertarget=rail]")
    assert tab.is_visible("#rail")
    tab.keyboard.press("Escape")
    tab.click("[popovertarget=user-menu]")
    assert tab.is_visible("text=Logg ut")
    menu, inside = tab.locator("#user-menu").bounding_box(), tab.locator("#user-menu button").all()
    right = menu["x"] + menu["width"]
    assert all(
        one.bounding_box()["x"] + one.bounding_box()["width"] < right for one in inside if one.is_visible()
    )
    plain.close()


def test_paper_gets_the_content_alone(show):
    tab = show("list")
    tab.set_viewport_size({"width": 680, "height": 962})  # A4 within its margins
    tab.emulate_media(media="print")
    assert tab.is_visible("thead")
    assert tab.evaluate("getComputedStyle(document.querySelector('.list')).display") == "table"
    assert tab.is_visible("h1")
    assert not any(tab.is_visible(part) for part in (".bar", "#rail", ".filters", ".page-actions"))
