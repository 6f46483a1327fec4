"""Every decision passes the audit, and the audit finds what it is there for."""

from dataclasses import replace

import pytest

from checker.knowledge.model import Knowledge, Rule
from checker.rules.audit import audit
from tests.support import known

DECISIONS = tuple(known().decisions)
# What the audit finds and people have looked at. A gap: nothing fits, because the wish itself is
# ruled out by the other answer. Masked or unreachable: it needs three answers to matter, or it is
# what speaks for an option that wins anyway.
KNOWN = {
    "endpoint-type": {
        ("gap", "many_gpus=yes, serving=serverless-inference"),
        ("gap", "zero_instances=yes, cold_start_ok=no"),
        ("gap", "zero_instances=yes, model_monitor=yes"),
        ("masked", "END069"),
    },
    "rollout": {
        ("gap", "rollout_goal=replace, bake=1.01 h"),
        ("gap", "shift=small-first, serving=serverless-inference"),
        ("gap", "shift=steps, serving=serverless-inference"),
        ("gap", "shift=batches, serving=serverless-inference"),
        ("masked", "ROL072"),
        ("masked", "ROL082"),
        ("masked", "ROL083"),
        ("masked", "ROL084"),
    },
    "monitoring": {
        ("gap", "watch=bias, groups=no"),
        ("masked", "MON006"),
        ("masked", "MON013"),
        ("masked", "MON030"),
        ("masked", "MON040"),
    },
    "tracking": {
        ("gap", "account=new, script_changes=no"),
        ("gap", "runs=9.9 runs, tensorboard_region=other"),
        ("gap", "runs=10 runs, tensorboard_region=other"),
        ("masked", "TRK070"),
    },
    "security": {
        ("gap", "vpc=yes, subnets=16.16 subnets"),
        ("gap", "vpc=yes, security_groups=5.05 security groups"),
        ("gap", "encrypt_nodes=yes, training_nodes=0.99 nodes"),
        ("gap", "encrypt_nodes=yes, training_nodes=1 node"),
        ("masked", "SEC023"),
    },
    "optimization": {
        ("gap", "improve=follow-load, runs_on=device"),
        ("gap", "improve=measure, runs_on=device"),
        ("gap", "improve=shrink, runs_on=device"),
        ("gap", "improve=chip, runs_on=device"),
        ("gap", "improve=on-site, runs_on=cloud"),
        ("gap", "improve=some-gpu, runs_on=device"),
        ("gap", "improve=some-gpu, serving=serverless-inference"),
    },
    "orchestration": {("gap", "orchestrate=start, start_by=hand"), ("masked", "ORC038")},
    "retraining": {("masked", "RET015")},
    "cost": {("gap", "spend=storage, access=frequent"), ("masked", "COS018")},
    "observability": {
        ("gap", "trace_where=built-in, tracing_library=opentelemetry"),
        ("gap", "trace_where=built-in, tracing_library=xray-sdk"),
        ("masked", "OBS026"),
    },
}


@pytest.mark.parametrize("decision", DECISIONS)
def test_a_decision_has_no_gap_no_masked_rule_and_no_dead_option(
    knowledge: Knowledge, decision: str
) -> None:
    found = audit(knowledge, decision)
    assert {(item.kind, item.what) for item in found.findings} == KNOWN.get(decision, set())
    assert found.cases > 50


def with_rule(knowledge: Knowledge, key: str, rule: Rule) -> Knowledge:
    return replace(knowledge, rules={**knowledge.rules, key: rule})


def test_a_rule_that_changes_nothing_is_found(knowledge: Knowledge) -> None:
    twin = knowledge.rules["MON010"]
    found = audit(with_rule(knowledge, "MON998", twin), "monitoring")
    assert {f.what for f in found.findings if f.kind == "masked"} >= {"MON010", "MON998"}


def test_a_rule_without_source_is_found(knowledge: Knowledge) -> None:
    bare = replace(knowledge.rules["MON006"], fact=None)
    found = audit(with_rule(knowledge, "MON006", bare), "monitoring")
    assert ("no source", "MON006") in {(f.kind, f.what) for f in found.findings}


def test_an_option_that_nothing_recommends_is_found(knowledge: Knowledge) -> None:
    never = replace(
        knowledge.rules["MON010"],
        options=("model-quality-monitor",),
        when={"none": ({"labels": {"one_of": ("never", "later", "at-once")}},)},
    )
    also = replace(never, when={"none": ({"watch": {"one_of": ("quality",)}},)})
    changed = with_rule(with_rule(knowledge, "MON997", never), "MON998", also)
    found = audit(changed, "monitoring")
    assert ("unreachable", "model-quality-monitor") in {(f.kind, f.what) for f in found.findings}


def test_wishes_that_leave_nothing_are_a_gap(knowledge: Knowledge) -> None:
    wish = replace(
        knowledge.rules["MON006"],
        options=knowledge.decisions["monitoring"].options,
        strength="need",
        when={"data": {"is": "tabular"}},
    )
    found = audit(with_rule(knowledge, "MON998", wish), "monitoring")
    assert any(f.kind == "gap" and "data=" in f.what for f in found.findings)
