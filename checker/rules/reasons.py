"""One rule's outcome as plain JSON: the person's value, the limit, the fact and its source."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

from checker.formatting import format_interval, format_measure, rounded
from checker.knowledge.answers import Given, show_answer
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fact_text, fill
from checker.rules.conditions import (
    Answers,
    Bound,
    Compare,
    Derivation,
    Group,
    Node,
    Pick,
    inputs,
    leaves,
    truth,
    values,
    worked_out,
)
from checker.rules.evaluation import Outcome, Result, Ruleset, Standing
from checker.rules.wording import too_many
from checker.units import Interval

Json = dict[str, Any]

# Digits of a number that was worked out: more would claim to know more than the answers do.
DIGITS = 3


def supporting(given: Given, standing: Standing) -> Iterable[Outcome]:
    """What speaks for an option: wishes that it meets, then limits that the answers keep."""
    kept = (o for o in standing.outcomes if o.truth is True and not o.speaks)
    # Deciding reasons first; a limit kept is worth saying only where it could have been broken.
    return (*standing.held, *(o for o in kept if not _idle(o, given.answers)))


def _idle(outcome: Outcome, answers: Answers) -> bool:
    """Whether a kept rule says nothing about what was said.

    A wish that nobody stated is no reason, though another answer meets it: "you accept idle cost,
    or your calls are short" for somebody who told of short calls only. Two answers that were held
    against each other are one.
    """
    node = outcome.prepared.node
    if outcome.prepared.rule.strength == "need" and isinstance(node, Group) and node.kind == "any":
        unsaid = any(answers.keys().isdisjoint(inputs(part)) for part in node.parts)
        held = [leaf for part in node.parts if truth(part, answers) for leaf in leaves(part)]
        return unsaid and not any(isinstance(leaf, Compare) for leaf in held)
    return _exempt(node, answers)


def reason(knowledge: Knowledge, given: Given, outcome: Outcome) -> Json:
    """One rule with the person's value, the limit, the fact, its source and its checked date."""
    rule = outcome.prepared.rule
    held = outcome.truth is True
    return {
        "rule": outcome.prepared.id,
        "strength": outcome.strength,
        "outcome": "holds" if held else "open" if outcome.truth is None else "broken",
        "sentence": fill((held and rule.support) or rule.reason, knowledge),
        "asks": _asks(knowledge, given, outcome),
        "said": [*_told(knowledge, given, outcome), *_worked_out(knowledge, given, outcome)],
        "limit": _limit(knowledge, given, outcome),
        "doubt": rule.doubt if doubtful(knowledge, given, outcome) else None,
        "judgement": rule.judgement,
        "fact": fact_of(knowledge, rule.fact),
    }


def doubtful(knowledge: Knowledge, given: Given, outcome: Outcome) -> bool:
    """Whether only a test can settle the rule: the answers reach a point that sources leave open.

    This is the case if an open choice could still break the rule.
    """
    rule, node = outcome.prepared, outcome.prepared.node
    if rule.rule.doubt is None or outcome.truth is not None:
        return False
    return any(
        truth(node, {**given.answers, name: value}) is False
        for name in rule.fields - given.answers.keys()
        for value in knowledge.fields[name].values
    )


def question_text(knowledge: Knowledge, ruleset: Ruleset, now: Result, field: str) -> str:
    """A question in words; the one on a test of one's own starts with what is to be tested."""
    text = knowledge.fields[field].question
    reading = (rule for group in ruleset.options.values() for rule in group if field in rule.fields)
    # A test passes or fails; a number that a limit in doubt reads is a plain question.
    # Preferences may read the same test; the limits that it settles are those in doubt.
    if knowledge.fields[field].kind != "choice" or not all(
        rule.rule.doubt for rule in reading if rule.rule.strength == "must"
    ):
        return text
    waiting = (
        outcome.prepared.rule
        for standing in now.standings.values()
        if not standing.rejected
        for outcome in standing.open
        if field in outcome.prepared.fields and outcome.prepared.rule.doubt
    )
    doubted = next(waiting, None)
    return f"{fill(doubted.reason, knowledge)} {text}" if doubted else text


def _exempt(node: Node, answers: Answers) -> bool:
    """Whether a condition holds by a choice alone, while what it measures or asks is unknown.

    Such a condition checks nothing that was said: "batch, or fast enough" for a batch job.
    """
    if not isinstance(node, Group) or node.kind != "any":
        return False
    found = [(part, truth(part, answers)) for part in node.parts]
    held = [leaf for part, value in found if value for leaf in leaves(part)]
    return None in [value for _, value in found] and all(isinstance(x, Pick) for x in held)


def _asks(knowledge: Knowledge, given: Given, outcome: Outcome) -> list[Json]:
    """The questions that would settle an open rule."""
    names = unanswered(given, outcome) if outcome.truth is None else []
    return [{"field": name, "text": knowledge.fields[name].question} for name in names]


def unanswered(given: Given, outcome: Outcome) -> list[str]:
    """The fields of a rule that have no answer and do not follow from others."""
    followed = {leaf.field for leaf, _ in following(outcome, given)}
    return sorted(outcome.prepared.fields - given.answers.keys() - followed)


def _told(knowledge: Knowledge, given: Given, outcome: Outcome) -> Iterator[Json]:
    for name in sorted(outcome.prepared.fields):
        if item := said(knowledge, given, name):
            yield item


