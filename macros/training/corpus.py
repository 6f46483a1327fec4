"""The texts that the ranking is trained on and measured with.

Examples are synthetic, written by a language model: ``docs/data/reading/examples/<decision>.jsonl``
(then ``<decision>.2.jsonl``) and ``elsewhere.jsonl``, a JSON object a line with ``id``, ``text``,
``option`` or ``state``, ``accept`` (what is right as well), ``batch`` (written together, so never
on both sides of a measurement) and ``origin``. Some hold what the text states: ``answers``,
``other``, ``context``. Those that are ``unseen`` measure and teach nothing.
Scenarios and the knowledge's own words are trained on as well. ``docs/data/reading/clauses/`` has
clauses that each give one answer; what answers a question is learned from them too.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from checker.knowledge.model import Knowledge
from checker.text.ranking import STATES
from macros.knowledge.clauses import CLAUSES
from macros.knowledge.examples import ELSEWHERE, decision_of

MODEL = "data/reading/model.json"
EXAMPLES = "data/reading/examples"
SCENARIOS, OWN_WORDS = "scenarios", "own-words"


@dataclass(frozen=True, slots=True)
class Example:
    """One text, the decision that it is about (None: another subject), and what is right.

    ``labels`` are options or one of ``STATES``, the best first.
    """

    id: str
    text: str
    decision: str | None
    labels: tuple[str, ...]
    batch: str
    record: dict[str, Any] = field(default_factory=dict, compare=False, repr=False)

    @property
    def unseen(self) -> bool:
        """Whether it is kept for measuring: no model learns from it."""
        return bool(self.record.get("unseen"))


def examples(docs: Path) -> Iterator[Example]:
    """Every example in the files, in the order of their names."""
    for path in sorted((docs / EXAMPLES).glob("*.jsonl")):
        decision = None if decision_of(path) == ELSEWHERE else decision_of(path)
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            best = record.get("option") or record["state"]
            labels = tuple(dict.fromkeys(name for name in (best, *record["accept"])))
            if best not in STATES and "option" not in record:  # narrowed: several are right
                labels = labels[1:]
            yield Example(record["id"], record["text"], decision, labels, record["batch"], record)


def clauses(docs: Path) -> Iterator[Example]:
    """Every clause, as a text that says one answer; no option is right for it."""
    for path in sorted((docs / "data" / CLAUSES).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            record = json.loads(line)
            answer = {"value": record["value"], "quote": record["text"]}
            said = {"answers": {record["field"]: answer}, "unseen": record.get("unseen", False)}
            name = f"{path.stem}-{number}"
            yield Example(name, record["text"], record["decision"], (), path.stem, said)


def scenarios(known: Knowledge) -> Iterator[Example]:
    """The bank's scenarios, one batch."""
    for name, item in known.scenarios.items():
        labels = (item.state,) if item.state in STATES else (*item.expect, *item.accept)
        yield Example(name, item.text, item.decision, labels, SCENARIOS)


def own_words(known: Knowledge) -> Iterator[Example]:
    """How the knowledge itself describes each option; trained on, never measured."""
    for name, option in known.options.items():
        text = f"{option.label}. {option.summary}"
        yield Example(name, text, option.decision, (name,), OWN_WORDS)


def corpus(known: Knowledge, docs: Path) -> list[Example]:
    """Everything that there is to train on."""
    return [*own_words(known), *scenarios(known), *(e for e in examples(docs) if not e.unseen)]


def lesson(known: Knowledge, docs: Path) -> list[Example]:
    """Everything that the readings learn from: the texts, and the clauses that may teach."""
    return [*corpus(known, docs), *(one for one in clauses(docs) if not one.unseen)]


def digest(texts: Iterable[Example]) -> str:
    """What a trained model is locked by: one hash over the texts and what is right for each."""
    whole = hashlib.sha256()
    for item in texts:
        row = [item.id, item.text, item.decision, item.labels, item.batch]
        whole.update(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    return whole.hexdigest()
