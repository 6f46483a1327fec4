"""The built site over http on the loopback, and a real browser: fixtures for all tests."""

import fcntl
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser import find_browser

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Locator, Page

ROOT = Path(__file__).resolve().parent.parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class Handler(SimpleHTTPRequestHandler):
    """Static files with the types that module scripts and WebAssembly need, and no log."""

    extensions_map = {  # noqa: RUF012 - the base class has it so
        **SimpleHTTPRequestHandler.extensions_map,
        ".mjs": "text/javascript",
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".whl": "application/zip",
    }

    def end_headers(self) -> None:
        """Also tell linkchecker that it may ask more than ten times a second."""
        self.send_header("LinkChecker", "welcome")
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    # Each worker of a run serves the one built site, whose pages name its address.
    allow_reuse_port = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that leaves in the middle of an answer is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(handler: Callable[..., BaseHTTPRequestHandler], port: int = 0) -> Iterator[str]:
    """A server on the loopback, until the block ends; gives its address."""
    with _Server(("127.0.0.1", port), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass(frozen=True)
class Site:
    """A built site: its folder and the address that it is served at."""

    folder: Path
    url: str

    def page(self, path: str) -> str:
        """The HTML of a page, ``inference/serverless/``."""
        return (self.folder / path / "index.html").read_text(encoding="utf-8")


def build(folder: Path, url: str, **environment: str) -> None:
    """Build the site strictly with ``url`` as its address, which instant navigation checks."""
    environment = {
        **os.environ,
        "SITE_URL": url,
        "NO_MKDOCS_2_WARNING": "1",
        "DISABLE_MKDOCS_2_WARNING": "true",
        **environment,
    }
    steps = (
        ["mkdocs", "build", "--strict", "--quiet", "-d", str(folder)],
        ["macros", "finish", "--site", str(folder)],
    )
    for step in steps:
        command = [sys.executable, "-m", *step]
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The site, built strictly and served; the workers of a run build it once."""
    home = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        home = home.parent
    folder, known = home / "site", home / "port"
    with ExitStack() as stack:
        with (home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            port = int(known.read_text()) if known.exists() else 0
            url = stack.enter_context(served(partial(Handler, directory=str(folder)), port))
            if not port:
                build(folder, url)
                known.write_text(url.rsplit(":", 1)[1].strip("/"))
        yield Site(folder, url)


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """The system's Chromium."""
    # Every run of pytest loads this module, and few need a browser.
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        yield found
        found.close()


@dataclass(frozen=True)
class Watched:
    """What a page did that no page should: requests elsewhere, errors on the console."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def watch(self, page: "Page", home: str) -> "Page":
        """Record what the page does from now on."""
        own = (home, "data:", "blob:", "about:")
        page.on("request", lambda r: None if r.url.startswith(own) else self.outside.append(r.url))
        page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        return page


def line_is(page: "Page", **line: object) -> None:
    """Tell the page that its line is such, ``saveData=True`` or ``effectiveType="3g"``."""
    page.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{value: {json.dumps(line)}}});"
    )


def first_diagram(page: "Page") -> "Locator":
    """The page's first diagram, drawn, which it is once a reader comes near its source."""
    source_or_drawing = page.locator("pre.diagram-source, figure.diagram").first
    # In one step: the drawing replaces its source while a driver would still look.
    source_or_drawing.evaluate("place => place.scrollIntoView()")
    drawing = page.locator("figure.diagram svg").first
    drawing.wait_for(timeout=60_000)
    return drawing


@pytest.fixture
def context(browser: "Browser") -> Iterator["BrowserContext"]:
    """A fresh profile."""
    made = browser.new_context(viewport={"width": 1280, "height": 900})
    yield made
    made.close()


@pytest.fixture
def page(context: "BrowserContext", site: Site) -> Iterator["Page"]:
    """A page that fails the test when it asks another host or logs an error."""
    watched = Watched()
    yield watched.watch(context.new_page(), site.url)
    assert watched.outside == []
    assert watched.errors == []
