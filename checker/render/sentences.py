"""Sentences on a verdict, for the page, the command line and records alike.

``view`` is what the page shows on one screen. Everything reads and returns plain JSON.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from checker.formatting import in_sentence, named, readable
from checker.render.once import joined, rules_once, without_repeats

type Json = Mapping[str, Any]

CONFIDENCE = {
    "certain": "Certain: no open question can change this.",
    "judged": "By judgement: no open question can change this, but no source ranks these options.",
    "provided": "Provided that the open conditions hold.",
    "likely": "Likely: an open question or a guess could still change this.",
}
STATES = {
    "decided": "Decided",
    "narrowed": "Narrowed down",
    "nothing-fits": "Nothing fits",
    "ask-for-more": "More information needed",
    "out-of-scope": "Out of scope",
}
MOST_REASONS = 3
MOST_ALSO = 3  # lines on options that are left; the full record has all
GUIDANCE = "Guidance only; confirm with your team."


def view(verdict: Json, names: Json, without: Iterable[str] = ()) -> dict[str, Any]:
    """A verdict as the page shows it.

    Args:
        verdict: one verdict of ``checker.decide``.
        names: ``options``, ``decisions`` and ``fields`` by id, with what they are called.
        without: options that the person set aside.
    """
    certainty = CONFIDENCE.get(verdict["confidence"], "")
    screen = {
        "decision": verdict["decision"],
        "state": verdict["state"],
        "headline": verdict["sentence"],
        "options": [_named(option, names) for option in verdict["recommend"]],
        "certainty": certainty,
        "spoken": f"{STATES[verdict['state']]}: {verdict['sentence']} {certainty}".strip(),
        "question": _question(verdict["question"], names, verdict["together"]),
        "reasons": _reasons(verdict),
        "rejected": joined(map(_rejected, verdict["rejected"])),
        "also": joined(map(_possible, _others(verdict)))[:MOST_ALSO],
        "clashes": [_clash(clash, verdict, names) for clash in verdict["clashes"]],
        "warnings": [
            # A limit on which the sources disagree or say nothing, and that was reached.
            *(doubt["sentence"] for doubt in verdict["doubts"] if "option" in doubt),
            *(_warning(warning, names) for warning in verdict["warnings"]),
        ],
        "eras": _eras(verdict.get("eras"), names, verdict["together"]),
        "cost": _cost(verdict.get("cost")),
        "start": [_named(option, names) for option in verdict.get("start", ())],
        "next": _next(verdict["decision"], names),
        "aside": [_named(option, names) for option in without],
        "checked": _checked(verdict),
        "fields": list(verdict["answers"]),
        "record": list(_record(verdict)),
    }
    return without_repeats(screen)


def _named(option: str, names: Json) -> dict[str, str]:
    return {"option": option, "label": names["options"][option]["label"]}


def _labels(options: Iterable[str], names: Json, together: bool) -> str:
    return named([names["options"][option]["label"] for option in options], together) or "no option"


def _reasons(verdict: Json) -> list[dict[str, Any]]:
    """The first reasons of different sentences; each answer of the person is told once."""
    found: dict[str, dict[str, Any]] = {}
    told: set[str] = set()
    for reason in verdict["reasons"]:
        if reason["sentence"] in found:
            continue
        new = [item for item in reason["said"] if item["label"] not in told]
        found[reason["sentence"]] = {
            "text": because({**reason, "said": new}),
            "source": source(reason),
        }
        told.update(item["label"] for item in new)
    return list(found.values())[:MOST_REASONS]


def because(reason: Json) -> str:
    """A rule's sentence with what the person said to it."""
    told = you_said(reason["said"])
    return f"{reason['sentence']} {told}".strip()


def you_said(said: Iterable[Json]) -> str:
    """What the person answered, "You said: largest request 12 MB."."""
    given = [item for item in said if not item.get("derived")]
    own = [_said(item["label"], item["answer"]) for item in given]
    worked = [f"{s['label']}: {s['answer']}" for s in said if s.get("derived")]
    parts = [f"You said: {', '.join(own)}." if own else ""]
    parts += [f"Worked out: {', '.join(worked)}." if worked else ""]
    return " ".join(part for part in parts if part)


def _said(label: str, answer: str) -> str:
    """A question's label with its answer; "number of models 400": the label has the unit."""
    number, _, unit = answer.rpartition(" ")
    named = unit.lower() in label.lower().split() and number[-1:].isdigit()
    return f"{in_sentence(label)} {_quoted(number if named else answer)}"


def _quoted(answer: str) -> str:
    """An answer within a sentence: choices in quotation marks, quantities without."""
    shown = readable(answer.strip("“”"))
    return shown if any(sign.isdigit() for sign in shown) else f"“{shown}”"


def source(reason: Json) -> dict[str, str] | None:
    """Where a rule comes from: title, address and date; None for judgement."""
    if not (fact := reason["fact"]):
        return None
    first = fact["sources"][0]
    return {
        "title": first["title"],
        "url": first["url"] or "",
        "checked": fact["checked"],
        "fact": fact["text"],
    }


def _rejected(other: Json) -> dict[str, Any]:
    first = other["reasons"][0] if other["reasons"] else None
    return {
        "options": [{"option": other["option"], "label": other["label"]}],
        "why": first["sentence"] if first else "Another option fits better.",
        "back": back(other["flip"]),
    }


