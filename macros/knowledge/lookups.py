"""Findings about one name in the YAML: is there such an entry, page, date or reference?"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from checker.knowledge.model import Knowledge
from checker.knowledge.references import REFERENCE, UnknownReference, measure
from checker.problems import did_you_mean

type Finding = tuple[tuple[str | int, ...], str, str, str]
"""Path in the YAML, code, message, hint."""


def known_name(
    kind: str, name: str, names: Iterable[str], path: tuple[str | int, ...]
) -> Iterator[Finding]:
    """The name is one of these."""
    if name not in names:
        yield path, "K005", f"unknown {kind} '{name}'", did_you_mean(name, names)


def iso_date(path: tuple[str | int, ...], text: str) -> Iterator[Finding]:
    """The text is a day, YYYY-MM-DD."""
    try:
        date.fromisoformat(text)
    except ValueError:
        yield path, "K024", f"'{text}' is not a date", "write YYYY-MM-DD"


def existing_page(path: tuple[str | int, ...], page: str, docs: Path) -> Iterator[Finding]:
    """The page is a Markdown file below ``docs``."""
    name = page.partition("#")[0]
    if name.startswith("/") or ".." in name.split("/") or not name.endswith(".md"):
        hint = "write the path of a Markdown page below docs/, such as inference/serverless.md"
        yield path, "K006", f"'{page}' is not a page below docs/", hint
    elif not (docs / name).is_file():
        pages = [str(file.relative_to(docs)) for file in docs.rglob("*.md")]
        yield path, "K006", f"there is no page '{name}'", did_you_mean(name, pages, limit=6)


def known_references(
    known: Knowledge, path: tuple[str | int, ...], text: str, own: Iterable[str] = ()
) -> Iterator[Finding]:
    """Each ``{service.property}`` of a text resolves; ``own`` are a fact's names in its text."""
    for name in REFERENCE.findall(text):
        if name in own:
            continue
        try:
            measure(name, known)
        except UnknownReference as error:
            yield path, "K021", str(error), error.hint
    if stray := re.search(r"[{}]", REFERENCE.sub("", text)):
        yield path, "K022", f"a stray '{stray[0]}'", "references look like {service.property}"
