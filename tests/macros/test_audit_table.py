"""The audit of the rules is made anew only for the decisions that an edit can change."""

from dataclasses import replace
from pathlib import Path

import pytest

from checker.knowledge.model import Knowledge
from checker.rules.audit import Audit
from macros.draw import audit as module

FACT = "serverless.max_payload"


@pytest.fixture
def tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The decisions that were audited, one after the other."""
    names: list[str] = []

    def audit(_: Knowledge, name: str) -> Audit:
        names.append(name)
        return Audit(name, 1, 2, 3, ())

    monkeypatch.setattr(module, "CACHE", tmp_path / "audit.json")
    monkeypatch.setattr(module, "audit", audit)
    return names


def test_the_second_build_of_the_same_knowledge_audits_nothing(
    knowledge: Knowledge, tried: list[str]
) -> None:
    first = module.audits(knowledge)
    assert tried == list(knowledge.decisions)
    assert module.audits(knowledge) == first
    assert tried == list(knowledge.decisions)


def test_other_words_of_a_fact_audit_nothing_and_another_number_what_rests_on_it(
    knowledge: Knowledge, tried: list[str]
) -> None:
    module.audits(knowledge)
    tried.clear()
    fact = knowledge.facts[FACT]
    for changed in (replace(fact, text="Said in another way."), replace(fact, value=5)):
        module.audits(replace(knowledge, facts={**knowledge.facts, FACT: changed}))
    assert tried == ["inference"]
