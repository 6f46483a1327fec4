"""The wishes that a recommendation leaves unmet, so that no verdict drops one without a word."""

from collections.abc import Iterator
from dataclasses import dataclass

from checker.knowledge.answers import Given
from checker.rules.evaluation import Outcome, Result, Ruleset


@dataclass(frozen=True, slots=True)
class Wish:
    """A stated answer that no recommended option meets, and the options that would."""

    field: str
    able: tuple[str, ...]


def unmet_wishes(ruleset: Ruleset, given: Given, now: Result) -> list[Wish]:
    """The wishes that every recommended option leaves unmet, in the order of asking.

    Where options add up, each need is decided alone: ``Result.unmet`` has those.
    """
    if ruleset.together or not now.recommend:
        return []
    found = {wish.field: wish for wish in (*_preferred(now), *_softened(given, now))}
    return [found[name] for name in ruleset.fields if name in found]


def _preferred(now: Result) -> Iterator[Wish]:
    """Wishes of a preference that says which options leave them unmet; its own options meet it."""
    meant: dict[str, list[str]] = {}
    for option, standing in now.standings.items():
        for outcome in standing.held:
            unmet_by = outcome.prepared.rule.unmet_by
            if unmet_by and set(now.recommend) <= set(unmet_by):
                for name in outcome.prepared.fields:
                    meant.setdefault(name, []).append(option)
    yield from (Wish(name, tuple(options)) for name, options in meant.items())


def _softened(given: Given, now: Result) -> Iterator[Wish]:
    """Needs that the person made soft, and that count for less than what else was said."""
    for name in given.soft:
        missing = {
            option
            for option, standing in now.standings.items()
            if any(_misses(outcome, name) for outcome in standing.outcomes)
        }
        if missing >= set(now.recommend):
            yield Wish(name, tuple(o for o in now.standings if o not in missing))


def _misses(outcome: Outcome, name: str) -> bool:
    rule = outcome.prepared
    return outcome.truth is False and rule.rule.strength == "need" and name in rule.fields