def _others(verdict: Json) -> Iterator[Json]:
    """What is left besides the choice: what something speaks for, then what needs an answer."""
    yield from verdict["also"]
    yield from (other for other in verdict["unclear"] if other["reasons"])


def _possible(other: Json) -> dict[str, Any]:
    """An option that is left: what would make it the choice, or what is open."""
    still = [ask["text"] for reason in other["reasons"] for ask in reason["asks"]]
    why = "" if other["flip"] else f"Open: {still[0]}" if still else "Another option fits better."
    shown = back(other["flip"]) if other["flip"] else ""
    named = [{"option": other["option"], "label": other["label"]}]
    return {"options": named, "why": why, "back": shown}


def back(flip: Json | None) -> str:
    """What would bring an option back, in one sentence."""
    if flip is None:
        return "No small change of your answers makes it possible."
    changes = ", ".join(change["shown"] for change in flip["changes"])
    then = {
        "recommended": "Would be recommended with",
        "tied": "Would be an equal choice with",
        "allowed": "Would be possible with",
    }[flip["then"]]
    return f"{then} {changes}."


def _clash(clash: Json, verdict: Json, names: Json) -> dict[str, Any]:
    """A clash with a way out on either side."""
    ours, theirs = clash["options"]
    one, other = clash["fixes"]
    sides = (
        ((one, ours), (other, theirs))
        if clash.get("first", True)
        else ((other, ours), (one, theirs))
    )
    options = names["options"]
    return {
        "text": f"{options[ours]['label']} and {options[theirs]['label']} do not work together. "
        f"{clash['sentence']}",
        "options": [ours, theirs],
        "fixes": [
            {"text": text.rstrip("."), "decision": options[option]["decision"], "without": option}
            for text, option in sides
        ],
    }


def _warning(warning: Json, names: Json) -> str:
    label = names["options"][warning["option"]]["label"]
    instead = f" For a new account: {warning['instead']}" if warning["instead"] else ""
    return f"{label}: {warning['sentence']}{instead}"


def _question(question: Json | None, names: Json, together: bool) -> dict[str, Any] | None:
    """The next question with its answers, each with what it leads to."""
    if question is None:
        return None
    known = names["fields"][question["field"]]
    choices = {label: value for value, label in known["values"].items()}
    return {
        "field": question["field"],
        "text": question["text"],
        "why": question["text"].removesuffix(known["question"]).strip(),
        "asks": known["question"],
        "kind": known["kind"],
        "answers": [
            {
                "value": choices.get(lead["answer"], lead["answer"]),
                "label": readable(lead["answer"]),
                "leads": leads_to(lead, _labels(lead["recommend"], names, together)),
            }
            for lead in question["leads"]
        ],
    }


def leads_to(lead: Json, options: str) -> str:
    """What an answer leads to: the options with what they rest on, or that there is none."""
    if not lead["recommend"]:
        return "no option fits" if lead["state"] == "nothing-fits" else "still open"
    return f"{options}, if {' and '.join(lead['provided'])}" if lead["provided"] else options


def _eras(eras: Json | None, names: Json, together: bool) -> dict[str, Any] | None:
    if not eras:
        return None
    return {
        "text": f"Today: {_labels(eras['today'], names, together)}. "
        f"Exam-era material: {_labels(eras['exam'], names, together)}.",
        "because": list(eras["because"]),
    }


def _cost(cost: Json | None) -> dict[str, Any] | None:
    """What the options that are left cost, and the figures as pairs for the page on costs."""
    if not cost:
        return None
    query = [*cost["query"].items(), *(("option", item["option"]) for item in cost["options"])]
    return {"text": cost["sentence"], "query": [list(pair) for pair in query]}


def _next(decision: str, names: Json) -> dict[str, str]:
    """The decision that follows in the order of the guide; after the last, the first."""
    order = list(names["decisions"])
    follows = order[(order.index(decision) + 1) % len(order)]
    return {"decision": follows, "label": names["decisions"][follows]["label"]}


def _checked(verdict: Json) -> str:
    if not verdict["checked"]:
        return GUIDANCE
    return f"Facts checked on {verdict['checked']} or later. {GUIDANCE}"


def _record(verdict: Json) -> Iterator[dict[str, Any]]:
    """Everything else, in sections of lines with rule and source."""
    doubts = [{"text": doubt["sentence"]} for doubt in verdict["doubts"]]
    worked = [{"text": f"{d['label']}: {d['answer']} ({d['formula']})"} for d in verdict["derived"]]
    said = [{"text": f"{s['label']}: {s['answer']}"} for s in verdict["situation"]]
    sections = [
        ("Your answers", said),
        ("Worked out from your answers", worked),
        ("In doubt", doubts),
        ("All reasons", [_line(reason) for reason in rules_once(verdict["reasons"])]),
        ("Conditions to confirm", [_line(reason) for reason in verdict["conditions"]]),
    ]
    for title, kind in (
        ("Rejected", "rejected"),
        ("Also possible", "also"),
        ("Not ruled out", "unclear"),
    ):
        for other in verdict[kind]:
            lines = [_line(reason) for reason in other["reasons"]]
            sections.append((f"{title}: {other['label']}", [*lines, {"text": back(other["flip"])}]))
    for title, lines in sections:
        if lines:
            yield {"title": title, "lines": lines}


def _line(reason: Json) -> dict[str, Any]:
    asks = " ".join(ask["text"] for ask in reason["asks"])
    text = f"{asks} {because(reason)}".strip()
    return {"text": text, "source": source(reason), "rule": reason["rule"]}
