"""The README's picture: the checker with a verdict, from the built site. ``make screenshot``."""

import sys
import threading
from functools import partial
from http.server import ThreadingHTTPServer

from playwright.sync_api import sync_playwright

from tests.browser import find_browser
from tests.serving import FLAGS, ROOT, Handler

PICTURE = ROOT / "docs" / "assets" / "screenshot.png"
QUERY = "?decision=inference&payload=6+MB&requests=4/day&caller=waits"


def main() -> int:
    """Serve ``site/``, open the checker by a link, wait for the verdict, take the picture."""
    handler = partial(Handler, directory=str(ROOT / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 1180})
        page.goto(f"http://127.0.0.1:{server.server_port}/check/{QUERY}")
        page.locator(".checker__verdict h3").wait_for(timeout=60_000)
        page.screenshot(path=PICTURE)
        browser.close()
        server.shutdown()
    return 0


if __name__ == "__main__":
    sys.exit(main())
