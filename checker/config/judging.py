"""Findings of a system: its options against the rules, the clashes, the settings, life cycles."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from checker.config.members import Walk, cited
from checker.config.model import Finding, Level, Request, Sign
from checker.config.nodes import Node
from checker.config.settings import Case, broken, limits, named
from checker.config.shapes import Shapes
from checker.config.signs import signs
from checker.config.systems import System, paths, systems
from checker.formatting import format_measure
from checker.knowledge.answers import Given, read_answers
from checker.knowledge.model import Knowledge, Setting
from checker.knowledge.references import fill, measure
from checker.rules.clashes import find_clashes
from checker.rules.conditions import Bound, leaves
from checker.rules.evaluation import Outcome, Ruleset, prepare, standing
from checker.rules.reasons import doubtful, reason
from checker.units import Interval

# Answers of a deployment that say nothing on a test of variants, and the reverse.
_APART = {
    "ab-test": frozenset({"auto_rollback", "bake", "first_share"}),
    "shadow-test": frozenset({"auto_rollback", "bake", "first_share"}),
}
# Decisions in which another option serves the same model.
_EXCHANGED = ("inference", "endpoint-type")
_USED_WITH = frozenset({"serving", "models"})
# The service of an option, and what its status makes of a finding.
_LEVELS: Mapping[str, Level] = {"ended": "problem", "closed-to-new": "warning", "legacy": "warning"}


def findings(knowledge: Knowledge, shapes: Shapes, requests: Iterable[Request]) -> list[Finding]:
    """Everything that requests break, each fault once, in the order of files and lines."""
    given = tuple(requests)
    rulesets: dict[str, Ruleset] = {}
    found: list[Finding] = []
    for system in systems(given):
        found += Judge(knowledge, shapes, system, rulesets).findings()
    for request in given:
        found += Walk(knowledge, shapes, request).findings()
    return sorted(_once(found), key=lambda f: (f.file, f.line, f.level, f.code))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """One finding for a line and a fact: rules first, then clashes, settings and bounds."""
    kept: dict[object, Finding] = {}
    for finding in found:
        key = (finding.file, finding.line, finding.fact or (finding.code, finding.path))
        before = kept.get(key)
        if before is None or (before.level, finding.level) == ("warning", "problem"):
            kept[key] = finding
    return list(kept.values())


@dataclass(frozen=True)
class Judge:
    """What one system comes to; ``rulesets`` are kept from one system to the next."""

    knowledge: Knowledge
    shapes: Shapes
    system: System
    rulesets: dict[str, Ruleset]

    @cached_property
    def signs(self) -> tuple[Sign, ...]:
        """What the files say, options and answers."""
        return tuple(signs(self.system))

    @cached_property
    def options(self) -> tuple[Sign, ...]:
        """The options chosen, each once."""
        chosen = {sign.value: sign for sign in reversed(self.signs) if sign.option}
        return tuple(sorted(chosen.values(), key=lambda s: s.name != "inference"))

    @cached_property
    def answers(self) -> Mapping[str, Sign]:
        """The answer to each field; of several numbers the largest, of several words the first."""
        found: dict[str, Sign] = {}
        for sign in self.signs:
            if not sign.option and (sign.name not in found or _more(sign, found[sign.name])):
                found[sign.name] = sign
        return found

    def findings(self) -> Iterator[Finding]:
        """All findings of the system but those of single members."""
        yield from self._rules()
        yield from self._clashes()
        yield from self._settings()
        yield from self._life()

    def _ruleset(self, decision: str) -> Ruleset:
        if decision not in self.rulesets:
            self.rulesets[decision] = prepare(self.knowledge, decision)
        return self.rulesets[decision]

    def _given(self, option: str) -> Given:
        raw = {
            name: sign.value
            for name, sign in self.answers.items()
            if name in self.knowledge.fields and name not in _APART.get(option, ())
        }
        return Given(read_answers(self.knowledge, raw)[0])

    def _rules(self) -> Iterator[Finding]:
        for sign in self.options:
            ruleset, given = self._ruleset(sign.name), self._given(sign.value)
            for outcome in standing(ruleset, sign.value, given).outcomes:
                if outcome.strength != "must" or self._repeats(sign, outcome):
                    continue
                if outcome.truth is False:
                    yield self._broken(sign, outcome, given, "problem")
                elif doubtful(self.knowledge, given, outcome):
                    yield self._broken(sign, outcome, given, "warning")

    def _repeats(self, sign: Sign, outcome: Outcome) -> bool:
        """Whether a rule on how the model is served says again what an answer there breaks.

        A data capture is both an answer of the inference decision and a separate option.
        """
        alone = bool(self._ruleset(sign.name).together) and outcome.prepared.fields == {"serving"}
        return alone and any(answer.path == sign.path for answer in self.answers.values())

    def _broken(self, sign: Sign, outcome: Outcome, given: Given, level: Level) -> Finding:
        told = reason(self.knowledge, given, outcome)
        place = self._place(sign, outcome)
        doubt = {"disputed": "Sources disagree. ", "undocumented": "Nothing is documented. "}
        message = (doubt.get(told["doubt"] or "", "") if level == "warning" else "") + told[
            "sentence"
        ]
        hint = (
            self._remedy(sign, outcome, given)
            if level == "problem"
            else "Test before you rely on it."
        )
        rule = outcome.prepared
        limit = _missed(self.knowledge, outcome, given)[0] or told["limit"]
        found = _finding(level, rule.id, place, message, hint, limit)
        return cited(self.knowledge, found, rule.rule.fact)

    def _place(self, sign: Sign, outcome: Outcome) -> Sign:
        """The answer that breaks a rule, else the option; "serving" only repeats the option."""
        asked = [n for n in sorted(outcome.prepared.fields) if n in self.answers and n != "serving"]
        return self.answers[asked[0]] if asked else sign

    def _remedy(self, sign: Sign, outcome: Outcome, given: Given) -> str:
        """Options of the same decision that these answers leave, else what to change."""
        ruleset = self._ruleset(sign.name)
        left = [
            self.knowledge.options[option].label
            for option in (ruleset.options if sign.name in _EXCHANGED else ())
            if option != sign.value
            and not any(o.strength == "must" for o in standing(ruleset, option, given).broken)
        ]
        steps = self._place(sign, outcome).path.split(".")
        member = ".".join(steps[-2:] if steps[-1] == "Value" else steps[-1:])
        limit, side = _missed(self.knowledge, outcome, given)
        change = f"Change {member} to {limit} {side}" if limit else f"Change or remove {member}"
        return f"{change}, or use {_either(left[:3])}." if left else f"{change}."

    def _ruled_out(self, sign: Sign) -> bool:
        """Whether a rule on what the option is used with rejects it: a clash would say it again."""
        found = standing(self._ruleset(sign.name), sign.value, self._given(sign.value)).broken
        return any(o.strength == "must" and o.prepared.fields & _USED_WITH for o in found)

    def _clashes(self) -> Iterator[Finding]:
        left = [sign for sign in self.options if not self._ruled_out(sign)]
        for index, sign in enumerate(left):
            for other in left[index + 1 :]:
                if other.name == sign.name:
                    continue
                for key, clash, *_ in find_clashes(self.knowledge, [sign.value], [other.value]):
                    fixes = [
                        fill(text, self.knowledge) for text in (clash.fix_one, clash.fix_other)
                    ]
                    says = fill(clash.says, self.knowledge)
                    found = _finding("problem", key, other, says, " Or: ".join(fixes), None)
                    yield cited(self.knowledge, found, clash.fact)

    @cached_property
    def _known(self) -> Mapping[str, frozenset[str]]:
        """Answers by field and options by decision."""
        found: dict[str, set[str]] = {}
        for sign in self.signs:
            found.setdefault(sign.name, set()).add(sign.value)
        for request in self.system.requests:
            found.setdefault("form", set()).add(request.form)
        return {name: frozenset(values) for name, values in found.items()}

    def _settings(self) -> Iterator[Finding]:
        for key, setting in self.knowledge.settings.items():
            for at in setting.at:
                operation, _, path = at.partition(".")
                for request in self.system.of(operation):
                    for here, node in paths(request.parameters, path):
                        if broken(setting, Case(self.knowledge, node, self._known)):
                            yield self._setting(key, setting, request, node, here)

    def _setting(
        self, key: str, setting: Setting, request: Request, node: Node, here: str
    ) -> Finding:
        members = [*named(setting.then), *named(setting.when)]
        member, place = next(((m, found) for m in members if (found := node.at(m))), ("", node))
        path = ".".join(part for part in (request.operation, here, member) if part)
        sign = Sign("", "", request, place if member or here else Node(None, request.line), path)
        limit = next(
            (format_measure(*measure(n, self.knowledge)) for n in limits(setting.then)), None
        )
        says, fix = fill(setting.says, self.knowledge), fill(setting.fix, self.knowledge)
        return cited(
            self.knowledge, _finding(setting.level, key, sign, says, fix, limit), setting.fact
        )

    def _life(self) -> Iterator[Finding]:
        for sign in self.options:
            service = self.knowledge.services.get(self.knowledge.options[sign.value].service or "")
            if service is None or service.status == "current" or not service.history:
                continue
            last = service.history[-1]
            message = f"{service.label}: {fill(last.what, self.knowledge)}"
            hint = f"Instead: {service.successor}" if service.successor else ""
            found = _finding(_LEVELS[service.status], "L001", sign, message, hint, last.date)
            yield cited(self.knowledge, found, last.fact)


def _finding(
    level: Level, code: str, sign: Sign, message: str, hint: str, limit: str | None
) -> Finding:
    path = sign.path
    if not path.startswith(sign.request.operation):
        path = f"{sign.request.operation}.{path}"
    return Finding(level, code, sign.request.file, sign.node.line, path, message, hint, limit)


def _missed(knowledge: Knowledge, outcome: Outcome, given: Given) -> tuple[str, str]:
    """The limit that a number misses, and on which side it has to be: "50%", "or less"."""
    for leaf in leaves(outcome.prepared.node):
        answer = given.answers.get(leaf.field)
        if not isinstance(leaf, Bound) or not isinstance(answer, Interval):
            continue
        limit = format_measure(leaf.limit, knowledge.fields[leaf.field].unit)
        if leaf.op == "at_most" and answer.lo > leaf.limit:
            return limit, "or less"
        if leaf.op == "at_least" and answer.hi < leaf.limit:
            return limit, "or more"
    return "", ""


def _more(sign: Sign, before: Sign) -> bool:
    """Whether a further answer counts instead: a larger number, or a yes."""
    first, second = (item.value.partition(" ")[0] for item in (before, sign))
    try:
        return float(second) > float(first)
    except ValueError:
        return second in ("yes", "many") and first != second


def _either(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else f"{', '.join(labels[:-1])} or {labels[-1]}"
