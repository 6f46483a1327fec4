"""Scores replies to the cases of ``tests/data/cases.yml`` against their gold readings.

right      the first recommendation, or the state, is the expected or an acceptable one
one more   right at once, or after the question that is asked is answered as the gold reading says
hard       the recommendation is one that the case lists as harmful
honest     of what is shown as read on the decision's own questions, what the gold reading holds too
numbers    of the numbers in the gold reading, those read into the right field with the right value
lost       numbers of the gold reading that are neither read nor shown as unplaced
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from checker.session import Session

_STATES = {"nothing-fits": "no-full-fit", "ask-for-more": "ask-for-more"}
_STATES["out-of-scope"] = "out-of-scope"
_NUMBER = re.compile(r"^\s*([\d.,]+)\s*([a-zA-Z/%]*)")
_SCALES = {
    "b": 1e-6, "byte": 1e-6, "bytes": 1e-6, "kb": 1e-3, "mb": 1, "gb": 1e3, "tb": 1e6,
    "ms": 1e-3, "s": 1, "sec": 1, "second": 1, "seconds": 1, "min": 60, "minute": 60,
    "minutes": 60, "h": 3600, "hour": 3600, "hours": 3600, "d": 86400, "day": 86400,
    "days": 86400, "week": 604800, "weeks": 604800, "/s": 3600, "/min": 60, "/h": 1,
    "/day": 1 / 24, "/week": 1 / 168, "/month": 1 / 730,
}  # fmt: skip
_TOLERANCE = 0.06


@cache
def cases() -> tuple[Mapping[str, Any], ...]:
    """The cases; synthetic or paraphrased from public posts, and never trained on."""
    text = Path(__file__).with_name("data").joinpath("cases.yml").read_text(encoding="utf-8")
    return tuple(yaml.load(text, Loader=yaml.CSafeLoader)["scenarios"])


def number(value: object) -> float | None:
    """A value's number in the base unit of its dimension; None where it does not begin with one."""
    found = _NUMBER.match(str(value).replace("_", ""))
    if not found or not re.search(r"\d", found[1]):
        return None
    return float(found[1].replace(",", "")) * _SCALES.get(found[2].lower(), 1)


def same(one: object, other: object) -> bool:
    """Whether two values say the same."""
    a, b = number(one), number(other)
    if a is not None and b is not None:
        return abs(a - b) <= _TOLERANCE * max(abs(a), abs(b), 1e-9)
    return str(one).strip().lower() == str(other).strip().lower()


def grade(case: Mapping[str, Any], reply: Mapping[str, Any]) -> str:
    """Whether a reply is right, wrong or hard."""
    recommend = reply["recommend"]
    answer = _STATES.get(reply["state"]) or (recommend[0] if recommend else "ask-for-more")
    if answer in (case.get("rejected") or {}):
        return "hard"
    good = {case["expected"], *(case.get("acceptable") or ())}
    return "right" if answer in good else "wrong"


def answered(case: Mapping[str, Any], reply: Mapping[str, Any]) -> dict[str, Any] | None:
    """What the person of a case says to the question of a reply; None where nobody knows."""
    question, gold = reply["question"] or {}, _gold(case)
    if (field := question.get("field")) in gold:
        return {"answers": {field: gold[field]["value"]}}
    if quote := question.get("quote"):
        for name, item in gold.items():
            if number(quote) is not None and same(quote, item["value"]):
                return {"answers": {name: item["value"]}}
        return {"other": [quote]}
    return None


def score(session: Session, texts: Sequence[Mapping[str, Any]]) -> Counter[str]:
    """The counts of all figures over all cases."""
    total: Counter[str] = Counter()
    for case in texts:
        reply = session.ask(case["text"])
        first = later = grade(case, reply)
        said = answered(case, reply) if first == "wrong" and reply["state"] != "decided" else None
        if said is not None and reply["state"] in ("ask-for-more", "narrowed"):
            later = grade(case, session.ask(case["text"], **said))
        total.update({"cases": 1, first: 1, "one more": later == "right"})
        total["hard later"] += later == "hard" and first != "hard"
        total.update(_read(session, case, reply))
    return total


def _read(session: Session, case: Mapping[str, Any], reply: Mapping[str, Any]) -> Counter[str]:
    total: Counter[str] = Counter()
    gold, read = _gold(case), {item["field"]: item for item in reply["read"]}
    if gold and reply["area"] == case["gold"]["decision"]:
        for name, item in read.items():
            if name in session.knowledge.decisions[reply["area"]].fields:
                fits = name in gold and same(item["value"], gold[name]["value"])
                total.update({"shown": 1, "honest": int(fits)})
    loose = [item["quote"] for item in reply["unplaced"]]
    for name, item in gold.items():
        if number(item["value"]) is not None:
            placed = name in read and same(read[name]["value"], item["value"])
            lost = not placed and not any(same(quote, item["value"]) for quote in loose)
            total.update({"numbers": 1, "placed": int(placed), "lost": int(lost)})
    return total


def _gold(case: Mapping[str, Any]) -> Mapping[str, Any]:
    return (case.get("gold") or {}).get("answers") or {}
