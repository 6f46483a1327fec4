"""Configurations: known faults are found on their lines, valid files pass, bad ones are told."""

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cfnlint.schema import PROVIDER_SCHEMA_MANAGER

from checker import cli as command
from checker.config import Report, check
from checker.config.cloudformation import OWN, TYPES
from checker.config.shapes import Shapes
from macros.files import ROOT, SOURCE
from macros.knowledge.shapes import api_shapes
from tests import fault_table
from tests.fault_table import FAULTS, FOLDER, VALID, by_botocore, fault_file, ours
from tests.support import known

TEMPLATE = """
Resources:
  Model:
    Type: AWS::SageMaker::Model
    Properties:
      ExecutionRoleArn: !GetAtt Role.Arn
      VpcConfig: {Subnets: !Ref Subnets, SecurityGroupIds: [!Ref Group]}
      PrimaryContainer: {Image: !Ref Image}
  Config:
    Type: AWS::SageMaker::EndpointConfig
    Properties:
      ProductionVariants:
        - VariantName: main
          ModelName: !GetAtt Model.ModelName
          ServerlessConfig:
            MemorySizeInMB: MEMORY
            MaxConcurrency: "5"
"""


def checked(text: str | bytes, name: str = "given.yml") -> Report:
    return check({name: text}, known())


def codes(report: Report) -> list[str]:
    return [finding.code for finding in report.problems]


@pytest.mark.parametrize("name", FAULTS)
def test_a_known_fault_is_found(name: str) -> None:
    assert fault_table.codes(name) == FAULTS[name]["codes"]


@pytest.mark.parametrize("name", FAULTS)
def test_a_finding_says_where_and_why_and_what_to_do(name: str) -> None:
    lines = fault_file(name).read_text(encoding="utf-8").splitlines()
    for finding in ours(fault_file(name)).problems:
        assert finding.hint
        assert finding.checked
        assert finding.source
        steps = [step.partition("[")[0] for step in finding.path.split(".")]
        assert any(f'"{step}"' in line for step in steps for line in lines[: finding.line])


@pytest.mark.parametrize("name", VALID)
def test_a_valid_configuration_has_no_problem(name: str) -> None:
    report = ours(FOLDER / "valid" / name)
    assert (codes(report), report.unreadable) == ([], ())
    assert report.requests


def test_every_file_is_in_the_index() -> None:
    assert {path.stem for path in (FOLDER / "faults").iterdir()} == set(FAULTS)
    assert {path.name for path in (FOLDER / "valid").iterdir()} == set(VALID)
    assert len(FAULTS) >= 25
    assert len(VALID) >= 20


def test_the_table_of_faults_is_as_measured() -> None:
    table = json.loads(fault_table.FAULT_TABLE.read_bytes())
    stored = {row["says"]: row for row in table["faults"]}
    assert list(stored) == [fault["says"] for fault in FAULTS.values()]
    for name, fault in FAULTS.items():
        row = stored[fault["says"]]
        assert row["ours"] == fault["codes"]
        assert row["source"] == fault["source"]
        assert row["botocore"] is by_botocore(fault_file(name))
    assert (table["valid"], table["false alarms"]) == (len(VALID), 0)


SOME = ("serverless-memory-step", "serverless-concurrency-zero", "batch-timeout-too-long")


def test_cfn_lint_says_what_the_table_says() -> None:
    table = json.loads(fault_table.FAULT_TABLE.read_bytes())
    stored = {row["says"]: row["cfn-lint"] for row in table["faults"]}
    found = [fault_table.by_cfn_lint(fault_file(name)) for name in SOME]
    assert found == [stored[FAULTS[name]["says"]] for name in SOME]
    assert found == [False, True, None]


def test_the_members_are_those_of_the_api_model() -> None:
    stored = json.loads((SOURCE.parent / "shapes.json").read_bytes())
    ignored = ("checked", "version")
    assert {k: v for k, v in stored.items() if k not in ignored} == {
        k: v for k, v in api_shapes().items() if k not in ignored
    }


def test_a_bound_is_that_of_a_fact() -> None:
    bounds = Shapes(known()).bounds["sagemaker/ServerlessMaxConcurrency"]
    assert {(bound.kind, bound.fact) for bound in bounds} == {
        ("max", "serverless.max_concurrency"),
        ("min", "serverless.max_concurrency"),
    }


def test_a_limit_on_which_sources_disagree_is_a_warning_that_says_so() -> None:
    (found,) = ours(fault_file("scaling-real-time-to-zero")).findings
    assert (found.level, found.code) == ("warning", "CFG018")
    assert "Sources disagree" in found.message


@pytest.mark.parametrize(
    ("name", "says"),
    [("monitored.json", "Closed to new customers"), ("two-gpus.json", "can be 0 instances")],
)
def test_life_cycles_and_quotas_are_warnings(name: str, says: str) -> None:
    (found,) = ours(FOLDER / "valid" / name).findings
    assert found.level == "warning"
    assert says in found.message
    assert found.checked


