"""External links: failures are asked again, and what is allowed has a reason and an end."""

import importlib.util
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.serving import served

ROOT = Path(__file__).resolve().parents[2]


def _load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("links_external", ROOT / ".ci/links_external.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["links_external"] = module
    spec.loader.exec_module(module)
    return module


links = _load()
TODAY = date(2026, 11, 22)
ENTRY = '[[link]]\nurl = "https://x.org/"\nreason = "asks robots to leave"\nuntil = 2027-02-28\n'


# --- the allow list


def test_the_allow_list_in_use_is_fit() -> None:
    links.read_allowed(links.ALLOWED.read_text(encoding="utf-8"))


def test_the_example_in_its_comment_is_fit_too() -> None:
    text = links.ALLOWED.read_text(encoding="utf-8")
    example = "".join(f"{line[2:]}\n" for line in text.splitlines() if line[2:3] in ("[", "u", "r"))
    (entry,) = links.read_allowed(example[example.index("[[link]]") :])
    assert entry.url == "https://example.org/page"


def test_an_entry_has_an_address_a_reason_and_a_day() -> None:
    (entry,) = links.read_allowed(ENTRY)
    assert (entry.url, entry.reason) == ("https://x.org/", "asks robots to leave")
    assert entry.until == date(2027, 2, 28)


BAD = {
    "not TOML": ("[[link", "not TOML"),
    "no reason": (ENTRY.replace("reason", "# reason"), "link 1: 'reason' is missing"),
    "an empty reason": (ENTRY.replace("asks robots to leave", ""), "link 1: 'reason' is missing"),
    "no day": (ENTRY.replace("until", "# until"), "link 1: 'until' is missing"),
    "a day as text": (ENTRY.replace("2027-02-28", '"2027-02-28"'), "link 1: 'until' is no day"),
    "a day with a time": (ENTRY.replace("02-28", "02-28T10:00:00"), "link 1: 'until' is no day"),
    "a number for an address": (ENTRY.replace('"https://x.org/"', "7"), "link 1: 'url' is no text"),
    "an unknown key": (f"{ENTRY}because = 'x'\n", "link 1: unknown key 'because'"),
    "an unknown part": (f"{ENTRY}[[links]]\n", "unknown part 'links'"),
    "the same address twice": (ENTRY + ENTRY, "'https://x.org/' is listed twice"),
}


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=list(BAD))
def test_an_allow_list_that_is_not_fit_is_refused(text: str, says: str) -> None:
    with pytest.raises(links.AllowListError, match=says):
        links.read_allowed(text)


def report(failed: dict[str, str], until: date, linked: str = "https://x.org/") -> list[str]:
    allowed = [links.Allowed("https://x.org/", "asks robots to leave", until)]
    return list(links.report({linked: ["limits"]}, failed, allowed, TODAY))


def test_a_broken_link_is_allowed_until_its_last_day() -> None:
    assert report({"https://x.org/": "403"}, TODAY) == []


def test_an_entry_past_its_day_fails_even_where_the_link_works() -> None:
    said = "EXPIRED https://x.org/: allowed until 2026-11-21: asks robots to leave"
    assert report({}, date(2026, 11, 21)) == [said]
    assert report({"https://x.org/": "403"}, date(2026, 11, 21)) == [said]


def test_an_entry_that_no_page_needs_any_more_fails() -> None:
    assert report({}, TODAY, "https://y.org/") == [
        "UNUSED https://x.org/: no page links there; remove the entry"
    ]


def test_a_broken_link_that_is_not_allowed_is_named_with_its_pages() -> None:
    said = report({"https://x.org/a": "404"}, TODAY, "https://x.org/a")
    assert "BROKEN https://x.org/a: 404 (on limits)" in said


# --- asking


@pytest.fixture
def host() -> Iterator[tuple[str, list[str]]]:
    """A host on the loopback: /fine works, /moved leads there, /tired at the second time."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            tired = self.path == "/tired" and asked.count("/tired") == 1
            status = 503 if tired else {"/fine": 200, "/tired": 200, "/moved": 301}.get(self.path)
            self.send_response(status or 404)
            if status == 301:
                self.send_header("Location", "/fine")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with served(Handler) as url:
        yield url.rstrip("/"), asked


def test_what_fails_is_asked_again_and_what_works_is_not(host: tuple[str, list[str]]) -> None:
    home, asked = host
    urls = [f"{home}/{name}" for name in ("fine", "moved", "tired", "gone")]
    failed = links.broken(urls, tries=2, pause=0)
    assert list(failed) == [f"{home}/gone"]
    assert "404" in failed[f"{home}/gone"]
    assert asked.count("/gone") == 2
    assert asked.count("/fine") <= 2  # once, and where /moved leads


def test_a_link_that_fails_each_time_is_broken_and_others_are_left_alone() -> None:
    turns: list[Sequence[str]] = []

    def ask(urls: Sequence[str]) -> dict[str, str]:
        turns.append(urls)
        return {url: "500" for url in urls if url != "b"}

    assert links.broken(["a", "b"], ask, tries=3, pause=0) == {"a": "500"}
    assert turns == [["a", "b"], ["a"], ["a"]]


def test_only_links_that_leave_the_site_and_its_repository_count(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text(
        '<link rel="canonical" href="https://me.org/x/">'
        '<a rel="edit" href="https://github.com/o/r/edit/main/docs/index.md">e</a>'
    )
    (tmp_path / "a/index.html").write_text(
        '<a href="../">u</a> <a href="mailto:x@y.org">m</a> <a href="https://me.org/x/b/">me</a>'
        '<a href="https://github.com/o/r/blob/main/k.yml#L1">r</a>'
        '<a href="https://x.org/p#one">1</a><a href="https://x.org/p#two">2</a>'
    )
    own = links.own_addresses(tmp_path)
    assert links.external_links(tmp_path, own) == {"https://x.org/p": ["a"]}
