"""Where a decision would stand after a few changed answers, without trying every rule again.

The search for the smallest change asks this thousands of times for one verdict. A change touches
only the rules that read its fields, so their outcomes are all that is counted anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.answers import Given
from checker.conditions import Answer, Truth, truth
from checker.engine import Prepared, Ruleset, place, strength_for
from checker.model import Era, State


@dataclass(frozen=True, slots=True)
class Position:
    """A state, the options recommended, and the options that are not rejected."""

    state: State
    recommend: tuple[str, ...]
    left: frozenset[str]

    @property
    def key(self) -> tuple[State, tuple[str, ...]]:
        """What a person would notice changing."""
        return self.state, self.recommend


@dataclass(frozen=True, slots=True)
class _Counted:
    """A rule in force: its outcome now, the options it speaks on, and what it adds."""

    prepared: Prepared
    options: tuple[str, ...]
    now: Truth
    hard: bool

    def effect(self, outcome: Truth) -> tuple[int, int]:
        """Broken hard rules, and score, that an outcome adds to an option."""
        if self.hard:
            return int(outcome is False), 0
        return 0, self.prepared.rule.weight if outcome is True else 0


class Tally:
    """One decision's standing under some answers, ready for many small changes of them."""

    def __init__(self, ruleset: Ruleset, given: Given, era: Era = "today") -> None:
        self._ruleset = ruleset
        self._given = given
        self._asked = frozenset(ruleset.fields)
        self._totals = dict.fromkeys(ruleset.options, (0, 0))
        self._by_field: dict[str, list[_Counted]] = {}
        for counted in self._counted(era):
            self._add(self._totals, counted, (0, 0), counted.effect(counted.now))
            for field in counted.prepared.fields:
                self._by_field.setdefault(field, []).append(counted)

    def after(self, changes: Mapping[str, Answer]) -> Position:
        """Where the decision stands with these answers changed or added."""
        answers = {**self._given.answers, **changes}
        totals = dict(self._totals)
        touched = {id(c): c for field in changes for c in self._by_field.get(field, ())}
        for counted in touched.values():
            new = truth(counted.prepared.node, answers)
            if new is not counted.now:
                self._add(totals, counted, counted.effect(counted.now), counted.effect(new))
        scores = {option: score for option, (broken, score) in totals.items() if not broken}
        answered = not self._asked.isdisjoint(answers)
        return Position(*place(scores, len(totals), answered=answered), frozenset(scores))

    def _counted(self, era: Era) -> list[_Counted]:
        options: dict[str, list[str]] = {}
        rules: dict[str, Prepared] = {}
        for option, prepared_rules in self._ruleset.options.items():
            for prepared in prepared_rules:
                if prepared.rule.era in ("always", era):
                    rules[prepared.id] = prepared
                    options.setdefault(prepared.id, []).append(option)
        return [
            _Counted(
                prepared,
                tuple(options[name]),
                truth(prepared.node, self._given.answers),
                strength_for(prepared, self._given) != "prefer",
            )
            for name, prepared in rules.items()
        ]

    @staticmethod
    def _add(
        totals: dict[str, tuple[int, int]],
        counted: _Counted,
        before: tuple[int, int],
        after: tuple[int, int],
    ) -> None:
        broken, score = after[0] - before[0], after[1] - before[1]
        for option in counted.options:
            had = totals[option]
            totals[option] = had[0] + broken, had[1] + score
