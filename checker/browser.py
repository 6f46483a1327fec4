"""The browser's entry: functions with text in and text out, so that only plain JSON crosses."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from checker.knowledge.loading import add_sections
from checker.knowledge.model import Knowledge
from checker.render.costs import cost_csv, cost_markdown
from checker.render.markdown import markdown_record
from checker.session import Session, bundled_knowledge


@cache
def _session() -> Session:
    return Session(bundled_knowledge())


def handle(request: str) -> str:
    """Answer one request of the page.

    Args:
        request: JSON ``{"text": ...}`` for a plain description, or ``{"decisions": [...],
            "answers": {...}, "hard": [...], "soft": [...], "chosen": {...}}``, the last three
            optional, or ``{"record": verdict, "link": ...}`` for a verdict as Markdown, or
            ``{"cost": {"given": {...}, "options": [...], "own": {...}, "today": ..., "width": ...,
            "link": ...}}`` for costs.

    Returns:
        what ``Session.ask`` or ``checker.decide`` returns, as JSON text; for a record its text as
        a JSON string.
    """
    asked: dict[str, Any] = json.loads(request)
    return json.dumps(_answer(asked), ensure_ascii=False)


def add_words(text: str) -> None:
    """Take what texts are read with, ``words.json``, which a page loads after all else."""
    session = _session()
    session.knowledge = add_sections(session.knowledge, text)


def warm() -> bool:
    """Do one piece of what a first question would wait for; False where nothing is left.

    In pieces, so that a question that comes meanwhile waits for one of them at most.
    """
    return next(_preparations(), False)


@cache
def _preparations() -> Iterator[bool]:
    """Reads the knowledge, decides on each decision without and with an answer, reads a text.

    The last once there are words to read it with.
    """

    def steps() -> Iterator[bool]:
        session = _session()
        yield True
        for name in session.knowledge.decisions:
            session.decide([name], {})
            yield True
            session.decide([name], _an_answer(session.knowledge, name))
            yield True
        while not session.knowledge.lexicon:
            yield False
        session.ask("steady traffic")
        yield True

    return steps()


def _an_answer(knowledge: Knowledge, decision: str) -> dict[str, str]:
    """Some answer to the first question: what it leads to is loaded and has run once."""
    name = knowledge.decisions[decision].fields[0]
    known = knowledge.fields[name]
    return {name: known.example or next(iter(known.values))}


def _answer(asked: dict[str, Any]) -> Any:
    if "text" in asked:
        if not _session().knowledge.lexicon:
            raise RuntimeError("a text before add_words")
        return _session().ask(asked["text"])
    if "record" in asked:
        title = _session().knowledge.decisions[asked["record"]["decision"]].label
        return markdown_record(asked["record"], title, asked.get("link"))
    if "cost" in asked:
        return _cost(**asked["cost"])
    marks = {key: asked[key] for key in ("hard", "soft", "chosen", "guessed") if key in asked}
    return _session().decide(asked["decisions"], asked["answers"], **marks)


def _cost(link: str | None = None, **request: Any) -> Any:
    """Costs, and the same as text to copy."""
    found = _session().cost(**request)
    if not found["problems"]:
        found["copies"] = {"markdown": cost_markdown(found, link), "csv": cost_csv(found)}
    return found
