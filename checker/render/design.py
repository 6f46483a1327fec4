"""All decisions of a system as one architecture decision record, in Markdown."""

from collections.abc import Iterator, Mapping
from typing import Any

from checker.render.markdown import plain
from checker.render.sentences import CONFIDENCE, GUIDANCE, back, because

type Json = Mapping[str, Any]


def design_record(result: Json, text: str = "", date: str = "", link: str | None = None) -> str:
    """The record of what ``decide`` with ``views`` returned for several decisions.

    Args:
        result: ``verdicts`` and ``views`` by decision.
        text: the person's own description, quoted.
        date: YYYY-MM-DD of the record.
        link: an address that holds all answers.
    """
    return "\n".join(_lines(result, text, date, link)).strip() + "\n"


def _lines(result: Json, text: str, date: str, link: str | None) -> Iterator[str]:
    verdicts = result["verdicts"]
    yield from ("# Design record: machine learning on Amazon SageMaker AI", "")
    yield from ([f"Date: {date}", ""] if date else [])
    yield from ("## Status", "")
    for item in verdicts.values():
        sure = CONFIDENCE.get(item["confidence"], "Open: more information needed.")
        yield f"- {plain(item['sentence'])} {sure}"
    yield from ("", "## Context", "")
    if text:
        yield from (*(f"> {plain(line)}" for line in text.splitlines() if line.strip()), "")
    said = {s["label"]: s["answer"] for item in verdicts.values() for s in item["situation"]}
    yield from (f"- {plain(label)}: {plain(answer)}" for label, answer in said.items())
    yield from ("", "## Decision", "")
    for key, item in verdicts.items():
        yield from _decision(item, result["views"][key])
    yield from _listed("Consequences", list(_consequences(result)))
    yield from _listed("Options rejected", list(_rejected(verdicts.values())))
    asks = (ask["text"] for v in verdicts.values() for c in v["conditions"] for ask in c["asks"])
    yield from _listed("Open questions", [plain(text) for text in dict.fromkeys(asks)])
    dates = sorted(item["checked"] for item in verdicts.values() if item["checked"])
    yield from ("## Checked on", "")
    yield f"Facts checked on {dates[0]} or later. {GUIDANCE}" if dates else GUIDANCE
    if link:
        yield from ("", f"[The same system, live]({link.replace(')', '%29')})")


def _decision(item: Json, view: Json) -> Iterator[str]:
    yield from (f"**{plain(item['sentence'])}**", "")
    reasons = {because(reason): reason for reason in item["reasons"]}
    for text, reason in list(reasons.items())[:3]:
        yield f"- {plain(text)}{_source(reason)}"
    yield from (f"- Set aside: {plain(o['label'])}." for o in view["aside"])
    yield ""


def _source(reason: Json) -> str:
    if not (fact := reason["fact"]):
        return " (engineering judgement)"
    first = fact["sources"][0]
    title = f"[{plain(first['title'])}]({first['url']})" if first["url"] else plain(first["title"])
    return f" ({title}, checked {fact['checked']})"


def _consequences(result: Json) -> Iterator[str]:
    told = set()
    for key, item in result["verdicts"].items():
        view = result["views"][key]
        for clash in view["clashes"]:
            fixes = tuple(sorted(fix["text"] for fix in clash["fixes"]))
            if fixes not in told:
                told.add(fixes)
                yield f"Clash: {plain(clash['text'])} Either: {plain('; or: '.join(fixes))}."
        yield from (plain(text) for text in view["warnings"])
        for reason in item["conditions"]:
            yield f"Condition: {plain(reason['sentence'])}"


def _rejected(verdicts: Any) -> Iterator[str]:
    for item in verdicts:
        for other in item["rejected"]:
            why = other["reasons"][0]["sentence"] if other["reasons"] else ""
            yield plain(f"{other['label']}: {why} {back(other['flip'])}")


def _listed(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield from (f"## {title}", "", *(f"- {line}" for line in dict.fromkeys(lines)), "")
