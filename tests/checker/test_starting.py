"""Starting points: accepted by AWS's models, within its limits, and scaled by the right metric."""

import json
from collections.abc import Mapping
from typing import Any

import pytest

from checker import cli as command
from checker.knowledge.model import Knowledge
from checker.starting import FORMS, OPTIONS
from checker.starting.start import PLANS, RENDERERS
from macros.files import ROOT
from tests import support
from tests.starting import ANSWERS, calls_of, cases, faults, text_of

type Json = dict[str, Any]

PROVIDER: Json = json.loads((ROOT / "tests/data/terraform-aws.json").read_bytes())["resources"]


def test_each_option_that_says_so_has_a_plan_in_each_form() -> None:
    assert tuple(PLANS) == OPTIONS
    assert tuple(RENDERERS) == FORMS
    assert {option for _, option, _ in cases().values()} == set(OPTIONS)


def test_each_option_of_serving_and_release_has_a_starting_point() -> None:
    decided = support.known().decisions
    options = [
        o for name in ("inference", "endpoint-type", "rollout") for o in decided[name].options
    ]
    assert set(options) - set(OPTIONS) == set()


@pytest.mark.parametrize("case", cases())
def test_aws_accepts_each_call_of_the_script(case: str) -> None:
    calls = calls_of(text_of(case, "boto3"))
    assert [fault for call in calls for fault in faults(call)] == []
    assert len(calls) > 1


def test_a_call_beyond_the_model_is_found() -> None:
    bad = text_of("serverless-inference-0", "boto3").replace('cy": 20', 'cy": 300')
    assert "MaxConcurrency" in str([faults(call) for call in calls_of(bad)])


METRICS = {
    "real-time-endpoint": ["SageMakerVariantInvocationsPerInstance"],
    "async-inference": ["ApproximateBacklogSizePerInstance", "HasBacklogWithoutCapacity"],
    "serverless-provisioned-concurrency": ["SageMakerVariantProvisionedConcurrencyUtilization"],
    "inference-components": ["SageMakerInferenceComponentInvocationsPerCopy"],
    "multi-model-endpoint": ["SageMakerVariantInvocationsPerInstance"],
    "serverless-inference": [],
    "batch-transform": [],
}


@pytest.mark.parametrize("option", METRICS)
def test_each_option_scales_on_a_metric_that_it_publishes(option: str) -> None:
    calls = calls_of(text_of(f"{option}-0", "boto3"))
    shown = json.dumps([settings for service, _, settings in calls if service != "sagemaker"])
    named = {metric for metrics in METRICS.values() for metric in metrics if metric in shown}
    assert named == set(METRICS[option])


@pytest.mark.parametrize("case", ["async-inference-0", "inference-components-3"])
def test_scaling_to_zero_has_all_its_parts(case: str) -> None:
    made = [(operation, settings) for _, operation, settings in calls_of(text_of(case, "boto3"))]
    (target,) = [settings for operation, settings in made if operation == "RegisterScalableTarget"]
    policies = {s["PolicyType"] for operation, s in made if operation == "PutScalingPolicy"}
    (alarm,) = [settings for operation, settings in made if operation == "PutMetricAlarm"]
    assert target["MinCapacity"] == 0
    assert policies == {"TargetTrackingScaling", "StepScaling"}
    assert len(alarm["AlarmActions"]) == 1
    assert (alarm["EvaluationPeriods"], alarm["Threshold"]) == (1, 1)
    assert alarm["ComparisonOperator"] == "GreaterThanOrEqualToThreshold"


GUARDED = [
    c
    for c, (_, o, _) in cases().items()
    if o in ("all-at-once", "blue-green", "canary", "linear", "rolling")
]


@pytest.mark.parametrize("case", GUARDED)
def test_a_rollout_goes_back_on_alarms_and_has_time_for_its_waits(case: str) -> None:
    calls = calls_of(text_of(case, "boto3"))
    (update,) = [settings for _, operation, settings in calls if operation == "UpdateEndpoint"]
    alarms = [s["AlarmName"] for _, operation, s in calls if operation == "PutMetricAlarm"]
    config = update["DeploymentConfig"]
    back = config["AutoRollbackConfiguration"]["Alarms"]
    assert [alarm["AlarmName"] for alarm in back] == alarms != []
    policy = config.get("BlueGreenUpdatePolicy") or config["RollingUpdatePolicy"]
    assert _waits(policy) < policy["MaximumExecutionTimeoutInSeconds"]


