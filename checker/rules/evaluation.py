"""The decision engine: every rule against the answers, every option with its status."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from checker.knowledge.answers import Given
from checker.knowledge.model import Era, Knowledge, Rule, State, Strength
from checker.rules.conditions import (
    Compare,
    Leaf,
    Node,
    Truth,
    compile_condition,
    inputs,
    leaves,
    truth,
)


@dataclass(frozen=True)
class Prepared:
    """A compiled rule: its condition as nodes, and the fields that it reads.

    ``fields`` are those that it asks for, ``inputs`` also those that these can follow from.
    ``shared`` by all options, it compares none of them: it finds wishes that exclude each other.
    """

    id: str
    rule: Rule
    node: Node
    fields: frozenset[str]
    inputs: frozenset[str]
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Speaker:
    """A preference that is about one need: for which options it speaks.

    Where it reads the need ``alone``, its options meet the need; else they only come closest under
    the circumstances that it reads as well.
    """

    need: str
    options: tuple[str, ...]
    alone: bool


@dataclass(frozen=True)
class Ruleset:
    """The rules of one decision, by option, ready to be evaluated many times."""

    decision: str
    options: Mapping[str, tuple[Prepared, ...]]
    fields: tuple[str, ...]
    together: tuple[str, ...] = ()
    goals: frozenset[str] = frozenset()
    """The fields whose answers are what a person wants to reach."""

    @cached_property
    def leaves(self) -> Mapping[str, tuple[Leaf, ...]]:
        """Every test on each field, for choosing values worth trying."""
        found: dict[str, list[Leaf]] = {name: [] for name in self.fields}
        for prepared in (rule for rules in self.options.values() for rule in rules):
            for leaf in leaves(prepared.node):
                found.setdefault(leaf.field, []).append(leaf)
        return {name: tuple(dict.fromkeys(items)) for name, items in found.items()}

    @cached_property
    def speaking(self) -> Mapping[str, Speaker]:
        """The preferences that are about one need of the decision, by rule."""
        wishes = {
            rule.id: rule
            for rules in self.options.values()
            for rule in rules
            if rule.rule.strength == "prefer" and len(rule.fields & set(self.together)) == 1
        }
        return {
            key: Speaker(
                next(iter(rule.fields & set(self.together))),
                tuple(option for option, rules in self.options.items() if rule in rules),
                alone=len(rule.fields) == 1,
            )
            for key, rule in wishes.items()
        }

    @cached_property
    def sourced(self) -> "Ruleset":
        """The same without the rules of engineering judgement."""
        options = {
            option: tuple(prepared for prepared in rules if not prepared.rule.judgement)
            for option, rules in self.options.items()
        }
        return replace(self, options=options)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of one rule; ``strength`` includes the person's priority."""

    prepared: Prepared
    strength: Strength
    truth: Truth

    @property
    def speaks(self) -> bool:
        """Whether it counts for its options where it holds: a preference, whoever made it one."""
        return "prefer" in (self.strength, self.prepared.rule.strength)


@dataclass(frozen=True)
class Standing:
    """One option with the outcome of each of its rules."""

    option: str
    outcomes: tuple[Outcome, ...]

    @cached_property
    def broken(self) -> tuple[Outcome, ...]:
        """The hard rules that the answers break; platform limits first."""
        found = [o for o in self.outcomes if o.truth is False and o.strength != "prefer"]
        return tuple(sorted(found, key=lambda o: (o.strength != "must", o.prepared.id)))

    @cached_property
    def open(self) -> tuple[Outcome, ...]:
        """The hard rules that are open, because an answer is missing."""
        return tuple(o for o in self.outcomes if o.truth is None and o.strength != "prefer")

    @cached_property
    def held(self) -> tuple[Outcome, ...]:
        """The preferences that speak for it, heaviest first, also those that a person made hard."""
        found = [o for o in self.outcomes if o.truth is True and o.speaks]
        return tuple(sorted(found, key=lambda o: (-o.prepared.rule.weight, o.prepared.id)))

    @property
    def rejected(self) -> bool:
        """True where a platform limit or a hard wish is broken."""
        return bool(self.broken)

    @property
    def score(self) -> int:
        """The weights of the preferences that hold."""
        return sum(o.prepared.rule.weight for o in self.held)

    @property
    def reach(self) -> int:
        """The score that the open questions could still bring it to."""
        still = (o for o in self.outcomes if o.truth is None and o.speaks)
        return self.score + sum(o.prepared.rule.weight for o in still)


@dataclass(frozen=True)
class Result:
    """The status of a decision: its state, the options still in, and what each rule came to.

    ``unmet`` are the needs that no option meets.
    """

    state: State
    recommend: tuple[str, ...]
    unmet: tuple[str, ...]
    standings: Mapping[str, Standing]

    @property
    def key(self) -> tuple[State, tuple[str, ...]]:
        """The part of a result whose change a person notices."""
        return self.state, self.recommend


