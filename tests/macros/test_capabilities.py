"""What options can do: cells and rules agree both ways, and pages show and use the cells."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from checker.knowledge.model import Cell, Knowledge
from macros.draw.capabilities import capability, capability_table
from macros.knowledge.capabilities import DECISIONS, check_capabilities
from macros.knowledge.rule_checks import check_grounds, check_unused_limits
from tests.support import known

GPU, SERVERLESS, RULE = "gpu", "serverless-inference", "INF004"


def findings(changed: Knowledge) -> list[tuple[str, str]]:
    """Code and place of every finding of the capabilities."""
    return [(code, "/".join(map(str, path))) for path, code, _, _ in check_capabilities(changed)]


def with_cell(key: str, option: str, **changes: Any) -> Knowledge:
    """The knowledge with one cell changed."""
    record = known().capabilities[key]
    cells = {**record.cells, option: replace(record.cells[option], **changes)}
    changed = {**known().capabilities, key: replace(record, cells=cells)}
    return replace(known(), capabilities=changed)


def with_rule(key: str, **changes: Any) -> Knowledge:
    """The knowledge with one rule changed."""
    return replace(known(), rules={**known().rules, key: replace(known().rules[key], **changes)})


def test_cells_and_rules_agree() -> None:
    assert findings(known()) == []
    assert list(check_grounds(known())) == []
    assert list(check_unused_limits(known())) == []


def test_a_cell_that_says_yes_against_a_limit_is_reported() -> None:
    place = f"capabilities/{GPU}/cells/{SERVERLESS}"
    assert ("K083", place) in findings(with_cell(GPU, SERVERLESS, state="yes"))


def test_a_cell_that_says_no_without_a_rule_is_reported() -> None:
    place = f"capabilities/{GPU}/cells/real-time-endpoint"
    changed = with_cell(GPU, "real-time-endpoint", state="no", fact="realtime.latency")
    assert ("K084", place) in findings(changed)


def test_a_limit_without_a_cell_is_reported() -> None:
    fewer = {k: v for k, v in known().capabilities.items() if k not in ("gpu", "inferentia")}
    assert ("K086", f"rules/{RULE}") in findings(replace(known(), capabilities=fewer))


def test_a_rule_that_lost_its_option_is_reported_at_the_cell() -> None:
    changed = with_rule(RULE, options=("serverless-provisioned-concurrency",))
    assert ("K084", f"capabilities/{GPU}/cells/{SERVERLESS}") in findings(changed)


def test_a_cell_and_a_rule_that_rest_on_different_facts_are_reported() -> None:
    changed = with_rule(RULE, fact="serverless.cold_start")
    assert ("K085", f"capabilities/{GPU}/cells/{SERVERLESS}") in findings(changed)


def test_a_limit_that_no_rule_holds_is_reported() -> None:
    changed = with_cell("payload", SERVERLESS, limit="serverless.disk_and_image.image")
    assert ("K084", f"capabilities/payload/cells/{SERVERLESS}") in findings(changed)


def test_what_is_not_documented_needs_a_rule_that_asks_for_a_test() -> None:
    changed = with_rule("INF084", doubt=None)
    assert ("K084", f"capabilities/streaming/cells/{SERVERLESS}") in findings(changed)


def test_a_table_that_says_something_else_is_reported() -> None:
    table = known().tables["endpoint-types"]
    rows = [
        replace(row, cells=(*row.cells[:-1], "Model Monitor"))
        if row.label == "Single-model"
        else row
        for row in table.rows
    ]
    changed = {**known().tables, "endpoint-types": replace(table, rows=tuple(rows))}
    found = findings(replace(known(), tables=changed))
    assert [code for code, place in found if place.startswith("tables/")] == ["K087"]


INCOMPLETE: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "no fact": ("K082", {"fact": None, "has": None}),
    "a limit that is none": ("K082", {"limit": "serverless.max_payload"}),
    "disputed without a dispute": ("K082", {"state": "disputed"}),
    "no such fact": ("K005", {"fact": "serverless.nothing"}),
}


@pytest.mark.parametrize(("code", "changes"), INCOMPLETE.values(), ids=INCOMPLETE)
def test_a_cell_without_its_evidence_is_reported(code: str, changes: Mapping[str, Any]) -> None:
    found = findings(with_cell(GPU, SERVERLESS, **changes))
    place = f"capabilities/{GPU}/cells/{SERVERLESS}"
    assert (code, place) in found or (code, f"{place}/fact") in found


def test_an_option_without_a_cell_is_reported() -> None:
    record = known().capabilities[GPU]
    cells = {option: cell for option, cell in record.cells.items() if option != SERVERLESS}
    changed = {**known().capabilities, GPU: replace(record, cells=cells)}
    found = findings(replace(known(), capabilities=changed))
    assert ("K080", f"capabilities/{GPU}/cells") in found


def test_a_capability_that_nobody_can_ask_for_says_why() -> None:
    record = replace(known().capabilities[GPU], asks={}, options=())
    changed = replace(known(), capabilities={**known().capabilities, GPU: record})
    assert ("K081", f"capabilities/{GPU}") in findings(changed)


def test_a_hard_rule_without_a_sentence_for_its_options_is_reported() -> None:
    found = [(code, path) for path, code, _, _ in check_grounds(with_rule(RULE, support=None))]
    assert found == [("K045", ("rules", RULE))]


def test_a_number_that_comes_from_no_fact_is_reported_unless_it_is_judgement() -> None:
    changed = with_rule(RULE, when={"payload": {"at_most": 7}})
    assert [code for _, code, _, _ in check_grounds(changed)] == ["K046"]
    judged = with_rule(RULE, when={"payload": {"at_most": 7}}, judgement=True)
    assert list(check_grounds(judged)) == []


def test_a_hard_limit_needs_a_rule_or_a_reason_and_not_both() -> None:
    facts = dict(known().facts)
    idle = next(key for key, fact in facts.items() if fact.unruled)
    facts[idle] = replace(facts[idle], unruled=None)
    facts["serverless.max_payload"] = replace(facts["serverless.max_payload"], unruled="Why.")
    found = {
        (code, path[1]) for path, code, _, _ in check_unused_limits(replace(known(), facts=facts))
    }
    assert found == {("K047", idle), ("K048", "serverless.max_payload")}


# --- on pages


@pytest.mark.parametrize("decision", DECISIONS)
def test_the_table_shows_every_cell_with_its_state_and_source(decision: str) -> None:
    drawn = capability_table(decision, known(), "reference/capabilities.md")
    options = known().decisions[decision].options
    mine = [c.cells[o] for c in known().capabilities.values() for o in options if o in c.cells]
    assert drawn.count('<span class="cell cell--') == len(mine)
    assert drawn.count('class="note-mark"') == sum(1 for cell in mine if cell.fact)
    for state in {cell.state for cell in mine}:
        count = sum(1 for cell in mine if cell.state == state)
        assert drawn.count(f"cell cell--{state}") == count
    for option in options:
        assert f'<th scope="col">{known().options[option].label}</th>' in drawn


def up_to(key: str) -> str:
    """The limit of a fact as its sentences print it."""
    fact = known().facts[key]
    return f"up to {fact.value:g} {fact.unit}"


WORDS = {
    ("gpu", SERVERLESS): "does not support GPUs",
    ("gpu", "real-time-endpoint"): "supports GPUs",
    ("payload", SERVERLESS): f"supports requests of {up_to('serverless.max_payload')}",
    ("streaming", SERVERLESS): "is not documented to support streamed responses",
    ("payload", "real-time-endpoint"): f"{up_to('realtime.max_payload')} (AWS's sources disagree)",
}


@pytest.mark.parametrize(("place", "words"), WORDS.items(), ids=lambda x: "-".join(x)[:40])
def test_a_sentence_says_what_the_cell_says_and_leads_to_it(
    place: tuple[str, str], words: str
) -> None:
    key, option = place
    drawn = capability(option, key, known(), "inference/serverless.md")
    assert words in drawn
    assert f'href="../../reference/capabilities/#inference-{key}"' in drawn


def test_a_changed_cell_changes_the_sentence() -> None:
    record = known().capabilities[GPU]
    cells = {**record.cells, SERVERLESS: Cell(state="yes", has="sagemaker/ProductionVariant")}
    changed = {**known().capabilities, GPU: replace(record, cells=cells)}
    drawn = capability(SERVERLESS, GPU, replace(known(), capabilities=changed), "index.md")
    assert ">supports GPUs<" in drawn
