"""A verdict as plain text, for a terminal."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.formatting import in_sentence, named, readable
from checker.render.once import rules_once
from checker.render.sentences import CONFIDENCE, leads_to

Json = Mapping[str, Any]
type Labels = Mapping[str, str]


def report(result: Json, labels: Labels) -> str:
    """All verdicts of a result, one under the other; ``labels`` are the names of options."""
    return "\n\n".join("\n".join(_verdict(item, labels)) for item in result["verdicts"].values())


def reading_report(answer: Json, labels: Labels) -> str:
    """What was read from a text, then the verdict."""
    lines = [
        f"“{item['quote']}” -> {item['field']} = {item['value']}"
        + (" (a guess)" if item["guess"] else "")
        for item in answer["read"]
    ]
    lines += [f"“{item['quote']}” left out: {item['belongs']}" for item in answer["ignored"]]
    lines += [f"“{quote}” not understood" for quote in answer["unread"]]
    lines += [
        f"“{item['quote']}” answers no question"
        + (f"; it may be {' or '.join(item['fields'])}" if item["fields"] else "")
        for item in answer["unplaced"]
    ]
    lines += [
        f"{item['field']}: two statements, " + " and ".join(f"“{q}”" for q in item["quotes"])
        for item in answer.get("conflicts", ())
    ]
    read = "\n".join(_block("Read", lines))
    if answer["verdict"] is None:
        state = answer["state"].replace("-", " ").upper()
        return f"{read}\n{state}  {answer['headline']}".strip()
    return f"{read}\n\n{report({'verdicts': {'': answer['verdict']}}, labels)}".strip()


def _verdict(item: Json, labels: Labels) -> Iterator[str]:
    yield f"{item['decision'].upper()}  {item['sentence']}"
    if item["confidence"] in CONFIDENCE:
        yield f"  {CONFIDENCE[item['confidence']]}"
    yield from _block("In doubt", [doubt["sentence"] for doubt in item["doubts"]])
    worked = [f"{d['label']}: {d['answer']} ({d['formula']})" for d in item["derived"]]
    yield from _block("Worked out from your answers", worked)
    yield from _block("Because", _reasons(item["reasons"]))
    yield from _block("Conditions to confirm", _reasons(item["conditions"]))
    yield from _block("Also possible", [line for other in item["also"] for line in _other(other)])
    unclear = [line for other in item["unclear"] for line in _other(other)]
    yield from _block("Not ruled out", unclear)
    yield from _block("Rejected", [line for other in item["rejected"] for line in _other(other)])
    yield from _block(
        "Clashes", [line for clash in item["clashes"] for line in _clash(clash, labels)]
    )
    yield from _block(
        "Life cycle", [line for w in item["warnings"] for line in _warning(w, labels)]
    )
    if item["exam"]:
        yield from _block("Exam view", [item["exam"]["sentence"]])
    if item["question"]:
        yield from _block("Next question", list(_question(item, labels)))
    if item["cost"]:
        yield from _block("Cost", [item["cost"]["sentence"]])
    if item["checked"]:
        yield f"  Facts checked {item['checked']} or later."


def _block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def _reasons(reasons: Iterable[Json]) -> list[str]:
    return [line for reason in rules_once(reasons) for line in _reason(reason)]


def _reason(reason: Json) -> Iterator[str]:
    asks = " ".join(item["text"] for item in reason["asks"])
    yield f"{reason['rule']}  {f'{asks} ' if asks else ''}{reason['sentence']}" + "".join(
        f" [{told}]" for told in _told(reason["said"])
    )
    if fact := reason["fact"]:
        source = fact["sources"][0]
        place = source["url"] or "API model"
        yield f"        {source['title']}, {place}, checked {fact['checked']}"


def _told(said: list[Json]) -> Iterator[str]:
    """What the person said to a rule, and apart from it what follows from that."""
    for words, derived in (("you said", False), ("worked out", True)):
        items = [item for item in said if bool(item.get("derived")) is derived]
        if told := "; ".join(f"{in_sentence(item['label'])}: {item['answer']}" for item in items):
            yield f"{words} {told}"


def _other(other: Json) -> Iterator[str]:
    yield other["label"]
    yield from (f"  {line}" for reason in other["reasons"] for line in _reason(reason))
    flip = other["flip"]
    told = flip["sentence"] if flip else "no small change of your answers."
    yield f"  What would change it: {told}"


def _clash(clash: Json, labels: Labels) -> Iterator[str]:
    yield f"{' + '.join(labels[option] for option in clash['options'])}: {clash['sentence']}"
    yield from (f"  Change one: {fix}" for fix in clash["fixes"])


def _warning(warning: Json, labels: Labels) -> Iterator[str]:
    yield f"{labels[warning['option']]} is {warning['status']}: {warning['sentence']}"
    if warning["instead"]:
        yield f"  A new account: {warning['instead']}"


def _question(item: Json, labels: Labels) -> Iterator[str]:
    question = item["question"]
    yield question["text"]
    for lead in question["leads"]:
        options = named([labels[option] for option in lead["recommend"]], item["together"])
        yield f"  {readable(lead['answer'])}: {leads_to(lead, options)}"
