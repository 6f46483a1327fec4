"""From a result to a verdict: plain JSON with every reason, number, source and way back."""

import math
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from checker.formatting import named
from checker.knowledge.answers import Answer, Given, plain_answer
from checker.knowledge.model import Field, Knowledge
from checker.knowledge.references import fill
from checker.rules import grounds
from checker.rules.asking import missing, next_question
from checker.rules.clashes import find_clashes
from checker.rules.counterfactuals import Flip, nearest_flip
from checker.rules.evaluation import Outcome, Result, Ruleset, Standing, evaluate
from checker.rules.headlines import headline
from checker.rules.incremental import Tally
from checker.rules.questions import best_question
from checker.rules.reasons import (
    Json,
    derived,
    fact_of,
    reason,
    said,
    supporting,
)
from checker.rules.wording import proposed, replaced
from checker.units import Interval

__all__ = ["Json", "as_given", "verdict"]


def verdict(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> Json:
    """The whole verdict on one decision. Shapes: see ``checker.decide``."""
    now = evaluate(ruleset, given)
    exam = evaluate(ruleset, given, era="exam")
    tally = Tally(ruleset, given)
    others = [option for option in now.standings if option not in now.recommend]
    flips = {o: nearest_flip(knowledge, ruleset, given, o, now, tally) for o in others}
    out = _by_nearness(knowledge, ruleset, now, flips)
    question = best_question(knowledge, ruleset, given, tally)
    doubts = grounds.doubts(knowledge, ruleset, given, now)
    blamed = grounds.culprits(ruleset, given, now)
    clashes = _clashes(knowledge, ruleset, now, given)
    together = bool(ruleset.together)
    return {
        "decision": ruleset.decision,
        "state": now.state,
        "recommend": list(now.recommend),
        "together": together,
        "confidence": grounds.confidence(now, doubts),
        "doubts": doubts,
        "sentence": headline(knowledge, ruleset, given, now, out, blamed),
        "reasons": _reasons(knowledge, given, now, partial(supporting, given)),
        "conditions": _reasons(knowledge, given, now, lambda standing: standing.open),
        **_left(knowledge, given, now, flips),
        "rejected": [_other(knowledge, given, s, s.broken, flips[s.option]) for s in out],
        "question": next_question(knowledge, ruleset, given, now, tally, question),
        "clashes": clashes,
        "conflict": [item for name in blamed if (item := said(knowledge, given, name))],
        "warnings": _warnings(knowledge, now.recommend),
        "exam": _exam(knowledge, now, exam, together),
        "flags": grounds.flags(knowledge, ruleset, given, (now, exam), doubts, clashes, blamed),
        "missing": missing(given, now, question.field if question else None),
        **_told(knowledge, ruleset, given),
    }


def _left(
    knowledge: Knowledge, given: Given, now: Result, flips: Mapping[str, Flip | None]
) -> Json:
    """The options that are neither recommended nor rejected.

    ``unclear`` are those that nothing said speaks for.
    """
    ranked = sorted(now.standings.values(), key=lambda s: (-s.score, s.option))
    fits = now.state != "nothing-fits"
    left = [s for s in ranked if fits and not s.rejected and s.option not in now.recommend]
    return {
        "also": [
            _other(knowledge, given, s, (*s.held, *s.open), flips[s.option])
            for s in left
            if s.score
        ],
        "unclear": [
            _other(knowledge, given, s, s.open, flips[s.option]) for s in left if not s.score
        ],
    }


def _told(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> Json:
    """What the person said, and what follows from it."""
    return {
        "answers": _answers(knowledge, ruleset, given),
        "situation": _situation(knowledge, ruleset, given),
        "derived": derived(knowledge, ruleset, given),
        "marks": {"hard": sorted(given.hard), "soft": sorted(given.soft)},
        "checked": _oldest_check(knowledge, ruleset),
    }


def _reasons(
    knowledge: Knowledge,
    given: Given,
    now: Result,
    of: Callable[[Standing], Iterable[Outcome]],
) -> list[Json]:
    """The chosen outcomes of every recommended option."""
    return [
        {"option": option, **reason(knowledge, given, outcome)}
        for option in now.recommend
        for outcome in of(now.standings[option])
    ]


def _other(
    knowledge: Knowledge,
    given: Given,
    standing: Standing,
    outcomes: Iterable[Outcome],
    flip: Flip | None,
) -> Json:
    return {
        "option": standing.option,
        "label": knowledge.options[standing.option].label,
        "reasons": [reason(knowledge, given, outcome) for outcome in outcomes],
        "flip": _flip(knowledge, given, flip),
    }


def _by_nearness(
    knowledge: Knowledge, ruleset: Ruleset, now: Result, flips: Mapping[str, Flip | None]
) -> list[Standing]:
    """The rejected options, the one that the smallest change would bring back first.

    Of as many changes, first those that leave other decisions as they are, then what something said
    speaks for, then what would be recommended, then those that give up a wish and no limit. Where
    options add up, one that meets no wish is never nearer than one that does.
    """

    def distance(standing: Standing) -> tuple[bool, int, int, bool, bool, bool, float]:
        flip = flips.get(standing.option)
        changes, size = flip.cost if flip else (len(now.standings) + 99, 0.0)
        moved = flip.changes if flip else ()
        decided = sum(bool(knowledge.fields[name].result_of) for name in moved)
        limited = any(outcome.strength == "must" for outcome in standing.broken)
        idle = not standing.score
        behind = not flip or flip.then == "allowed"
        return bool(ruleset.together) and idle, changes, decided, idle, behind, limited, size

    out = [s for s in now.standings.values() if s.rejected]
    return sorted(out, key=lambda s: (distance(s), s.option))


def _flip(knowledge: Knowledge, given: Given, flip: Flip | None) -> Json | None:
    if flip is None:
        return None
    changes = [
        _change(knowledge.fields[name], name, given.answers.get(name), to)
        for name, to in flip.changes.items()
    ]
    then = {
        "recommended": "it would be recommended",
        "tied": "it would be an equal choice",
        "allowed": "it would be possible, though another option fits better",
    }[flip.then]
    said = " and ".join(change["text"] for change in changes)
    return {"changes": changes, "then": flip.then, "sentence": f"With {said}, {then}."}


def _change(known: Field, name: str, before: Answer | None, after: Answer) -> Json:
    shown = proposed(known, before, after)
    return {
        "field": name,
        "to": plain_answer(known, after),
        "label": known.label,
        "shown": shown,
        "text": f"{shown}{replaced(known, before)}",
    }


def _clashes(knowledge: Knowledge, ruleset: Ruleset, now: Result, given: Given) -> list[Json]:
    theirs = [
        option
        for decision, options in given.chosen.items()
        if decision != ruleset.decision
        for option in options
    ]
    return [
        {
            "clash": clash_id,
            "options": [ours, other],
            "first": ours in clash.one,
            "sentence": fill(clash.says, knowledge),
            "fixes": [fill(clash.fix_one, knowledge), fill(clash.fix_other, knowledge)],
            "fact": fact_of(knowledge, clash.fact),
        }
        for clash_id, clash, ours, other in find_clashes(knowledge, now.recommend, theirs)
    ]


def _warnings(knowledge: Knowledge, options: Iterable[str]) -> list[Json]:
    """The life-cycle warnings of the options recommended."""
    found = []
    for option in options:
        record = knowledge.options[option]
        service = knowledge.services.get(record.service or "")
        if service and service.status != "current":
            last = service.history[-1]
            found.append(
                {
                    "option": option,
                    "status": service.status,
                    "since": last.date,
                    "sentence": fill(last.what, knowledge),
                    "instead": service.successor,
                    "successor": record.successor,
                }
            )
    return found


def _exam(knowledge: Knowledge, now: Result, exam: Result, together: bool) -> Json | None:
    """The answer that exam-era material expects, where it differs from today's."""
    if exam.key == now.key or not exam.recommend:
        return None
    labels = named([knowledge.options[option].label for option in exam.recommend], together)
    return {"recommend": list(exam.recommend), "sentence": f"Exam-era notes expect {labels}."}


def _answers(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> dict[str, str]:
    used = set(ruleset.fields)
    return {
        name: plain_answer(knowledge.fields[name], answer)
        for name, answer in sorted(given.answers.items())
        if name in used
    }


def _situation(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> list[Json]:
    """The answers as a person reads them, in the order of asking; quantities as a number too."""
    found = (said(knowledge, given, name) for name in ruleset.fields)
    return [{**item, "number": _number(given.answers[item["field"]])} for item in found if item]


def _number(answer: Answer) -> float | None:
    """The end of a quantity that limits are held against, in its field's unit."""
    if not isinstance(answer, Interval):
        return None
    return answer.hi if math.isfinite(answer.hi) else answer.lo


def _oldest_check(knowledge: Knowledge, ruleset: Ruleset) -> str | None:
    """The earliest checked date among the facts that this decision rests on."""
    facts = {p.rule.fact for rules in ruleset.options.values() for p in rules if p.rule.fact}
    return min((knowledge.facts[name].checked for name in facts), default=None)


def as_given(
    answers: Mapping[str, Answer],
    hard: Iterable[str] = (),
    soft: Iterable[str] = (),
    chosen: Mapping[str, Iterable[str]] | None = None,
    guessed: Iterable[str] = (),
) -> Given:
    """Answers with the person's marks, as the engine accepts them."""
    picks = {decision: tuple(options) for decision, options in (chosen or {}).items()}
    return Given(answers, frozenset(hard), frozenset(soft), picks, frozenset(guessed))
