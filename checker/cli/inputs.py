"""Input of the commands and its problems: files, standard input, ``field=value``."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from checker.knowledge.model import Knowledge
from checker.problems import did_you_mean

type Commands = "argparse._SubParsersAction[argparse.ArgumentParser]"


class InputError(ValueError):
    """A file that cannot be read, or whose content has another form than the command needs."""


def content(path: str) -> str:
    """The text of a file; ``-`` is standard input."""
    if path == "-":
        return standard_input().read()
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from error


def standard_input() -> TextIO:
    """Standard input, which a caller may have closed."""
    if sys.stdin is None:
        raise InputError("standard input is closed; name a file with --file")
    return sys.stdin


def parse_json(text: str) -> Any:
    """JSON as a person may have made it.

    Raises:
        ValueError: it is no JSON, has a key twice, or is nested so deep that reading it would fail.
    """
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_once)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {json.dumps(twice)} is there twice")
    return found


def answers_in(path: str) -> dict[str, object]:
    """Answers by field from a JSON file, as the page's "Copy as JSON" gives them."""
    try:
        found = parse_json(content(path))
    except ValueError as error:
        raise InputError(f"{path}: no JSON: {error}") from error
    answers = found.get("answers", found) if isinstance(found, dict) else None
    if not isinstance(answers, dict):
        raise InputError(f'{path}: not an object such as {{"payload": "6 MB"}}')
    return answers


def complain(problems: Iterable[Mapping[str, str]]) -> None:
    """Each problem on a separate line, with its place and remedy."""
    for problem in problems:
        hint = f" ({problem['hint']})" if problem["hint"] else ""
        print(f"{problem['code']} {problem['where']}: {problem['message']}{hint}", file=sys.stderr)


def pairs(texts: Iterable[str]) -> dict[str, list[str]]:
    """``field=value`` pairs; a field given twice keeps both values, for the reader to refuse."""
    pairs: dict[str, list[str]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        pairs.setdefault(name.strip(), []).append(value.strip())
    return pairs


def malformed_in(texts: Iterable[str]) -> list[str]:
    """The texts that are not ``field=value``; each is reported with an example."""
    malformed = [text for text in texts if "=" not in text]
    for text in malformed:
        print(f"A000 {text[:60]}: not field=value (for example payload=6MB)", file=sys.stderr)
    return malformed


def unknown_decisions(knowledge: Knowledge, names: Iterable[str]) -> bool:
    """Whether any name is not a decision; each is reported with the nearest decision."""
    unknown = [name for name in names if name not in knowledge.decisions]
    for name in unknown:
        hint = did_you_mean(name, knowledge.decisions)
        message = f"there is no decision '{name[:40]}'"
        complain([{"code": "D001", "where": "decision", "message": message, "hint": hint}])
    return bool(unknown)
