"""Situations to hold options against, and this engine's speed on them; also runs in Pyodide."""

import json
import random
import time
from collections.abc import Callable, Sequence
from typing import Any

from checker.knowledge.answers import Given
from checker.rules.conditions import Bound, Node, Pick
from checker.rules.evaluation import Ruleset, evaluate
from checker.session import Session, bundled_knowledge
from checker.units import Interval

SECONDS = 1.0
_SIGNS = {"at_most": "<=", "below": "<", "above": ">", "at_least": ">="}


def job(decision: str, count: int = 200) -> dict[str, Any]:
    """Complete situations with the options that survive them, and each option's hard rules as one
    expression in the language that both peers read."""
    session = Session(bundled_knowledge())
    rules = session.ruleset(decision)
    cases = _situations(session, rules, count)
    return {
        "decision": decision,
        "situations": cases,
        "survivors": [survivors(rules, case) for case in cases],
        "expressions": {option: _expression(rules, option) for option in rules.options},
    }


def _situations(session: Session, rules: Ruleset, count: int) -> list[dict[str, Any]]:
    chance = random.Random(7)  # noqa: S311 - the same cases each time
    fields = session.knowledge.fields
    limits = {
        name: [leaf.limit for leaf in leaves if isinstance(leaf, Bound)] or [1.0]
        for name, leaves in rules.leaves.items()
    }
    return [
        {
            name: chance.choice(list(fields[name].values))
            if fields[name].kind == "choice"
            else chance.choice(limits[name]) * chance.choice((0.5, 1, 2))
            for name in limits
        }
        for _ in range(count)
    ]


def typed(case: dict[str, Any]) -> Given:
    """A plain situation as the engine accepts it."""
    return Given({n: v if isinstance(v, str) else Interval(v, v) for n, v in case.items()})


def survivors(rules: Ruleset, case: dict[str, Any]) -> list[str]:
    """The options that no hard rule rejects."""
    standings = evaluate(rules, typed(case)).standings.values()
    return sorted(standing.option for standing in standings if not standing.rejected)


def _expression(rules: Ruleset, option: str) -> str:
    hard = [
        rule
        for rule in rules.options[option]
        if rule.rule.strength != "prefer" and rule.rule.era in ("always", "today")
    ]
    return " and ".join(f"({_words(rule.node)})" for rule in hard) or "true"


def _words(node: Node) -> str:
    if isinstance(node, Bound):
        return f"{node.field} {_SIGNS[node.op]} {node.limit}"
    if isinstance(node, Pick):
        listed = ", ".join(f"'{value}'" for value in sorted(node.values))
        inside = f"{node.field} in [{listed}]"
        return f"not ({inside})" if node.op == "is_not" else inside
    joined = (" and " if node.kind == "all" else " or ").join(f"({_words(p)})" for p in node.parts)
    return f"not ({joined})" if node.kind == "none" else joined


def per_second(text: str) -> float:
    """Whole tables of rules, preferences and open questions included, that this engine evaluates
    in a second; ``text`` is a job as JSON."""
    asked = json.loads(text)
    rules = Session(bundled_knowledge()).ruleset(asked["decision"])
    return rate([typed(case) for case in asked["situations"]], lambda case: evaluate(rules, case))


def rate(cases: Sequence[Any], once: Callable[[Any], object]) -> float:
    """How often a second ``once`` runs, over all cases again and again."""
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        for case in cases:
            once(case)
        done += len(cases)
    return done / (time.perf_counter() - started)
