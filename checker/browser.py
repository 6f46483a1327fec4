"""The browser's entry: functions with text in and text out, so that only plain JSON crosses.

A page brings the rules and facts of its own decision; those of others come when they are asked for.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

from checker.knowledge.loading import add_sections, with_entries
from checker.knowledge.model import Knowledge
from checker.render.costs import cost_csv, cost_markdown
from checker.render.design import design_record
from checker.render.markdown import markdown_record
from checker.render.sentences import view
from checker.session import Session, bundled_knowledge

type Json = dict[str, Any]

_MARKS = ("hard", "soft", "chosen", "guessed", "era", "without")


class _Page:
    """What one visit has loaded so far."""

    def __init__(self) -> None:
        self.session = Session(bundled_knowledge())


@cache
def _page() -> _Page:
    return _Page()


def handle(request: str) -> str:
    """Answer one request of the page: JSON with a ``type`` in, JSON text out.

    - ``decide``: ``decisions``, ``answers``, and optionally ``hard``, ``soft``, ``chosen``,
      ``guessed``, ``era``, ``without``. Returns ``views`` and ``problems``; with ``full`` also
      ``verdicts``, as ``checker.decide`` does.
    - ``read``: ``text``, with ``answers``, ``other`` and ``decision``; what ``Session.ask``
      returns, and ``view`` where it has a verdict.
    - ``record``: as ``decide`` for one decision, with ``link``; Markdown.
    - ``design``: as ``decide`` for several, with ``text``, ``date``, ``link``; Markdown too.
    - ``start``: as ``decide`` for one decision, with ``form`` and ``option``; ``Session.start``.
    - ``check``: ``name`` and ``text`` of a configuration file; see ``findings_view``.
    - ``cost``: ``request``; see ``Session.cost``.
    """
    asked: Json = json.loads(request)
    return json.dumps(_HANDLERS[asked.pop("type")](**asked), ensure_ascii=False)


def add_decision(text: str) -> None:
    """Add the rules, facts and questions of one more decision."""
    page = _page()
    page.session = Session(with_entries(page.session.knowledge, text))


def add_words(text: str) -> None:
    """Add what texts are read with, ``words.json``, which a page loads after all else."""
    page = _page()
    page.session = Session(add_sections(page.session.knowledge, text))


def add_configuration(text: str) -> None:
    """Add what configurations are checked with, ``configuration.json``."""
    known = json.loads(text)
    sections = {name: known.pop(name) for name in ("settings", "shapes")}
    page = _page()
    known = with_entries(page.session.knowledge, json.dumps(known))
    page.session = Session(add_sections(known, json.dumps(sections)))


def warm(decision: str) -> bool:
    """Do one piece of what a first question would wait for; False where nothing is left.

    In pieces, so that a question that comes meanwhile waits for one of them at most.
    """
    return next(_preparations(decision), False)


@cache
def _preparations(decision: str) -> Iterator[bool]:
    """Decides without and with an answer: what that leads to is loaded and has run once."""

    def steps() -> Iterator[bool]:
        _decide([decision], {})
        yield True
        _decide([decision], _an_answer(_page().session.knowledge, decision))
        yield True

    return steps()


def _an_answer(knowledge: Knowledge, decision: str) -> dict[str, str]:
    """Some answer to the first question."""
    name = knowledge.decisions[decision].fields[0]
    known = knowledge.fields[name]
    return {name: known.example or next(iter(known.values))}


def _decide(
    decisions: list[str], answers: Mapping[str, str], *, full: bool = False, **marks: Any
) -> Json:
    result = _whole(decisions, answers, marks)
    return result if full else for_page(result)


def _whole(decisions: list[str], answers: Mapping[str, str], marks: Mapping[str, Any]) -> Json:
    session = _page().session
    marks = {name: value for name, value in marks.items() if name in _MARKS}
    return with_views(session, session.decide(decisions, answers, **marks), answers, marks)


def for_page(result: Json) -> Json:
    """What a page shows of a result."""
    return {"views": result["views"], "problems": result["problems"]}


def with_views(
    session: Session, result: Json, answers: Mapping[str, str], marks: Mapping[str, Any]
) -> Json:
    """A result with ``views`` as a page shows them, numbers as the person wrote them."""
    names, aside = names_of(session.knowledge), marks.get("without", ())
    written = as_written(session.knowledge, answers)
    result["verdicts"] = {key: _told(item, written) for key, item in result["verdicts"].items()}
    result["views"] = {
        key: view(item, names, [o for o in aside if names["options"][o]["decision"] == key])
        for key, item in result["verdicts"].items()
    }
    return result


def names_of(knowledge: Knowledge) -> Json:
    """What sentences call options, decisions and fields by."""
    return {
        "options": {
            key: {"label": option.label, "decision": option.decision}
            for key, option in knowledge.options.items()
        },
        "decisions": {key: {"label": item.label} for key, item in knowledge.decisions.items()},
        "fields": {
            key: {"kind": item.kind, "values": item.values, "question": item.question}
            for key, item in knowledge.fields.items()
        },
    }


def as_written(knowledge: Knowledge, answers: Mapping[str, str]) -> dict[str, str]:
    """Quantities in the person's own words, where those name a unit."""
    return {
        name: " ".join(str(text).split())
        for name, text in answers.items()
        if name in knowledge.fields
        and knowledge.fields[name].kind == "quantity"
        and any(sign.isalpha() or sign == "%" for sign in str(text))
    }


