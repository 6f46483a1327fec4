"""The examples that texts are ranked by: what is wrong with a line of ``reading/examples/*.jsonl``.

One JSON object a line, in a file for each decision and one for texts on other subjects. The keys
are told in docs/contributing.md.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean

EXAMPLES = "reading/examples"
ELSEWHERE = "elsewhere"
STATES = ("ask-for-more", "narrowed", "nothing-fits", "out-of-scope")
_TEXTS = ("id", "text", "batch", "origin")
_KEYS: dict[str, type] = {
    **dict.fromkeys((*_TEXTS, "option", "state"), str),
    **dict.fromkeys(("accept", "context"), list),
    **dict.fromkeys(("answers", "other"), dict),
    "unseen": bool,
}
_NEEDED = (*_TEXTS, "accept")
_WORDS: dict[type, str] = {
    str: "a text in quotes",
    list: "a list in square brackets",
    dict: "an object in braces, which may be empty: {}",
    bool: "true or false",
}
_OBJECT = "write one object in braces on one line"
_NEW = "give one of them another id"
_ONE = "keep one of them"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>")

type _Told = Iterator[tuple[str, str, str]]


def example_problems(data: Path, known: Knowledge, root: Path) -> list[Problem]:
    """Every problem of every line, each at its file and line; none where there are no files."""
    seen: dict[str, str] = {}
    return [
        problem
        for path in sorted((data / EXAMPLES).glob("*.jsonl"))
        for problem in _of_file(path, known, str(path.relative_to(root)), seen)
    ]


def decision_of(path: Path) -> str:
    """The decision of a file of examples: ``inference.jsonl``, ``inference.2.jsonl``."""
    return path.name.partition(".")[0]


def _of_file(path: Path, known: Knowledge, name: str, seen: dict[str, str]) -> Iterator[Problem]:
    decision = decision_of(path)
    if decision != ELSEWHERE and decision not in known.decisions:
        hint = did_you_mean(decision, known.decisions) or f"name it {ELSEWHERE}.jsonl"
        yield Problem("K090", name, f"there is no decision '{decision}'", hint)
        return
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines if lines[-1] else lines[:-1], start=1):
        where = f"{name}:{number}"
        for code, message, hint in _of_line(line, decision, known, seen, where):
            yield Problem(code, where, message, hint)


def _of_line(
    line: bytes, decision: str, known: Knowledge, seen: dict[str, str], where: str
) -> _Told:
    record, fault = parsed(line)
    if fault:
        yield fault
        return
    faults = [*key_faults(record, _KEYS, _NEEDED), *_of_pairs(record)]
    if not faults:
        faults = [
            *_of_labels(record, decision, known),
            *_of_answers(record, decision, known),
        ]
        faults += _of_twins(record, seen, where)
    name = record.get("id")
    for code, message, hint in faults:
        yield code, f"{name}: {message}" if isinstance(name, str) else message, hint


def _of_twins(record: dict[str, Any], seen: dict[str, str], where: str) -> _Told:
    """An id, or a text in the same context, that another line has."""
    if (first := seen.setdefault(f"id {record['id']}", where)) != where:
        yield "K092", f"the id '{record['id']}' is used twice (first at {first})", _NEW
    said = " ".join([*map(str, record.get("context", ())), *record["text"].lower().split()])
    if (first := seen.setdefault(f"text {said}", where)) != where:
        yield "K092", f"{_short(record['text'])} is there twice (first at {first})", _ONE


def parsed(line: bytes) -> tuple[dict[str, Any], tuple[str, str, str] | None]:
    """The object of a line, or why there is none."""
    try:
        text = line.decode("utf-8")
        record = json.loads(text)
    except UnicodeDecodeError:
        return {}, ("K000", "not UTF-8", "save the file as UTF-8")
    except RecursionError:
        return {}, ("K091", "not JSON: nested too deep", _OBJECT)
    except ValueError as error:
        if text.startswith(_CONFLICT):
            remedy = "keep one side and remove the three marks"
            return {}, ("K091", f"a merge conflict ('{text[:7]}')", remedy)
        if text.startswith("\ufeff"):
            return {}, ("K091", "a byte-order mark", "save as UTF-8 without BOM")
        at = (
            f"column {error.colno}: {error.msg.lower()}"
            if isinstance(error, json.JSONDecodeError)
            else str(error)
        )
        return {}, ("K091", f"not JSON: {at}" if text.strip() else "a blank line", _OBJECT)
    if not isinstance(record, dict):
        return {}, ("K091", f"{_short(record)} is no object", _OBJECT)
    return record, None


def key_faults(
    record: dict[str, Any], kinds: Mapping[str, type], needed: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Keys of a line that are unknown, hold something else, or are missing."""
    for key, value in record.items():
        if key not in kinds:
            yield "K003", f"unknown key '{key[:40]}'", did_you_mean(key, kinds)
        elif not isinstance(value, kinds[key]):
            yield "K007", f"{key}: {_short(value)}", f"write {_WORDS[kinds[key]]}"
    yield from (
        ("K004", f"the key '{key}' is missing", "add it") for key in needed if key not in record
    )


def _of_pairs(record: dict[str, Any]) -> _Told:
    if ("option" in record) == ("state" in record):
        yield "K093", "not one of option and state", "keep option, or state if no option is right"
    if ("answers" in record) != ("other" in record):
        yield "K093", "answers and other go together", "add the one that is missing"


def _of_labels(record: dict[str, Any], decision: str, known: Knowledge) -> _Told:
    options = known.decisions[decision].options if decision in known.decisions else ()
    if "state" in record and record["state"] not in STATES:
        yield "K007", f"state: {_short(record['state'])}", f"write {', '.join(STATES)}"
    if record.get("state") == "narrowed" and not record["accept"]:
        yield "K093", "narrowed to no options", "list in accept the options that are left"
    if "option" in record and record["option"] not in options:
        yield _unknown_option("option", record["option"], options)
    for number, name in enumerate(record["accept"]):
        # An option of another decision may be right as well.
        if name not in STATES and name not in known.options:
            yield _unknown_option(f"accept/{number}", name, known.options)


def _unknown_option(place: str, name: Any, options: Collection[str]) -> tuple[str, str, str]:
    return "K005", f"{place}: unknown option {_short(name)}", did_you_mean(str(name), options)


def _of_answers(record: dict[str, Any], decision: str, known: Knowledge) -> _Told:
    asked = known.decisions[decision].fields if decision in known.decisions else ()
    for name, answer in record.get("answers", {}).items():
        place = f"answers/{name}"
        if name not in asked:
            yield "K005", f"{place}: '{decision}' asks no such question", did_you_mean(name, asked)
        elif not isinstance(answer, dict) or answer.keys() != {"value", "quote"}:
            yield "K007", f"{place}: {_short(answer)}", "write {value, quote}"
        else:
            _, problems = read_answers(known, {name: answer["value"]})
            yield from (("K061", f"{place}: {p.message}", p.hint) for p in problems)
            yield from _of_quote(f"{place}/quote", answer["quote"], record["text"])
    for words in record.get("other", {}):
        yield from _of_quote(f"other/{words}", words, record["text"])


def _of_quote(place: str, quote: Any, text: str) -> _Told:
    if not isinstance(quote, str) or not all(part.strip() in text for part in quote.split("...")):
        yield "K094", f"{place}: {_short(quote)} is not in the text", "quote the text's own words"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else f"{shown[:59]}…"
