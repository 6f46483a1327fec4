"""The items as an Anki package: note guid = item id, and two builds are byte-equal.

An item that is gone stays in readers' collections, so the next deck tags its note ``retired``.
"""

import tempfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import genanki

from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text, fill
from macros.practise.items import Choice, Item, short_answer
from macros.runtime.wheels import packed, unpacked

# Anki tells models and decks apart by these numbers, so that they never change.
_MODEL_ID = 1_764_201_121
_DECK_ID = 1_764_201_122
_FIELDS = ("Question", "Choices", "Answer", "Reasons", "Source", "Checked", "Read", "Item")
_FRONT = "<p>{{Question}}</p>{{Choices}}"
_BACK = (
    "{{FrontSide}}<hr id=answer><p><b>{{Answer}}</b></p>{{Reasons}}"
    "<p>{{Source}} {{Checked}}</p><p>{{Read}}</p>"
)
_RETIRED = "This item is no longer part of the guide. You can delete or suspend it."


def deck(items: Iterable[Item], known: Knowledge, published: Iterable[str]) -> bytes:
    """The package ``.apkg``.

    Args:
        items: today's items.
        known: what they name.
        published: ids that earlier decks held; those without an item become ``retired``.
    """
    items = list(items)
    made = genanki.Deck(_DECK_ID, "MLOps field guide for Amazon SageMaker AI")
    for item in items:
        made.add_note(_note(item.id, _values(item, known), tags(item)))
    for gone in sorted(set(published) - {item.id for item in items}):
        made.add_note(_note(gone, (_RETIRED, *[""] * 6, gone), ("retired",)))
    newest = max(fact.checked for fact in known.facts.values())
    moment = datetime.fromisoformat(newest).replace(tzinfo=UTC).timestamp()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "deck.apkg")
        genanki.Package(made).write_to_file(path, timestamp=moment)
        return packed(unpacked(path.read_bytes()))


def tags(item: Item) -> tuple[str, ...]:
    """Tags as Anki nests them: ``decision::inference``, ``era::exam``."""
    own = [f"decision::{item.decision}"] if item.decision else []
    own += [f"era::{item.era}", f"kind::{item.kind}"]
    return tuple(sorted({*own, *(tag.replace(":", "::") for tag in item.tags)}))


def _note(guid: str, values: Iterable[str], tags: Iterable[str]) -> genanki.Note:
    return genanki.Note(_model(), fields=list(values), tags=list(tags), guid=guid)


def _model() -> genanki.Model:
    return genanki.Model(
        _MODEL_ID,
        "MLOps field guide item",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Question", "qfmt": _FRONT, "afmt": _BACK}],
        css=".card{font-family:sans-serif;font-size:18px;text-align:left}",
    )


def _values(item: Item, known: Knowledge) -> tuple[str, ...]:
    facts = [known.facts[name] for name in item.facts]
    sources = [known.sources[fact.sources[0].source] for fact in facts]
    return (
        escape(" ".join((item.stem, *(f"{label}: {answer}." for label, answer in item.also)))),
        _list(known.options[c.option].label for c in _mixed(item)),
        escape(_answer(item, known)),
        _list(_reasons(item, known)),
        "<br>".join(_link(source.title, source.url) for source in dict.fromkeys(sources)),
        "".join(f"checked {day}" for day in [min((f.checked for f in facts), default="")] if day),
        escape(item.page),
        item.id,
    )


def _mixed(item: Item) -> Iterable[Choice]:
    """In alphabetical order, which does not give the key away."""
    return sorted(item.choices, key=lambda choice: choice.option)


def _answer(item: Item, known: Knowledge) -> str:
    if item.kind == "card":
        fact = known.facts[item.facts[0]]
        return " ".join(filter(None, (short_answer(fact), fact_text(fact, known))))
    return " and ".join(known.options[c.option].label for c in item.choices if c.right)


def _reasons(item: Item, known: Knowledge) -> Iterator[str]:
    for choice in item.choices:
        for name in choice.rules:
            rule = known.rules[name]
            text = fill((choice.right and rule.support) or rule.reason, known)
            yield f"{known.options[choice.option].label}: {text}"
    if item.eras:
        yield item.eras


def _list(texts: Iterable[str]) -> str:
    rows = "".join(f"<li>{escape(text)}</li>" for text in texts)
    return f"<ul>{rows}</ul>" if rows else ""


def _link(title: str, url: str | None) -> str:
    return f'<a href="{escape(url)}">{escape(title)}</a>' if url else escape(title)
