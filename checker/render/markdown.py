"""A verdict as a Markdown record, to paste into a design document or a pull request."""

from collections.abc import Iterator, Mapping
from typing import Any

from checker.render.once import rules_once
from checker.render.sentences import CONFIDENCE

Json = Mapping[str, Any]


def markdown_record(verdict: Json, title: str, link: str | None = None) -> str:
    """The verdict with answers, reasons, rejected options, what would change it, and sources.

    Args:
        verdict: one verdict of ``checker.decide``.
        title: the decision's label.
        link: an address that reproduces the verdict; left out where there is none.
    """
    return "\n".join(_lines(verdict, title, link)).strip() + "\n"


def _lines(verdict: Json, title: str, link: str | None) -> Iterator[str]:
    certainty = CONFIDENCE.get(verdict["confidence"], "")
    yield from (
        f"## {plain(title)}",
        "",
        f"**{plain(verdict['sentence'])}** {certainty}".strip(),
        "",
    )
    yield from _section("Situation", [f"{plain(n)}: {plain(a)}" for n, a in _said(verdict)])
    yield from _section("Worked out from your answers", map(_derived, verdict["derived"]))
    yield from _section("In doubt", [plain(doubt["sentence"]) for doubt in verdict["doubts"]])
    yield from _section("Why", map(_reason, rules_once(verdict["reasons"])))
    yield from _section("Conditions to confirm", map(_reason, rules_once(verdict["conditions"])))
    if question := verdict["question"]:
        yield from _section("Question to answer next", [plain(question["text"])])
    yield from _section("Life cycle", [plain(w["sentence"]) for w in verdict["warnings"]])
    yield from _section("Clashes", [plain(clash["sentence"]) for clash in verdict["clashes"]])
    yield from _others("Rejected", verdict["rejected"])
    yield from _others("Also possible", verdict["also"])
    yield from _others("Not ruled out", verdict["unclear"])
    if verdict["exam"]:
        yield from (plain(verdict["exam"]["sentence"]), "")
    if verdict.get("cost"):
        yield from (plain(verdict["cost"]["sentence"]), "")
    if verdict["checked"]:
        yield f"Facts checked {verdict['checked']} or later. Guidance only; confirm with your team."
    if link:
        yield f"[The same verdict, live]({link.replace(')', '%29')})"


def _said(verdict: Json) -> Iterator[tuple[str, str]]:
    return ((item["label"], item["answer"]) for item in verdict["situation"])


def _derived(item: Json) -> str:
    return plain(f"{item['label']}: {item['answer']}, from {item['formula']}")


def _section(title: str, items: Any) -> Iterator[str]:
    lines = [f"- {item}" for item in items]
    if lines:
        yield from (f"### {title}", "", *lines, "")


def _reason(reason: Json) -> str:
    asks = " ".join(item["text"] for item in reason["asks"])
    words = plain(f"{asks} {reason['sentence']}".strip())
    return f"{words} ({reason['rule']}{_source(reason['fact'])})"


def _source(fact: Json | None) -> str:
    if fact is None:
        return ", judgement"
    source = fact["sources"][0]
    title = plain(source["title"])
    return f", {f'[{title}]({source["url"]})' if source['url'] else title}, {fact['checked']}"


def _others(title: str, items: list[Json]) -> Iterator[str]:
    if not items:
        return
    yield from (f"### {title}", "", "| Option | Why | What would change it |", "|---|---|---|")
    for item in items:
        why = " ".join(_reason(reason) for reason in item["reasons"][:2])
        flip = item["flip"]["sentence"] if item["flip"] else "No small change of these answers."
        cells = (plain(item["label"]), why or "Another option fits better.", plain(flip))
        yield f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"
    yield ""


def plain(text: str) -> str:
    """Text that Markdown shows literally; what a person typed must not become a link or HTML."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