def prepare(knowledge: Knowledge, decision: str) -> Ruleset:
    """Compile the rules of one decision.

    Raises:
        KeyError: no such decision.
        checker.knowledge.references.ConditionError: a rule that the knowledge does not support.
    """
    record = knowledge.decisions[decision]
    options: dict[str, list[Prepared]] = {option: [] for option in record.options}
    for rule_id, rule in knowledge.rules.items():
        mine = [option for option in rule.options if option in options]
        if mine:
            node = compile_condition(rule.when, knowledge, rule.options)
            shared = len(mine) == len(options)
            prepared = Prepared(rule_id, rule, node, named(node), frozenset(inputs(node)), shared)
            for option in mine:
                options[option].append(prepared)
    ready = {option: tuple(rules) for option, rules in options.items()}
    needs = (name for name in record.together if knowledge.fields[name].kind == "choice")
    goals = frozenset((*record.goals, *needs))
    return Ruleset(decision, ready, record.fields, record.together, goals)


def named(node: Node) -> frozenset[str]:
    """The fields that a condition names."""
    found = {leaf.field for leaf in leaves(node)}
    return frozenset(found | {x.other for x in leaves(node) if isinstance(x, Compare)})


def evaluate(ruleset: Ruleset, given: Given, era: Era = "today") -> Result:
    """Evaluate every option for the answers, in today's view or the exam-era view."""
    standings = {option: standing(ruleset, option, given, era) for option in ruleset.options}
    scores = {s.option: s.score for s in standings.values() if not s.rejected}
    held = {o.prepared.id for s in standings.values() for o in s.held}
    return Result(*place(ruleset, scores, held, given.answers), standings)


def standing(ruleset: Ruleset, option: str, given: Given, era: Era = "today") -> Standing:
    """One option's rules against the answers."""
    return Standing(option, tuple(_outcomes(ruleset.options[option], given, era)))


def _outcomes(rules: Iterable[Prepared], given: Given, era: Era) -> Iterable[Outcome]:
    for prepared in rules:
        silent = prepared.shared and given.answers.keys().isdisjoint(prepared.fields)
        if prepared.rule.era in ("always", era) and not silent:
            strength = strength_for(prepared, given)
            yield Outcome(prepared, strength, truth(prepared.node, given.answers))


def strength_for(prepared: Prepared, given: Given) -> Strength:
    """A person may soften a wish or make it hard; a platform limit stays what it is."""
    strength = prepared.rule.strength
    if strength == "need" and prepared.fields & given.soft:
        return "prefer"
    if strength == "prefer" and prepared.fields and prepared.fields <= given.hard:
        return "need"
    return strength


def place(
    ruleset: Ruleset, scores: Mapping[str, int], held: Collection[str], said: Collection[str]
) -> tuple[State, tuple[str, ...], tuple[str, ...]]:
    """The state, the recommendation, and the needs that no option meets.

    Args:
        ruleset: the rules of the decision.
        scores: the score of each option that is not rejected.
        held: the preferences that hold, of options rejected or not.
        said: the fields that were answered.
    """
    if not any(name in said for name in ruleset.fields):
        return "ask-for-more", (), ()
    if not scores:
        return "nothing-fits", (), ()
    best, unmet = _by_need(ruleset, scores, held)
    if best:
        return ("decided" if len(best) == 1 else "narrowed"), best, unmet
    if unmet:
        return "nothing-fits", (), unmet
    return _by_score(ruleset, scores, held, _refused(ruleset, held, said))


def _by_score(
    ruleset: Ruleset, scores: Mapping[str, int], held: Collection[str], refused: Collection[str]
) -> tuple[State, tuple[str, ...], tuple[str, ...]]:
    """What preferences alone make of the options, where no need speaks for one."""
    wanted = {option: score for option, score in scores.items() if option not in refused}
    most = max(wanted.values(), default=0)
    # A tie has no winner by habit: both are shown, in alphabetical order.
    top = tuple(sorted(option for option, score in wanted.items() if score == most))
    if most == 0 and ruleset.together:
        # What meets no need is no second best: an option that meets one is rejected, or none does.
        return ("nothing-fits" if held and not refused else "ask-for-more"), (), ()
    if len(top) == 1:
        return "decided", top, ()
    if most == 0 and len(scores) == len(ruleset.options):
        return "ask-for-more", (), ()
    return "narrowed", top, ()


def _refused(ruleset: Ruleset, held: Collection[str], said: Collection[str]) -> set[str]:
    """The options for needs that a person does not have: other answers do not bring them back."""
    met = {ruleset.speaking[key].need for key in held if key in ruleset.speaking}
    denied = {need for need in ruleset.together if need in said} - met
    speakers = (speaker for speaker in ruleset.speaking.values() if speaker.need in denied)
    return {option for speaker in speakers for option in speaker.options}


def _by_need(
    ruleset: Ruleset, scores: Mapping[str, int], held: Collection[str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The best options for each need together, and the needs that none of them meets.

    A rule that speaks for several options asks for all of them.
    """
    best: set[str] = set()
    unmet: list[str] = []
    for need in ruleset.together:
        mine = [ruleset.speaking[key] for key in held if key in ruleset.speaking]
        mine = [speaker for speaker in mine if speaker.need == need]
        ways = [[option for option in speaker.options if option in scores] for speaker in mine]
        most = max((scores[option] for way in ways for option in way), default=0)
        best.update(o for way in ways if any(scores[x] == most for x in way) for o in way)
        whole = [speaker for speaker in mine if speaker.alone]
        if whole and not any(scores.keys() >= set(speaker.options) for speaker in whole):
            unmet.append(need)
    return tuple(sorted(best)), tuple(unmet)
