"""Open a page in the Chromium named by the first argument, as the tests do. Ends with 1 where that fails."""

import sys

from playwright.sync_api import sync_playwright

# Without these Chromium looks up hosts of its maker at every start.
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")

try:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=sys.argv[1], args=list(QUIET), timeout=60_000)
        page = browser.new_page()
        page.set_content("<p>Blåbærsyltetøy</p>")
        read = page.inner_text("p")
        browser.close()
except Exception as error:  # noqa: BLE001 - whatever it was, this browser will not do
    sys.exit(f"{sys.argv[1]} does not work: {str(error).splitlines()[0]}")
sys.exit(read != "Blåbærsyltetøy")