def _waits(policy: Json) -> float:
    routing = policy.get("TrafficRoutingConfiguration")
    if routing is None:
        return policy["WaitIntervalInSeconds"] * 100 / policy["MaximumBatchSize"]["Value"]
    steps = {"ALL_AT_ONCE": 1.0, "CANARY": 2.0}.get(routing["Type"]) or (
        100 / routing["LinearStepSize"]["Value"]
    )
    return routing["WaitIntervalInSeconds"] * steps + policy["TerminationWaitInSeconds"]


RATE = {"requests": "20/s", "duration": "500 ms"}
ANSWERED = {
    "memory in steps": ("serverless-inference", {"memory": "2.5 GB"}, "MemorySizeInMB", 3072),
    "derived slots": ("serverless-inference", RATE, "MaxConcurrency", 10),
    "share": ("canary", {"first_share": "7%"}, "Value", 7),
    "bake time": ("canary", {"bake": "7 min"}, "WaitIntervalInSeconds", 420),
    "timeout": ("batch-transform", {"duration": "20 min"}, "InvocationsTimeoutInSeconds", 1200),
    "payload": ("batch-transform", {"payload": "41.2 MB"}, "MaxPayloadInMB", 42),
}


@pytest.mark.parametrize("name", ANSWERED)
@pytest.mark.parametrize("form", FORMS)
def test_answers_become_settings(name: str, form: str) -> None:
    option, given, member, value = ANSWERED[name]
    decision = support.known().options[option].decision
    text = support.session().start(decision, given, form, option)["text"]
    snake = "".join(f"_{s.lower()}" if s.isupper() else s for s in member)
    names = (member, snake.lstrip("_"), snake.lstrip("_").replace("_m_b", "_mb"))
    squeezed = text.replace(" ", "").replace('"', "")
    assert any(f"{n}{sign}{value}" in squeezed for n in names for sign in ":=")


@pytest.fixture
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "bundled_knowledge", support.known)


SCALED = ("optimization", "--option=auto-scaling")
BAD: Mapping[str, tuple[list[str], int, str]] = {
    "no verdict": (["monitoring"], 1, "S002 monitoring: no option to start from"),
    "nothing fits": (["inference", "caller=waits", "payload=30GB"], 1, "S002"),
    "ruled out": (["inference", "payload=9MB", "--option=serverless-inference"], 1, "S004"),
    "unknown option": (
        ["inference", "--option=serverless-inferense"],
        2,
        "did you mean serverless-inference?",
    ),
    "of another decision": (["inference", "--option=canary"], 2, "S003 inference"),
    "unknown decision": (["inferense"], 2, "D001"),
    "unknown field": (["inference", "paylod=1"], 2, "A001 paylod"),
    "no pair": (["inference", "payload"], 2, "A000 payload"),
    "not in this language": (
        [*SCALED, "serving=serverless-inference", "--as=cloudformation"],
        2,
        "S005 cloudformation: The developer guide says that CloudFormation does not support",
    ),
}


@pytest.mark.usefixtures("_known")
@pytest.mark.parametrize("name", BAD)
def test_bad_requests_name_place_and_remedy(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, status, words = BAD[name]
    assert command.main(["start", *arguments]) == status
    said = capsys.readouterr()
    assert words in said.err
    assert said.out == ""


@pytest.mark.usefixtures("_known")
def test_the_command_prints_the_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["start", "rollout", "--option", "canary", "--as", "terraform"]) == 0
    assert capsys.readouterr().out == text_of("canary-0", "terraform")


@pytest.mark.usefixtures("_known")
def test_answers_may_follow_the_options(capsys: pytest.CaptureFixture[str]) -> None:
    given = [f"{name}={value}" for name, value in ANSWERS["rollout"][2].items()]
    assert command.main(["start", "rollout", "--option", "canary", *given]) == 0
    assert capsys.readouterr().out == text_of("canary-2", "boto3")
    with pytest.raises(SystemExit, match="2"):
        command.main(["start", "rollout", "--optoin", "canary", *given])
    assert "unrecognized arguments: --optoin" in capsys.readouterr().err


def test_what_a_person_writes_stays_a_comment() -> None:
    known: Knowledge = support.known()
    assert known.fields["payload"].kind == "quantity"
    found = support.session().start("inference", {"payload": '1 MB\n"""\nimport os'}, "boto3")
    assert found["text"] == ""
    assert found["problems"][0]["where"] == "payload"
