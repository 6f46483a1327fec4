"""Templates and Terraform plans: the same rules on their own lines, and no guesses."""

import json

import pytest

from tests.configurations import TEMPLATE, checked, codes
from tests.fault_table import FOLDER


def test_a_template_is_held_to_the_same_rules_on_its_lines() -> None:
    report = checked(TEMPLATE.replace("MEMORY", "5000"))
    assert [(finding.code, finding.line) for finding in report.problems] == [
        ("INF005", 7),
        ("CFG001", 16),
    ]


@pytest.mark.parametrize("memory", ["!Ref Memory", "!If [Large, 5000, 2048]", "!Sub '${Memory}'"])
def test_what_a_template_leaves_open_is_not_guessed(memory: str) -> None:
    assert codes(checked(TEMPLATE.replace("MEMORY", memory))) == ["INF005"]


@pytest.mark.parametrize(
    "member",
    [
        "DataCaptureConfig: !If [Captured, {EnableCapture: true}, !Ref AWS::NoValue]",
        "AsyncInferenceConfig: !If [Queued, !Ref Queue, !Ref AWS::NoValue]",
        "KmsKeyId: !If [Encrypted, !Ref Key, !Ref AWS::NoValue]",
    ],
)
def test_a_member_that_may_not_be_there_breaks_nothing(member: str) -> None:
    text = TEMPLATE.replace("MEMORY", "2048") + f"      {member}\n"
    assert codes(checked(text)) == ["INF005"]


def test_warm_capacity_scaled_by_a_stack_is_a_warning_because_sources_disagree() -> None:
    target = {
        "Type": "AWS::ApplicationAutoScaling::ScalableTarget",
        "Properties": {
            "ServiceNamespace": "sagemaker",
            "ResourceId": "endpoint/scores/variant/main",
            "ScalableDimension": "sagemaker:variant:DesiredProvisionedConcurrency",
            "MinCapacity": 1,
            "MaxCapacity": 4,
        },
    }
    (found,) = checked(json.dumps({"Resources": {"Target": target}})).findings
    assert (found.level, found.code) == ("warning", "CFG020")
    assert "Sources disagree" in found.message


def test_intrinsics_in_json_are_read_as_in_yaml() -> None:
    config = {
        "Type": "AWS::SageMaker::EndpointConfig",
        "Properties": {
            "ProductionVariants": [
                {
                    "VariantName": {"Fn::Sub": "${Stage}-main"},
                    "ModelName": {"Fn::GetAtt": ["Model", "ModelName"]},
                    "InstanceType": {"Ref": "AWS::NoValue"},
                    "ServerlessConfig": {"MemorySizeInMB": {"Ref": "Memory"}, "MaxConcurrency": 5},
                }
            ]
        },
    }
    model = {
        "Type": "AWS::SageMaker::Model",
        "Properties": {"EnableNetworkIsolation": "true", "PrimaryContainer": {"Image": "a"}},
    }
    text = json.dumps({"Resources": {"Config": config, "Model": model}})
    assert codes(checked(text, "a.json")) == ["SEC002"]


def plan(**changes: object) -> str:
    whole = json.loads((FOLDER / "valid/plan.json").read_text(encoding="utf-8"))
    resources = whole["planned_values"]["root_module"]["resources"]
    resources[1]["values"]["production_variants"][0].update(changes)
    return json.dumps(whole, indent=1)


def test_a_terraform_plan_is_held_to_the_same_rules() -> None:
    serverless = [{"memory_size_in_mb": 5000, "max_concurrency": 5}]
    found = checked(plan(serverless_config=serverless), "plan.json")
    assert codes(found) == ["CFG002", "CFG001", "ROL064"]
    assert all(finding.line > 1 for finding in found.problems)


def test_a_plan_links_what_its_names_leave_open() -> None:
    whole = json.loads(plan(serverless_config=[{"memory_size_in_mb": 2048, "max_concurrency": 5}]))
    resources = whole["planned_values"]["root_module"]["resources"]
    variant = resources[1]["values"]["production_variants"][0]
    for name in ("instance_type", "initial_instance_count", "model_name"):
        del variant[name]
    del resources[0]["values"]["name"]
    resources[0]["values"]["vpc_config"] = [{"subnets": ["a"], "security_group_ids": ["b"]}]
    del resources[2]
    whole["configuration"] = {
        "root_module": {
            "resources": [
                {
                    "address": "aws_sagemaker_endpoint_configuration.demo",
                    "expressions": {
                        "production_variants": [
                            {"model_name": {"references": ["aws_sagemaker_model.demo"]}}
                        ]
                    },
                }
            ]
        }
    }
    assert codes(checked(json.dumps(whole), "plan.json")) == ["INF005"]
