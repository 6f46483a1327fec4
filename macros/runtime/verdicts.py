"""The verdicts of links that the site itself makes, by the same engine, as files to show at once.

``docs/assets/verdicts/<decision>-<hash>.json`` holds what the page would be answered. The name is a
hash of the question, which the page works out too: ``docs/assets/checker/known.js``.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import parse_qsl

from checker.browser import for_page, with_views
from checker.knowledge.model import Knowledge
from checker.session import Session
from macros.files import write_if_changed

FOLDER = "assets/verdicts"
STAMP = ".cache/runtime/verdicts.json"

type Link = tuple[str, Mapping[str, str]]
"""A decision and the answers that a link gives."""


def name_of(decision: str, answers: Mapping[str, str]) -> str:
    """The file's name for a question: two 32-bit FNV-1a hashes, as JavaScript has none built in."""
    text = "\n".join([decision, *(f"{name}={answers[name]}" for name in sorted(answers))])
    halves = (_fnv(text.encode(), seed) for seed in (0x811C9DC5, 0x01000193))
    return f"{decision}-{''.join(f'{half:08x}' for half in halves)}"


def _fnv(data: bytes, value: int) -> int:
    for byte in data:
        value = ((value ^ byte) * 0x01000193) & 0xFFFFFFFF
    return value


def links_of(known: Knowledge, queries: Iterable[tuple[str, str]]) -> Iterator[Link]:
    """Every link with answers: one for each scenario, and those that pages write as queries."""
    for scenario in known.scenarios.values():
        if scenario.answers:
            yield scenario.decision, dict(scenario.answers)
    for decision, query in queries:
        answers = dict(parse_qsl(query))
        if answers and not answers.keys() - known.fields.keys():
            yield decision, answers


def write_verdicts(root: Path, known: Knowledge, links: Iterable[Link], key: str) -> set[str]:
    """Write the answer to each link, unless done with the same ``key``; gives the names."""
    wanted = {name_of(decision, answers): (decision, answers) for decision, answers in links}
    folder = root / "docs" / FOLDER
    stamp = hashlib.sha256(json.dumps([key, sorted(wanted)]).encode()).hexdigest()
    if (root / STAMP).is_file() and (root / STAMP).read_text() == stamp and folder.is_dir():
        return set(wanted)
    session = Session(known)
    for name, (decision, answers) in wanted.items():
        result = with_views(session, session.decide([decision], answers), answers, {})
        text = json.dumps(for_page(result), ensure_ascii=False, separators=(",", ":"))
        write_if_changed(folder / f"{name}.json", text.encode())
    for file in folder.glob("*.json"):
        if file.stem not in wanted:
            file.unlink()
    write_if_changed(root / STAMP, stamp.encode())
    return set(wanted)