def test_an_explainer_is_a_service_that_is_closed_to_new_customers() -> None:
    text = CONFIG[:-1] + ', "ExplainerConfig": {"ClarifyExplainerConfig": {}}}'
    (found,) = [f for f in checked(text).findings if f.code == "L001"]
    assert "SageMaker Clarify" in found.message


# --- Templates and plans ------------------------------------------------------------------------


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


def refused(kind: str) -> list[str]:
    """Writable properties of a resource, by cfn-lint's schema, that the checker does not know."""
    schema = PROVIDER_SCHEMA_MANAGER.get_resource_schema("us-east-1", kind).schema
    names = {place.split("/")[2] for place in schema.get("readOnlyProperties", ())}
    given = {k: v for k, v in schema["properties"].items() if k not in names}
    return list(_unknown(schema, given, Shapes(known()).operations[TYPES[kind]], ()))


def _unknown(schema: Any, given: Any, shape: str, seen: tuple[str, ...]) -> Iterator[str]:
    members = known().shapes[shape].get("members", {})
    for name, inner in given.items():
        if name not in members:
            yield from [] if name in OWN or not members else [name]
            continue
        below, shape_below = inner, f"{shape.partition('/')[0]}/{members[name]}"
        while "$ref" in below or "items" in below:
            if "items" in below:
                below = below["items"]
                shape_below = f"{shape.partition('/')[0]}/{known().shapes[shape_below]['of']}"
            else:
                below = schema["definitions"][below["$ref"].rpartition("/")[2]]
        if shape_below not in seen:
            yield from _unknown(schema, below.get("properties", {}), shape_below, (*seen, shape))


@pytest.mark.parametrize("kind", sorted(TYPES.keys() - {"AWS::SageMaker::TransformJob"}))
def test_each_property_of_a_resource_is_known(kind: str) -> None:
    assert refused(kind) == []


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


# --- Several at once ----------------------------------------------------------------------------

VARIANT = """{"VariantName": "v", "ModelName": "m",
 "ServerlessConfig": {"MemorySizeInMB": %s, "MaxConcurrency": 1}}"""
CONFIG = '{"EndpointConfigName": "c", "ProductionVariants": [%s]}' % (VARIANT % 2048)
IN_VPC = """{"ModelName": "m", "ExecutionRoleArn": "arn:aws:iam::111122223333:role/r",
 "PrimaryContainer": {"Image": "i"}, "VpcConfig": {"Subnets": ["s"], "SecurityGroupIds": ["g"]}}"""


def test_requests_are_known_by_their_members_and_files_belong_together() -> None:
    report = check({"config.json": CONFIG, "model.json": IN_VPC}, known())
    assert [(finding.code, finding.file) for finding in report.problems] == [
        ("INF005", "model.json")
    ]


def test_a_name_that_two_files_give_belongs_to_its_own_file() -> None:
    dev = f'{{"CreateModel": {IN_VPC}}}'
    prod = f'{{"CreateEndpointConfig": {CONFIG}, "CreateModel": {IN_VPC}}}'
    report = check({"dev.json": dev, "prod.json": prod}, known())
    assert [(finding.code, finding.file) for finding in report.problems] == [
        ("INF005", "prod.json")
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"[{VARIANT % 5000}]",
        f'[{{"create-endpoint-config": {CONFIG.replace("2048", "5000")}}}]',
        f'{{"create_endpoint_config": [{CONFIG.replace("2048", "5000")}]}}',
        CONFIG.replace("2048", "5000").replace('"c",', '"c", "CreationTime": "today",'),
        f"---\n{CONFIG}\n---\n{CONFIG.replace('2048', '5000')}\n",
    ],
)
def test_every_way_to_write_requests_is_read(text: str) -> None:
    assert codes(checked(text)) == ["CFG001"]