def _told(item: Any, written: Mapping[str, str]) -> Any:
    """The same JSON, with each answer that a person wrote in the person's words."""
    if isinstance(item, list):
        return [_told(part, written) for part in item]
    if not isinstance(item, dict):
        return item
    made = {key: _told(value, written) for key, value in item.items()}
    if "answer" in made and made.get("field") in written and not made.get("derived"):
        made["answer"] = written[made["field"]]
    return made


def _read(
    text: str,
    answers: Mapping[str, str] | None = None,
    other: tuple[str, ...] = (),
    decision: str | None = None,
    **marks: Any,
) -> Json:
    session = _page().session
    if not session.knowledge.lexicon:
        raise RuntimeError("a text before add_words")
    marks = {name: value for name, value in marks.items() if name in ("hard", "soft", "chosen")}
    reply = session.ask(text, answers or {}, other, decision, **marks)
    for item in (*reply["read"], *reply.get("elsewhere", ())):
        item.update(_in_words(session.knowledge, item))
    if (verdict := reply.pop("verdict", None)) is not None:
        reply["view"] = view(verdict, names_of(session.knowledge))
        if headline := reply.get("headline"):
            reply["view"]["headline"] = headline
    return reply


def _in_words(knowledge: Knowledge, item: Mapping[str, str]) -> dict[str, str]:
    """A reading's question and answer as a form shows them."""
    known = knowledge.fields[item["field"]]
    return {"label": known.label, "shown": known.values.get(item["value"], item["value"])}


def _record(
    decisions: list[str], answers: Mapping[str, str], link: str | None = None, **marks: Any
) -> Json:
    result = _whole(decisions, answers, marks)
    records = [
        markdown_record(item, _page().session.knowledge.decisions[name].label, link)
        for name, item in result["verdicts"].items()
    ]
    return {"problems": result["problems"], "record": "\n".join(records)}


def _design(
    decisions: list[str],
    answers: Mapping[str, str],
    text: str = "",
    date: str = "",
    link: str | None = None,
    **marks: Any,
) -> Json:
    """All decisions of a system at once, and their record."""
    result = _whole(decisions, answers, marks)
    record = "" if result["problems"] else design_record(result, text, date, link)
    return {**for_page(result), "record": record}


def _start(
    decisions: list[str],
    answers: Mapping[str, str],
    form: str,
    option: str = "",
    **marks: Any,
) -> Json:
    marks = {name: value for name, value in marks.items() if name in _MARKS}
    return _page().session.start(decisions[0], answers, form, option, **marks)


def _cost(request: Json, link: str | None = None) -> Json:
    """Costs, and the same as text to copy."""
    found = _page().session.cost(**request)
    if not found["problems"]:
        found["copies"] = {"markdown": cost_markdown(found, link), "csv": cost_csv(found)}
    return found


def _check(name: str, text: str) -> Json:
    """What a configuration has wrong."""
    # Only now: most visits check no configuration.
    from checker.config import check
    from checker.render.findings import findings_view

    return findings_view(check({name: text}, _page().session.knowledge).plain())


_HANDLERS: Mapping[str, Callable[..., Any]] = {
    "decide": _decide,
    "read": _read,
    "record": _record,
    "design": _design,
    "start": _start,
    "cost": _cost,
    "check": _check,
}