def said(knowledge: Knowledge, given: Given, name: str) -> Json | None:
    """An answer as a person reads it, with its field."""
    if name not in given.answers:
        return None
    known = knowledge.fields[name]
    return {"field": name, "label": known.label, "answer": show_answer(known, given.answers[name])}


def _worked_out(knowledge: Knowledge, given: Given, outcome: Outcome) -> Iterator[Json]:
    for leaf, way in following(outcome, given):
        yield derived_item(knowledge, given, leaf.field, way)


def following(outcome: Outcome, given: Given) -> Iterator[tuple[Bound, Derivation]]:
    """The quantities of a rule that follow from other answers."""
    found = (leaf for leaf in leaves(outcome.prepared.node) if isinstance(leaf, Bound))
    for leaf in dict.fromkeys(found):
        for way in leaf.ways(given.answers):
            if worked_out(way, given.answers):
                yield leaf, way


def derived_item(knowledge: Knowledge, given: Given, name: str, way: Derivation) -> Json:
    """A quantity that was worked out: "1,390", and from which answers."""
    known, found = knowledge.fields[name], worked_out(way, given.answers)
    inputs = [item for field in way.inputs if (item := said(knowledge, given, field))]
    parts = [item["answer"] for item in inputs]
    times, over = parts[: len(way.product)], parts[len(way.product) :]
    return {
        "field": name,
        "label": known.label,
        "answer": format_interval(_rounded(found, known.unit), known.unit) if found else "",
        "derived": True,
        "from": inputs,
        "formula": " / ".join([" × ".join(times), *over]),
    }


def derived(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> list[Json]:
    """Every quantity of a decision that follows from the answers, in the order of asking."""
    return [
        derived_item(knowledge, given, name, way)
        for name in ruleset.fields
        for way in _ways(ruleset, name, given)
        if worked_out(way, given.answers)
    ]


def _ways(ruleset: Ruleset, name: str, given: Given) -> Iterable[Derivation]:
    bounds = (leaf for leaf in ruleset.leaves.get(name, ()) if isinstance(leaf, Bound))
    found = (ways for leaf in bounds if (ways := leaf.ways(given.answers)))
    return next(found, ())


def _rounded(found: Interval, unit: str | None) -> Interval:
    low, high = (
        rounded(end, unit, DIGITS) if math.isfinite(end) else end for end in (found.lo, found.hi)
    )
    return Interval(low, high, found.lo_open, found.hi_open)


def _limit(knowledge: Knowledge, given: Given, outcome: Outcome) -> str | None:
    """The first limit of a rule; of a settled one, the one that an answer was held against."""
    node, answers = outcome.prepared.node, given.answers
    if outcome.truth is None:
        found = [leaf for leaf in leaves(node) if isinstance(leaf, Bound)]
        return _shown(knowledge, found[0]) if found else None
    found = [leaf for leaf in reachable(node, answers) if values(leaf, answers)]
    settled = [leaf for leaf in found if truth(leaf, answers) is outcome.truth] or found
    # Of several limits, the nearest: that of streams, for a streamed response of 5 min.
    same = (leaf for leaf in settled if leaf.field == settled[0].field)
    return (
        _shown(knowledge, min(same, key=lambda leaf: abs(_over(leaf, given)))) if settled else None
    )


def _shown(knowledge: Knowledge, leaf: Bound) -> str:
    return format_measure(leaf.limit, knowledge.fields[leaf.field].unit)


def miss(knowledge: Knowledge, given: Given, outcome: Outcome) -> str:
    """By how much a broken rule is missed: "with 4 subnets too many", or its sentence."""
    limits = (x for x in reachable(outcome.prepared.node, given.answers) if x.op == "at_most")
    gaps = [(over, leaf) for leaf in limits if (over := _over(leaf, given)) > 0]
    if not gaps:
        return fill(outcome.prepared.rule.reason, knowledge).rstrip(".")
    over, leaf = min(gaps, key=lambda gap: gap[0])
    unit = knowledge.fields[leaf.field].unit
    gap = _rounded(Interval(over, over), unit) if leaf.derived else Interval(over, over)
    return f"with {too_many(knowledge.fields[leaf.field], gap)}"


def _over(leaf: Bound, given: Given) -> float:
    return max((value.lo for value in values(leaf, given.answers)), default=0.0) - leaf.limit


def reachable(node: Node, answers: Answers) -> Iterator[Bound]:
    """The limits that apply: those in a part that no choice excludes, as of a streamed response."""
    if isinstance(node, Bound):
        yield node
    elif isinstance(node, Group):
        picks = [part for part in node.parts if isinstance(part, Pick)]
        if node.kind != "all" or False not in [truth(pick, answers) for pick in picks]:
            for part in node.parts:
                yield from reachable(part, answers)


def fact_of(knowledge: Knowledge, reference: str | None) -> Json | None:
    """A fact with its sources and the day it was checked."""
    if reference is None:
        return None
    fact = knowledge.facts[reference]
    sources = [knowledge.sources[citation.source] for citation in fact.sources]
    return {
        "id": reference,
        "text": fact_text(fact, knowledge),
        "checked": fact.checked,
        "exam": fact.exam.says if fact.exam and fact.exam.verdict != "confirmed" else None,
        "sources": [{"title": source.title, "url": source.url} for source in sources],
    }
