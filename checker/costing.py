"""The one place where costs and rules meet: what a limit rules out is never shown as cheap."""

from collections.abc import Mapping
from decimal import Decimal

from checker.cost.estimate import Json, Request, estimate
from checker.cost.money import plain
from checker.cost.options import FORMULAS
from checker.cost.workload import NAMES, Workload, read_workload
from checker.knowledge.answers import Given, read_answers
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fill
from checker.rules.evaluation import Outcome, Ruleset, evaluate

DECISION = "inference"
# What is no option of the decision is a real-time endpoint with a separate policy: the limits
# of the platform hold for it, wishes about idle cost do not.
LIKE = {"inference-components": "real-time-endpoint"}


def estimate_within_limits(knowledge: Knowledge, rules: Ruleset, request: Request) -> Json:
    """An estimate in which options that the rules reject are marked with the reason.

    Fields of the request that only the decision knows, such as who waits for the answer, are
    answers to its rules.
    """
    answers = {k: v for k, v in request.given.items() if k not in NAMES and k in rules.fields}
    figures = {k: v for k, v in request.given.items() if k not in answers}
    workload, _ = read_workload(figures)
    typed, problems = read_answers(knowledge, {**_bounds(workload), **answers})
    if problems:
        return {"problems": [problem.plain() for problem in problems]}
    asked = Request(figures, request.options, request.own, request.today, request.width)
    found = estimate(knowledge, asked, _rejected(knowledge, rules, Given(typed)))
    return {**found, "answers": answers}


def _bounds(w: Workload) -> dict[str, str]:
    """The lower bounds that average figures set for the largest ones."""
    mega, size = Decimal(10) ** 6, {"payload": w.payload, "response": w.response}
    found = {name: f">= {plain(body / mega)} MB" for name, body in size.items() if body}
    if w.duration is not None:
        found["duration"] = f">= {plain(w.duration)} s"
    if w.memory is not None:
        found["memory"] = f">= {plain(w.memory * 1024)} MB"
    return found


def _rejected(knowledge: Knowledge, rules: Ruleset, given: Given) -> Mapping[str, Json]:
    """The first reason against each option that the answers rule out."""
    standings = evaluate(rules, given).standings
    found: dict[str, Json] = {}
    for option in FORMULAS:
        broken = standings[LIKE.get(option, option)].broken
        if option in LIKE:
            broken = tuple(outcome for outcome in broken if outcome.strength == "must")
        if broken:
            found[option] = _reason(knowledge, broken[0])
    return found


def _reason(knowledge: Knowledge, outcome: Outcome) -> Json:
    return {
        "rule": outcome.prepared.id,
        "sentence": fill(outcome.prepared.rule.reason, knowledge),
    }
