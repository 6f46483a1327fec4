"""Entries that repeat another one under a second id are refused, with both places."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from checker.knowledge.model import Knowledge
from macros.knowledge.reading import KnowledgeError, read_knowledge
from macros.knowledge.twins import check_twins
from tests import excerpt

SECTIONS = (
    *("sources", "facts", "options", "fields", "decisions", "rules", "clashes", "settings"),
    *("capabilities", "tables", "scenarios", "changes", "tags", "lexicon", "nearby"),
)


@pytest.mark.parametrize("section", SECTIONS)
def test_a_copy_under_another_id_is_told_at_both_places(section: str, knowledge: Knowledge) -> None:
    entries = getattr(knowledge, section)
    first = next(iter(entries))
    twice = replace(knowledge, **{section: {**entries, "copy": entries[first]}})
    assert [(path, message) for path, _, message, _ in check_twins(twice)] == [
        ((section, first), "says the same as 'copy'"),
        ((section, "copy"), f"says the same as '{first}'"),
    ]


RULE = "INF001"
ALIKE: dict[str, tuple[dict[str, Any], bool]] = {
    "another sentence": ({"reason": "Other words.", "support": None}, True),
    "options in another order": ({"options": tuple}, True),
    "another strength": ({"strength": "prefer"}, False),
    "another era": ({"era": "exam"}, False),
    "another condition": ({"when": {"traffic": {"is": "steady"}}}, False),
}


@pytest.mark.parametrize("name", ALIKE)
def test_a_rule_is_the_same_by_its_options_strength_and_condition(
    name: str, knowledge: Knowledge
) -> None:
    changes, told = ALIKE[name]
    rule = knowledge.rules[RULE]
    if "options" in changes:
        changes = {"options": tuple(reversed(rule.options))}
    rules = {**knowledge.rules, "INF998": replace(rule, **changes)}
    assert bool(list(check_twins(replace(knowledge, rules=rules)))) is told


def test_a_scenario_in_other_capitals_and_spaces_is_the_same(knowledge: Knowledge) -> None:
    key, item = next(iter(knowledge.scenarios.items()))
    again = replace(item, text=f"  {item.text.upper()}  ", answers={}, expect=())
    scenarios = {**knowledge.scenarios, "again": again}
    assert {path[1] for path, *_ in check_twins(replace(knowledge, scenarios=scenarios))} == {
        key,
        "again",
    }


def test_both_lines_are_told(tmp_path: Path) -> None:
    lines = excerpt.text().split("\n")
    at = lines.index(f"  {RULE}:")
    end = next(n for n in range(at + 1, len(lines)) if not lines[n].startswith("   "))
    copied = ["  INF998:", *lines[at + 1 : end]]
    content = "\n".join([*lines[:end], *copied, *lines[end:]])
    with pytest.raises(KnowledgeError) as caught:
        read_knowledge(excerpt.write(tmp_path, content), tmp_path)
    told = {(p.code, p.where.rpartition(":")[2]) for p in caught.value.problems}
    assert told == {("K009", str(at + 1)), ("K009", str(end + 1))}
