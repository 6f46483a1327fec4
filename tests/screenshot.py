"""The README's picture: the checker with a verdict, from the built site. ``make screenshot``."""

import sys
from functools import partial

from playwright.sync_api import sync_playwright

from tests.browser import find_browser
from tests.serving import FLAGS, ROOT, Handler, served

PICTURE = ROOT / "docs" / "assets" / "screenshot.png"
QUERY = "payload=6+MB&requests=4/day&caller=waits"


def main() -> int:
    """Serve ``site/``, open the checker by a link, wait for the verdict, save the picture."""
    handler = partial(Handler, directory=str(ROOT / "site"))
    with served(handler) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1180})
        page.goto(f"{url}check/inference/?{QUERY}")
        page.locator("#verdict-headline").wait_for(timeout=60_000)
        page.screenshot(path=PICTURE)
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
