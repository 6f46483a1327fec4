"""Judges what was said to a text against what is right, and adds the judgements up.

right       the first recommendation, or the state where there is none, is the expected one
one more    right at once, or after the question that is asked is answered as the text was labelled
hard        the recommendation breaks a limit of the platform under what the text states
honest      of what is shown as read, the part that the labels hold as well
numbers     of the labelled numbers, the part read into the right field with the right value
lost        labelled numbers that are neither read nor shown as unplaced
recommends  how often an option is named first, for sure or probably, and how often that is right
decides     how often the state is decided, and how often that is right
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge
from checker.session import Session
from checker.text.ranking import ASK_FOR_MORE, STATES
from checker.units import Interval
from macros.training.corpus import Example

TOLERANCE = 0.06


@dataclass(frozen=True, slots=True)
class Judged:
    """What was said to a text, and how it counts."""

    example: Example
    answer: str
    right: bool
    counts: Mapping[str, int]


def judge(session: Session, example: Example) -> Judged:
    """Read one text and compare."""
    reply = session.ask(example.text)
    answer = _answer(reply)
    right = answer in example.labels
    counts = Counter({"all": 1, "right": int(right)})
    if answer not in STATES:
        counts.update({"recommends": 1, "recommends right": int(right)})
        decided = reply["state"] == "decided"
        counts.update({"decides": int(decided), "decides right": int(decided and right)})
    if "answers" in example.record:
        counts.update(_by_labels(session, example, reply, right=right))
    return Judged(example, answer, right, counts)


def _answer(reply: Mapping[str, Any]) -> str:
    state, recommend = reply["state"], reply["recommend"]
    return str(state if state in STATES else recommend[0] if recommend else ASK_FOR_MORE)


def _by_labels(
    session: Session, example: Example, reply: Mapping[str, Any], *, right: bool
) -> Counter[str]:
    gold = {name: item["value"] for name, item in example.record["answers"].items()}
    later = right
    if not right and reply["state"] in (ASK_FOR_MORE, "narrowed"):
        said = _said(session.knowledge, reply.get("question") or {}, gold)
        later = said is not None and _answer(session.ask(example.text, **said)) in example.labels
    counts = Counter({"labelled": 1, "one more": int(later)})
    counts["hard"] = int(_answer(reply) in _impossible(session, example, gold))
    read = {item["field"]: item["value"] for item in reply["read"]}
    if gold and example.decision and reply["area"] == example.decision:
        asked = session.knowledge.decisions[example.decision].fields
        shown = [name for name in read if name in asked]
        counts["shown"] = len(shown)
        counts["honest"] = sum(
            name in gold and same(session.knowledge, name, read[name], gold[name]) for name in shown
        )
    return counts + _numbers(session.knowledge, reply, read, gold)


def _numbers(
    known: Knowledge, reply: Mapping[str, Any], read: Mapping[str, Any], gold: Mapping[str, str]
) -> Counter[str]:
    loose = [item["quote"] for item in reply.get("unplaced") or ()]
    counts: Counter[str] = Counter()
    for name, value in gold.items():
        if _size(known, name, value) is None:
            continue
        placed = name in read and same(known, name, read[name], value)
        kept = placed or any(same(known, name, quote, value) for quote in loose)
        counts.update({"numbers": 1, "placed": int(placed), "lost": int(not kept)})
    return counts


def _said(
    known: Knowledge, question: Mapping[str, Any], gold: Mapping[str, str]
) -> dict[str, Any] | None:
    """What the person who wrote the text would answer; None where the labels do not say."""
    if (name := question.get("field")) in gold:
        return {"answers": {name: gold[str(name)]}}
    quote = question.get("quote")
    if not quote:
        return None
    named = [
        name
        for name, value in gold.items()
        if _size(known, name, value) is not None and same(known, name, quote, value)
    ]
    return {"answers": {named[0]: gold[named[0]]}} if named else {"other": [quote]}


def _impossible(session: Session, example: Example, gold: Mapping[str, str]) -> set[str]:
    """The options that a limit of the platform rules out under what the text states."""
    if example.decision is None:
        return set()
    alone = (session.decide([example.decision], {name: gold[name]}) for name in gold)
    verdicts = (found["verdicts"].get(example.decision) for found in alone)
    return {
        other["option"]
        for verdict in verdicts
        if verdict
        for other in verdict["rejected"]
        if any(reason["strength"] == "must" for reason in other["reasons"])
    }


def same(known: Knowledge, name: str, one: object, other: object) -> bool:
    """Whether two values of a question are the same: sizes within a few percent, by their worst."""
    a, b = (_size(known, name, value) for value in (one, other))
    if a is not None and b is not None:
        return abs(a - b) <= TOLERANCE * max(abs(a), abs(b), 1e-9)
    return str(one).strip().lower() == str(other).strip().lower()


def _size(known: Knowledge, name: str, value: object) -> float | None:
    """The upper end of a quantity, or its lower one where it has none; None for a choice."""
    answers, _ = read_answers(known, {name: str(value)})
    answer = answers.get(name)
    if not isinstance(answer, Interval):
        return None
    return answer.hi if math.isfinite(answer.hi) else answer.lo


def missed(item: Judged) -> bool:
    """Whether something else was said than what is right."""
    return not item.right


def miss(item: Judged) -> str:
    """One miss as a line."""
    return f"{item.example.id}: {item.answer}, not {' or '.join(item.example.labels)}"


PARTS = {
    "right": ("right", "all"),
    "recommends": ("recommends", "all"),
    "right when it recommends": ("recommends right", "recommends"),
    "decides": ("decides", "all"),
    "right when it decides": ("decides right", "decides"),
    "one more": ("one more", "labelled"),
    "honest": ("honest", "shown"),
    "numbers": ("placed", "numbers"),
    "lost": ("lost", "numbers"),
}


def figures(judged: Iterable[Judged]) -> dict[str, Any]:
    """All figures as percentages, with what each is a part of, and ``hard`` as a count."""
    total: Counter[str] = Counter()
    for item in judged:
        total.update(item.counts)
    shares = {
        name: {"percent": round(100 * total[part] / total[whole], 1), "of": total[whole]}
        for name, (part, whole) in PARTS.items()
        if total[whole]
    }
    return {**shares, "hard": {"count": total["hard"], "of": total["labelled"]}}


def table(judged: Sequence[Judged]) -> dict[str, Any]:
    """The figures of each decision, of other subjects (``none``), of ``unseen`` texts, of all."""
    names = dict.fromkeys(item.example.decision or "none" for item in judged)
    rows = {n: [j for j in judged if (j.example.decision or "none") == n] for n in names}
    found = {name: figures(rows[name]) for name in sorted(rows)}
    if unseen := [item for item in judged if item.example.unseen]:
        found["unseen"] = figures(unseen)
    return {**found, "all": figures(judged)}


def lines(rows: Mapping[str, Any]) -> Iterator[str]:
    """The table as text."""
    yield f"{'':20}" + "".join(f"{name[:12]:>14}" for name in (*PARTS, "hard"))
    for name, row in rows.items():
        cells = [f"{row[p]['percent']:.1f} of {row[p]['of']}" if p in row else "-" for p in PARTS]
        yield f"{name:20}" + "".join(f"{c:>14}" for c in (*cells, str(row["hard"]["count"])))
