"""The items as the page reads them: ``docs/assets/practise/data/items-<hash>.json``, and the deck.

Sentences, sources and labels are there once, and items name them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checker.knowledge.model import ExamTask, Knowledge
from checker.knowledge.references import fact_text, fill
from macros.files import write_if_changed
from macros.pages.source import Page
from macros.pages.urls import page_url
from macros.practise.deck import deck
from macros.practise.items import EXAM, Bank, Item, bank, short_answer

FOLDER = "assets/practise/data"
DECK = "assets/download/sagemaker-field-guide.apkg"
PUBLISHED = "data/practise-items.txt"
"""Every item id that a deck ever held, one a line; a build adds new ones and removes none."""


@dataclass(frozen=True)
class Practise:
    """Where the page finds the items, below ``docs/``, and what was made."""

    path: str
    bank: Bank

    def lines(self) -> list[str]:
        """What a build says: how many items, and how many were left out and why."""
        kinds = ("one", "two", "card")
        counts = {kind: sum(item.kind == kind for item in self.bank.items) for kind in kinds}
        told = (
            f"practise: {len(self.bank.items)} items ({counts['one']} single choice, "
            f"{counts['two']} select TWO, {counts['card']} cards)"
        )
        left = [f"  {number} left out: {why}" for why, number in self.bank.left_out.items()]
        return [told, *left]


def write_practise(root: Path, known: Knowledge, pages: Mapping[str, Page]) -> Practise:
    """Make the items, and write the page's file and the deck."""
    made = bank(known, pages)
    data = json.dumps(plain(made.items, known), ensure_ascii=False, separators=(",", ":")).encode()
    name = f"items-{hashlib.sha256(data).hexdigest()[:12]}.json"
    folder = root / "docs" / FOLDER
    for file in folder.glob("items-*.json"):
        if file.name != name:
            file.unlink()
    write_if_changed(folder / name, data)
    publish(root / "docs" / PUBLISHED, made.items)
    ids = published(root / "docs" / PUBLISHED)
    write_if_changed(root / "docs" / DECK, deck(made.items, known, ids))
    return Practise(f"{FOLDER}/{name}", made)


def published(path: Path) -> tuple[str, ...]:
    """The ids in the list; none where there is no list yet."""
    return tuple(path.read_text("utf-8").split()) if path.is_file() else ()


def publish(path: Path, items: Iterable[Item]) -> int:
    """Add the ids of new items to the list, which never loses one; returns how many are new."""
    before = published(path)
    after = sorted({*before, *(item.id for item in items)})
    write_if_changed(path, ("\n".join(after) + "\n").encode())
    return len(after) - len(before)


# --- The page's file ----------------------------------------------------------------------------


def plain(items: Iterable[Item], known: Knowledge) -> dict[str, Any]:
    """The items with everything that they name; addresses are from the site's root."""
    items = list(items)
    rules = {rule for item in items for choice in item.choices for rule in choice.rules}
    facts = {fact for item in items for fact in item.facts}
    decisions = dict.fromkeys(item.decision for item in items if item.decision)
    options = {choice.option for item in items for choice in item.choices}
    options |= {item.turn for item in items if item.turn}
    return {
        "version": 1,
        "items": [_item(item) for item in items],
        "rules": {key: _rule(key, known) for key in sorted(rules)},
        "facts": {key: _fact(key, known) for key in sorted(facts)},
        "options": {key: _option(key, known) for key in sorted(options)},
        "decisions": {key: _decision(key, known) for key in decisions},
        "fields": {key: _field(key, known) for key in _fields(items)},
        "tasks": {key: _task(task, known) for key, task in known.exams[EXAM].tasks.items()},
        "tags": {t: known.tags[t].label for t in sorted({t for i in items for t in i.tags})},
    }


def _item(item: Item) -> dict[str, Any]:
    found = {
        "id": item.id,
        "kind": item.kind,
        "decision": item.decision,
        "stem": item.stem,
        "also": [list(pair) for pair in item.also],
        "choices": [[c.option, int(c.right), *c.rules] for c in item.choices],
        "why": item.why,
        "era": item.era,
        "eras": item.eras,
        "page": page_url(item.page),
        "answers": dict(item.answers),
        "tags": list(item.tags),
        "facts": list(item.facts),
        "turn": item.turn,
    }
    return {name: value for name, value in found.items() if value}


def _rule(key: str, known: Knowledge) -> dict[str, str]:
    rule = known.rules[key]
    told = {"no": fill(rule.reason, known), "yes": fill(rule.support or "", known)}
    return {**{name: text for name, text in told.items() if text}, "fact": rule.fact or ""}


def _fact(key: str, known: Knowledge) -> dict[str, str]:
    fact = known.facts[key]
    first = known.sources[fact.sources[0].source]
    return {
        "text": fact_text(fact, known),
        "short": short_answer(fact),
        "title": first.title,
        "url": first.url or "",
        "checked": fact.checked,
    }


def _option(key: str, known: Knowledge) -> dict[str, str]:
    return {"label": known.options[key].label, "page": page_url(known.options[key].page)}


def _decision(key: str, known: Knowledge) -> dict[str, str]:
    record = known.decisions[key]
    return {
        "label": record.label,
        "question": record.question,
        "page": page_url(record.page),
        "task": task_of(key, known),
    }


def task_of(decision: str, known: Knowledge) -> str:
    """The task of the current exam that a decision practises."""
    tasks = known.exams[EXAM].tasks.items()
    return next((number for number, task in tasks if decision in task.decisions), "")


def _task(task: ExamTask, known: Knowledge) -> dict[str, Any]:
    _, _, part = known.exams[EXAM].domains[task.domain].rpartition(".")
    owner = known.exams[EXAM].domains[task.domain].removesuffix(f".{part}")
    weight = known.facts[owner].parts[part].value
    return {
        "label": task.label,
        "domain": part.removeprefix("domain"),
        "weight": weight,
        "skills": task.skills,
        "covers": len(task.covers),
    }


def _fields(items: Iterable[Item]) -> list[str]:
    return sorted({name for item in items if item.turn for name in item.answers})


def _field(key: str, known: Knowledge) -> dict[str, Any]:
    record = known.fields[key]
    return {"label": record.label, "values": dict(record.values), "hint": record.hint}
