"""What a page costs a reader: bytes by page, and Lighthouse's four marks and its layout shift."""

import json
import os
import subprocess
from pathlib import Path
from statistics import median

from playwright.sync_api import sync_playwright

from bench.environment import HOME, npm_folder
from bench.figures import aligned
from bench.first_verdict import built_site, launch
from bench.serving import Host, Line, host
from macros.runtime.compiling import node
from tests.browser import find_browser

PAGES = {
    "home": "",
    "topic page": "inference/serverless/",
    "explorer": "tags/",
    "checker": "check/",
}
MARKS = ("performance", "accessibility", "best-practices", "seo")
INDEX = "search/sections.json"
LEAST = 95
MOST_KB = 120


def main(rounds: int) -> None:
    """Measure and print."""
    site = built_site()
    with host(site, Line("gzip")) as served:
        print(_weights(site, served))
        cells = [("page", *MARKS, "layout shift", "blocked ms", "")]
        for name, path in PAGES.items():
            runs = [_lighthouse(served.url + path) for _ in range(min(rounds, 3))]
            middle = [median(values) for values in zip(*runs, strict=True)]
            kept = "kept" if min(middle[:4]) >= LEAST else "MISSED"
            cells.append((name, *(f"{value:.3g}" for value in middle), kept))
    print(f"\nLighthouse, each mark at least {LEAST}\n{aligned(cells)}")


def _weights(site: Path, served: Host) -> str:
    cells = [("page", "requests", "KB gzip", "KB index", "other hosts", "")]
    with sync_playwright() as playwright:
        for name, path in PAGES.items():
            browser = launch(playwright)
            page = browser.new_page()
            elsewhere: list[str] = []
            page.on("request", lambda r, e=elsewhere: _outside(r.url, served.url, e))
            # Python comes when the page is idle; its bytes are counted with the verdict's.
            page.add_init_script(
                "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
            )
            served.log.clear()
            page.goto(served.url + path)
            page.wait_for_load_state("networkidle")
            browser.close()
            sizes = dict(served.log)
            index = sum(size for asked, size in sizes.items() if asked.endswith(INDEX))
            weight = (sum(sizes.values()) - index) / 1e3
            kept = "kept" if name != "topic page" or weight <= MOST_KB else "MISSED"
            numbers = (str(len(sizes)), f"{weight:.0f}", f"{index / 1e3:.0f}", str(len(elsewhere)))
            cells.append((name, *numbers, kept))
    return f"\nBytes of a page, gzip; a topic page at most {MOST_KB} KB\n{aligned(cells)}"


def _outside(url: str, home: str, found: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:", "about:")):
        found.append(url)


def _lighthouse(url: str) -> tuple[float, ...]:
    """The four marks of 100, cumulative layout shift, and total blocking time in ms."""
    report = HOME / "lighthouse.json"
    script = npm_folder() / "lighthouse/cli/index.js"
    flags = "--headless=new --no-sandbox --disable-gpu"
    options = ("--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}")
    command = (node(), str(script), url, *options)
    environment = {**os.environ, "CHROME_PATH": str(find_browser())}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-1500:])
    found = json.loads(report.read_text(encoding="utf-8"))
    marks = [(found["categories"][name]["score"] or 0) * 100 for name in MARKS]
    audits = ("cumulative-layout-shift", "total-blocking-time")
    return (*marks, *(float(found["audits"][name]["numericValue"]) for name in audits))
