"""How many scenarios the text reader gets right, by decision: ``make accuracy``.

A third of the bank, chosen by a hash of the scenario's id, is held out: the lexicon is never
tuned on it, so its figure is the honest one. Decided from the stated answers (the form), every
scenario has to be right; that is a test. From the text alone is what is measured here.
"""

import hashlib
import sys
from collections.abc import Iterable
from dataclasses import dataclass

from checker.api import Session
from checker.model import Knowledge, Scenario
from macros.knowledge import read_knowledge


@dataclass(frozen=True, slots=True)
class Tried:
    """One scenario's text and what the reader made of it."""

    name: str
    decision: str
    held_out: bool
    right: bool
    breaks_limit: bool
    said: str


def held_out(name: str) -> bool:
    """Whether a scenario belongs to the third that is never tuned on."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0


def try_all(knowledge: Knowledge) -> list[Tried]:
    """Read and decide every scenario from its text alone."""
    session = Session(knowledge)
    return [_try(session, name, scenario) for name, scenario in knowledge.scenarios.items()]


def _try(session: Session, name: str, scenario: Scenario) -> Tried:
    answer = session.ask(scenario.text)
    first = answer["recommend"][:1]
    right = answer["area"] == scenario.decision and (
        (
            answer["state"] == scenario.state
            and (answer["recommend"] == list(scenario.expect) or not scenario.expect)
        )
        or (bool(first) and first[0] in (*scenario.expect, *scenario.accept))
    )
    said = f"{answer['area']} {answer['state']} {', '.join(answer['recommend'])}"
    return Tried(
        name, scenario.decision, held_out(name), right, _breaks(session, scenario, first), said
    )


def _breaks(session: Session, scenario: Scenario, first: list[str]) -> bool:
    """Whether the recommendation breaks a platform limit under the answers that the text states."""
    stated = session.decide([scenario.decision], scenario.answers)["verdicts"][scenario.decision]
    hard = {
        other["option"]
        for other in stated["rejected"]
        if any(reason["strength"] == "must" for reason in other["reasons"])
    }
    return bool(hard & set(first))


def _rate(tried: Iterable[Tried]) -> str:
    found = list(tried)
    right = sum(item.right for item in found)
    return f"{right}/{len(found)} ({right / len(found):.0%})" if found else "none"


def main() -> int:
    """Print the table; with --misses, every miss as well."""
    tried = try_all(read_knowledge())
    print(f"{'decision':20} {'tuned on':>16} {'held out':>16}")
    for decision in dict.fromkeys(item.decision for item in tried):
        mine = [item for item in tried if item.decision == decision]
        tuned = _rate(item for item in mine if not item.held_out)
        print(f"{decision:20} {tuned:>16} {_rate(i for i in mine if i.held_out):>16}")
    tuned = _rate(item for item in tried if not item.held_out)
    print(f"{'all':20} {tuned:>16} {_rate(i for i in tried if i.held_out):>16}")
    print(f"recommendations that break a platform limit: {sum(i.breaks_limit for i in tried)}")
    if "--misses" in sys.argv:
        for item in tried:
            if not item.right:
                print(f"{'held out' if item.held_out else 'tuned on':9} {item.name}: {item.said}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
