"""Scenarios that the checker decides differently from what they say, and the rule behind it."""

from collections.abc import Iterator, Mapping
from typing import Any

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge, Scenario
from checker.problems import Problem
from checker.rules.evaluation import evaluate
from checker.rules.verdict import Json, as_given, verdict
from checker.session import Session
from macros.knowledge.lookups import Finding
from macros.knowledge.yaml_lines import YamlSource


def scenario_problems(known: Knowledge, document: YamlSource) -> list[Problem]:
    """Each scenario whose state, option or flag is not what comes out, at its line."""
    session = Session(known)
    return [
        Problem(code, document.place(path), f"{'/'.join(map(str, path))}: {said}", hint)
        for key, scenario in known.scenarios.items()
        for path, code, said, hint in _of_scenario(session, key, scenario)
    ]


def _of_scenario(session: Session, key: str, scenario: Scenario) -> Iterator[Finding]:
    found = _verdict(session, scenario)
    recommended, here = tuple(found["recommend"]), ("scenarios", key)
    accepted = {*scenario.expect, *scenario.accept}
    right = recommended == scenario.expect or (recommended and accepted.issuperset(recommended))
    if found["state"] != scenario.state or not right:
        expected = f"{scenario.state}: {', '.join(scenario.expect) or 'no option'}"
        decided = f"{found['state']}: {', '.join(recommended) or 'no option'}"
        said = f"expects {expected}, and the checker says {decided}{_against(found, scenario)}"
        yield (*here, "expect"), "K063", said, f"one of the two is wrong; try: {_command(scenario)}"
        return
    for flag in set(scenario.flags) - set(found["flags"]):
        raised = ", ".join(sorted(found["flags"])) or "none"
        hint = (
            f"raised: {raised}; change the answers, or remove the flag; try: {_command(scenario)}"
        )
        yield (*here, "flags"), "K064", f"flag '{flag}' is not raised", hint


def _verdict(session: Session, scenario: Scenario) -> Json:
    """What ``Session.decide`` says, without other eras, costs and starting points."""
    answers, _ = read_answers(session.knowledge, scenario.answers)
    rules = session.ruleset(scenario.decision)
    picks = {scenario.decision: evaluate(rules, as_given(answers), "today").recommend}
    return verdict(session.knowledge, rules, as_given(answers, chosen=picks))


def _against(found: Mapping[str, Any], scenario: Scenario) -> str:
    """The rules that reject what a scenario expects."""
    rules = [
        reason["rule"]
        for item in found["rejected"]
        if item["option"] in scenario.expect
        for reason in item["reasons"]
    ]
    return f" ({', '.join(dict.fromkeys(rules))} rejects what it expects)" if rules else ""


def _command(scenario: Scenario) -> str:
    answers = " ".join(
        f"'{key}={value}'" if " " in value else f"{key}={value}"
        for key, value in scenario.answers.items()
    )
    return f".venv/bin/python -m checker decide {scenario.decision} {answers}"
