"""Follow every link that leaves the built site: ``python .ci/links_external.py site``.

linkchecker asks each address once; what fails is asked again, so that a host's bad minute is not
reported. What still fails is broken unless ``.ci/links-allowed.toml`` allows it, with a reason and
a last day. The allow list fails too: when an entry is past its day or no page links there.

Exit status: 0 every link works or is allowed, 1 not so, and each one is named with its pages.
"""

from __future__ import annotations

import argparse
import csv
import io
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from urllib.parse import urldefrag, urlsplit

from bs4 import BeautifulSoup

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = ROOT / ".ci/links-allowed.toml"
TRIES = 3
PAUSE_SECONDS = 60.0
KEYS = {"url": str, "reason": str, "until": date}
LINKCHECKER = ("--no-status", "--threads=4", "--timeout=30", "--recursion-level=0", "-o", "csv")


class AllowListError(Exception):
    """The allow list is not fit; the text names every fault."""


@dataclass(frozen=True)
class Allowed:
    """One link that may be broken, why, and the last day on which it may."""

    url: str
    reason: str
    until: date


def read_allowed(text: str) -> list[Allowed]:
    """The allow list.

    Raises:
        AllowListError: not TOML, or entries with missing, unknown, empty, mistyped or double parts.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise AllowListError(f"not TOML: {error}") from error
    entries = data.get("link", [])
    faults = [f"unknown part '{key}' (only [[link]])" for key in data if key != "link"]
    for number, entry in enumerate(entries, start=1):
        faults += [f"link {number}: {fault}" for fault in _faults(entry)]
    urls = [entry.get("url") for entry in entries]
    faults += [f"'{url}' is listed twice" for url in dict.fromkeys(urls) if urls.count(url) > 1]
    if faults:
        raise AllowListError("\n".join(faults))
    return [Allowed(**entry) for entry in entries]


def _faults(entry: Mapping[str, object]) -> Iterable[str]:
    for key, kind in KEYS.items():
        if not entry.get(key):
            yield f"'{key}' is missing"
        # A date with a time is a date to Python, but not a day.
        elif type(entry[key]) is not kind:
            yield f"'{key}' is no {'day such as 2027-02-28' if kind is date else 'text'}"
    yield from (f"unknown key '{key}'" for key in entry if key not in KEYS)


def external_links(site: Path, own: Sequence[str]) -> dict[str, list[str]]:
    """Every address that a page links to outside ``own``, with the pages that do."""
    found: dict[str, list[str]] = {}
    for file in sorted(site.rglob("*.html")):
        soup = BeautifulSoup(file.read_text(encoding="utf-8"), "html.parser")
        for url in dict.fromkeys(urldefrag(str(a["href"])).url for a in soup.select("a[href]")):
            if urlsplit(url).scheme in ("http", "https") and not url.startswith(tuple(own)):
                pages = found.setdefault(url, [])
                pages.append(file.parent.relative_to(site).as_posix())
    return found


def own_addresses(site: Path) -> list[str]:
    """The site's own address and its repository's, as the home page names them."""
    soup = BeautifulSoup((site / "index.html").read_text(encoding="utf-8"), "html.parser")
    canonical, edit = soup.select_one("link[rel=canonical]"), soup.select_one("a[rel=edit]")
    found = [str(canonical["href"])] if canonical else []
    return found + ([str(edit["href"]).partition("/edit/")[0]] if edit else [])


def ask(urls: Sequence[str]) -> dict[str, str]:
    """Ask each address once with linkchecker; those that fail, with what was said."""
    command = [Path(sys.executable).with_name("linkchecker"), *LINKCHECKER, "--stdin"]
    done = subprocess.run(
        command, input="\n".join(urls), capture_output=True, text=True, check=False
    )
    # linkchecker names only what it complains about, so an answer must at least be a table.
    rows = csv.DictReader(
        (line for line in io.StringIO(done.stdout) if not line.startswith("#")), delimiter=";"
    )
    if done.returncode not in (0, 1) or not rows.fieldnames or "valid" not in rows.fieldnames:
        raise RuntimeError(f"linkchecker failed ({done.returncode}): {done.stderr[-2000:]}")
    return {row["urlname"]: row["result"] for row in rows if row["valid"] != "True"}


def broken(
    urls: Iterable[str],
    asked: Callable[[Sequence[str]], dict[str, str]] = ask,
    tries: int = TRIES,
    pause: float = PAUSE_SECONDS,
) -> dict[str, str]:
    """The addresses that fail each time, with what was said last."""
    left: dict[str, str] = dict.fromkeys(urls, "")
    for turn in range(tries):
        if turn:
            time.sleep(pause)
        left = asked(list(left))
        if not left:
            break
    return left


def report(
    links: Mapping[str, Sequence[str]],
    failed: Mapping[str, str],
    allowed: Iterable[Allowed],
    today: date,
) -> list[str]:
    """Everything wrong, one line each."""
    entries = {entry.url: entry for entry in allowed}
    lines = [
        f"BROKEN {url}: {said} (on {', '.join(links[url][:3])})"
        for url, said in failed.items()
        if url not in entries
    ]
    for entry in entries.values():
        if entry.until < today:
            lines.append(f"EXPIRED {entry.url}: allowed until {entry.until}: {entry.reason}")
        if entry.url not in links:
            lines.append(f"UNUSED {entry.url}: no page links there; remove the entry")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the links of a built site; returns the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=Path)
    parser.add_argument("--pause", type=float, default=PAUSE_SECONDS, help="seconds between tries")
    options = parser.parse_args(arguments)
    try:
        allowed = read_allowed(ALLOWED.read_text(encoding="utf-8"))
    except AllowListError as error:
        print(f"{ALLOWED.name}: {error}", file=sys.stderr)
        return 1
    links = external_links(options.site, own_addresses(options.site))
    failed = broken(links, pause=options.pause)
    lines = report(links, failed, allowed, datetime.now(tz=UTC).date())
    print("\n".join([*lines, f"{len(links)} external links, {len(lines)} complaints"]))
    return int(bool(lines))


if __name__ == "__main__":
    sys.exit(main())
