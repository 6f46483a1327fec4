"""A decision as exam-era material sees it, or without options that a person set aside."""

from collections.abc import Iterable
from dataclasses import replace

from checker.knowledge.answers import Given
from checker.knowledge.model import Era, Knowledge
from checker.knowledge.references import fill
from checker.rules.evaluation import Prepared, Result, Ruleset, evaluate
from checker.rules.reasons import Json


def seen_in(ruleset: Ruleset, era: Era) -> Ruleset:
    """The same rules as one era has them, as if they always held."""
    return replace(
        ruleset,
        options={
            option: tuple(_always(rule) for rule in rules if rule.rule.era in ("always", era))
            for option, rules in ruleset.options.items()
        },
    )


def _always(prepared: Prepared) -> Prepared:
    return replace(prepared, rule=replace(prepared.rule, era="always"))


def set_aside(ruleset: Ruleset, options: Iterable[str]) -> Ruleset:
    """The decision without options that a person excludes; at least one is left."""
    left = {name: rules for name, rules in ruleset.options.items() if name not in set(options)}
    return replace(ruleset, options=left or ruleset.options)


def difference(knowledge: Knowledge, ruleset: Ruleset, given: Given) -> Json | None:
    """The answer of exam-era material where it differs from today's, with the reasons.

    Returns:
        ``today`` and ``exam``, each a list of option ids, and ``because``, sentences of the rules
        that hold in one era only and speak on one of these options; None where both agree.
    """
    today, exam = evaluate(ruleset, given), evaluate(ruleset, given, era="exam")
    if today.key == exam.key:
        return None
    named = {*today.recommend, *exam.recommend}
    rules = [*_telling(today, named), *_telling(exam, named)]
    because = [fill(rule.rule.reason, knowledge) for rule in rules]
    return {
        "today": list(today.recommend),
        "exam": list(exam.recommend),
        "because": list(dict.fromkeys(because))[:2],
    }


def _telling(result: Result, named: set[str]) -> list[Prepared]:
    """Rules of one era alone that a named option keeps or breaks."""
    return [
        outcome.prepared
        for option, standing in result.standings.items()
        if option in named
        for outcome in standing.outcomes
        if outcome.prepared.rule.era != "always" and outcome.truth is not None
    ]
