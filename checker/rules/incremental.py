"""The status of a decision after a few changed answers, without trying every rule again.

The search for the smallest change asks this thousands of times for one verdict. A change touches
only the rules that read its fields, so their outcomes are all that is counted anew; and of several
changed answers most rules read one, so what each answer adds is worked out once and then summed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from checker.knowledge.answers import Answer, Given
from checker.knowledge.model import Era, State
from checker.rules.conditions import Truth, truth
from checker.rules.evaluation import Prepared, Ruleset, place, strength_for


@dataclass(frozen=True, slots=True)
class Position:
    """A state, the options recommended, and the options that are not rejected."""

    state: State
    recommend: tuple[str, ...]
    unmet: tuple[str, ...]
    left: frozenset[str]

    @property
    def key(self) -> tuple[State, tuple[str, ...]]:
        """The part of a result whose change a person notices."""
        return self.state, self.recommend


type _Gains = Mapping[str, tuple[int, int]]
"""What each option's count of broken hard rules, and its score, go up by."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """A rule in force: its outcome now, the options it speaks on, and what it adds."""

    prepared: Prepared
    options: tuple[str, ...]
    now: Truth
    hard: bool
    speaks: bool

    def effect(self, outcome: Truth) -> tuple[int, int]:
        """Broken hard rules, and score, that an outcome adds to an option."""
        broken = int(self.hard and outcome is False)
        return broken, self.prepared.rule.weight if self.speaks and outcome is True else 0


@dataclass(frozen=True, slots=True)
class _Group:
    """The rules that read the same ones of the changed fields, with what their answers add."""

    fields: tuple[str, ...]
    rules: tuple[_Counted, ...]
    known: dict[tuple[Answer, ...], _Gains] = field(default_factory=dict)


class Tally:
    """One decision's status under some answers, ready for many small changes of them."""

    def __init__(self, ruleset: Ruleset, given: Given, era: Era = "today") -> None:
        self._ruleset = ruleset
        self._given = given
        self._totals = dict.fromkeys(ruleset.options, (0, 0))
        self._by_field: dict[str, list[_Counted]] = {}
        self._groups: dict[tuple[str, ...], tuple[_Group, ...]] = {}
        self._same: dict[tuple[tuple[str, ...], tuple[str, ...]], _Group] = {}
        for counted in self._counted(era):
            _add(self._totals, counted, (0, 0), counted.effect(counted.now))
            for name in counted.prepared.inputs:
                self._by_field.setdefault(name, []).append(counted)

    @property
    def add_up(self) -> bool:
        """Whether options add up, so that they do not out-rank each other."""
        return bool(self._ruleset.together)

    def after(self, changes: Mapping[str, Answer]) -> Position:
        """The decision's status with these answers changed or added."""
        totals = dict(self._totals)
        for gains in self._gains(changes):
            for option, (broken, score) in gains.items():
                had = totals[option]
                totals[option] = had[0] + broken, had[1] + score
        scores = {o: totals[o][1] for o in self._ruleset.options if not totals[o][0]}
        held = {name for name in totals.keys() - self._ruleset.options.keys() if totals[name][1]}
        placed = place(self._ruleset, scores, held, {**self._given.answers, **changes})
        return Position(*placed, frozenset(scores))

    def hopeless(self, option: str, rivals: Iterable[str], changes: Mapping[str, Answer]) -> bool:
        """Whether an option would break a hard rule then, or rank behind one of the rivals.

        Says less than ``after`` and costs a fraction of it.
        """
        gains = tuple(self._gains(changes))
        broken, score = self._total(option, gains)
        if broken:
            return True
        others = (self._total(rival, gains) for rival in rivals)
        return any(not wrong and more > score for wrong, more in others)

    def _total(self, option: str, gains: Iterable[_Gains]) -> tuple[int, int]:
        broken, score = self._totals[option]
        for part in gains:
            if option in part:
                more = part[option]
                broken, score = broken + more[0], score + more[1]
        return broken, score

    def _gains(self, changes: Mapping[str, Answer]) -> Iterator[_Gains]:
        """What the changes add, one part for each group of rules that they touch."""
        names = tuple(changes)
        if (groups := self._groups.get(names)) is None:
            groups = self._groups[names] = self._grouped(names)
        for group in groups:
            values = tuple([changes[name] for name in group.fields])
            if (gains := group.known.get(values)) is None:
                gains = group.known[values] = self._worked_out(group, values)
            yield gains

    def _grouped(self, names: tuple[str, ...]) -> tuple[_Group, ...]:
        """The rules that changes to these fields touch, by the ones of the fields they read."""
        touched = {c.prepared.id: c for name in names for c in self._by_field.get(name, ())}
        found: dict[tuple[str, ...], list[_Counted]] = {}
        for counted in touched.values():
            read = tuple([name for name in names if name in counted.prepared.inputs])
            found.setdefault(read, []).append(counted)
        # The same rules in another company of changes need not be worked out anew.
        return tuple(
            self._same.setdefault(
                (read, tuple([c.prepared.id for c in rules])), _Group(read, tuple(rules))
            )
            for read, rules in found.items()
        )

    def _worked_out(self, group: _Group, values: tuple[Answer, ...]) -> _Gains:
        answers = {**self._given.answers, **dict(zip(group.fields, values, strict=True))}
        gains: dict[str, tuple[int, int]] = {}
        for counted in group.rules:
            new = truth(counted.prepared.node, answers)
            if new is not counted.now:
                _add(gains, counted, counted.effect(counted.now), counted.effect(new))
        return gains

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
                # Where each need is decided alone, a rule that holds counts under its own name.
                (*options[name], *([name] if self._ruleset.together else [])),
                truth(prepared.node, self._given.answers),
                (strength := strength_for(prepared, self._given)) != "prefer",
                "prefer" in (strength, prepared.rule.strength),
            )
            for name, prepared in rules.items()
        ]


def _add(
    totals: dict[str, tuple[int, int]],
    counted: _Counted,
    before: tuple[int, int],
    after: tuple[int, int],
) -> None:
    broken, score = after[0] - before[0], after[1] - before[1]
    for option in counted.options:
        had = totals.get(option, (0, 0))
        totals[option] = had[0] + broken, had[1] + score