# --- Bad input ----------------------------------------------------------------------------------

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 12)
)
BAD: dict[str, tuple[bytes, int, str]] = {
    "empty.yml": (b"", 1, "the file is empty"),
    "blank.json": (b"\n\n", 1, "the file is empty"),
    "huge.json": (b"[" + b" " * 10_000_000 + b"]", 1, "10,000,002 bytes"),
    "huge.yml": (b"a: b\n" * 2_000_000, 1, "10,000,000 bytes"),
    "binary.json": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), 1, "not UTF-8"),
    "zeros.yml": (bytes(4000), 1, "control character U+0000"),
    "utf16.json": ("{}".encode("utf-16"), 1, "UTF-16"),
    "cyclic.yml": (b"a: &a\n  b: *a\n", 1, "an alias that contains itself"),
    "bomb.yml": (BOMB.encode(), 6, "aliases that mean more than"),
    "aliases.yml": (b"x: &x 1\ny:\n" + b"- *x\n" * 150_000, 1003, "aliases"),
    "deep.json": (b"[" * 500_000, 1, "nested more than"),
    "deep.yml": (b"a: " + b"[" * 5000, 1, "nested more than"),
    "comma.json": (b'{"a": 1,\n}', 1, "not JSON"),
    "open.json": (b'{\n"a": 1\n', 3, "not JSON"),
    "twice.json": (b'{"a": 1,\n"a": 2}', 2, "listed twice (first on line 1)"),
    "twice.yml": (b"a: 1\na: 2\n", 2, "listed twice (first on line 1)"),
    "tab.yml": (b"a:\n\t- b\n", 2, "not YAML"),
    "text.yml": (b"hello", 1, "no configuration that is known"),
    "list.json": (b"[1, 2]", 1, "no configuration that is known"),
    "crlf.json": (b'{\r\n"a": 1,\r\n"a": 2}', 3, "listed twice"),
    "object.yml": (b"!!python/object/apply:os.system ['ls']", 1, "no configuration"),
    "type.yml": (b"Resources:\n  A:\n    Type: AWS::SageMaker::EndpointConfigs\n", 3, "no"),
    "requests.json": (b"[" + b'{"CreateEndpoint": {}},' * 3000 + b"{}]", 1, "more than 200"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_is_told_with_its_line_within_a_second(name: str) -> None:
    content, line, said = BAD[name]
    start = time.perf_counter()
    report = checked(content, name)
    assert time.perf_counter() - start < 1
    (found,) = report.unreadable
    assert (found.file, found.line) == (name, line)
    assert said in found.message


@pytest.mark.parametrize(
    "content", [b'\xef\xbb\xbf{"EndpointName": "e", "EndpointConfigName": "c"}']
)
def test_a_byte_order_mark_is_no_fault(content: bytes) -> None:
    assert checked(content, "a.json").plain()["state"] == "clean"


@pytest.mark.parametrize("value", ["null", "3", '"x"', "[]", "{}", "[[1]]", "1e999", "-5", "NaN"])
@pytest.mark.parametrize("member", ["ProductionVariants", "DataCaptureConfig", "KmsKeyId"])
def test_a_value_of_any_type_is_told_and_never_crashes(member: str, value: str) -> None:
    text = f'{{"CreateEndpointConfig": {{"EndpointConfigName": "c", "{member}": {value}}}}}'
    assert checked(text, "a.json").plain()["state"] == "problems"


def test_a_missing_yaml_reader_is_told_with_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "yaml", None)
    (found,) = checked("a: b").unreadable
    assert "pip install" in found.hint
    assert checked(CONFIG, "a.json").plain()["state"] == "clean"


# --- The command line ---------------------------------------------------------------------------


def test_the_exit_status_says_clean_problems_or_unreadable(tmp_path: Path) -> None:
    bad = tmp_path / "bad.json"
    bad.write_bytes(b"{")
    clean, faulty = FOLDER / "valid/real-time.json", fault_file("canary-too-large")
    assert command.main(["check", str(clean)]) == 0
    assert command.main(["check", str(clean), str(faulty)]) == 1
    assert command.main(["check", str(bad), str(faulty)]) == 2
    assert command.main(["check", str(tmp_path / "none.json")]) == 2


def test_a_problem_is_printed_with_its_limit_source_date_and_remedy(
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = fault_file("canary-too-large")
    assert command.main(["check", str(path)]) == 1
    out = capsys.readouterr().out
    (finding,) = ours(path).problems
    assert f"{path}:{finding.line}: problem {finding.code} " in out
    for part in (finding.limit, finding.hint, (finding.source or {})["title"], finding.checked):
        assert str(part) in out
    assert "1 problem, 0 warnings; 2 requests read." in out


def test_json_and_annotations_hold_the_same_findings(capsys: pytest.CaptureFixture[str]) -> None:
    path = str(fault_file("monitor-multi-model"))
    command.main(["check", "--json", path])
    found = json.loads(capsys.readouterr().out)
    command.main(["check", "--github", path])
    lines = capsys.readouterr().out.splitlines()
    assert [found["state"], len(lines)] == ["problems", 2]
    kinds = {finding["code"]: finding["level"] for finding in found["problems"] + found["warnings"]}
    assert kinds == {"MON004": "problem", "L001": "warning"}
    assert lines[0].startswith(f"::error file={path},line=")
    assert lines[1].startswith("::warning ")


def test_a_hook_passes_over_files_about_something_else(tmp_path: Path) -> None:
    other = tmp_path / "package.json"
    other.write_text('{"name": "x", "version": "1"}', encoding="utf-8")
    assert command.main(["check", "--skip-unknown", str(other)]) == 0
    assert command.main(["check", str(other)]) == 2
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")
    assert "entry: sagemaker-checker check --skip-unknown" in hooks
