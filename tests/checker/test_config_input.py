"""Configurations from people: several files, bad files, and the command line."""

import json
import time
from pathlib import Path

import pytest

from checker import cli as command
from checker.config import check
from macros.files import ROOT
from tests.configurations import CONFIG, VARIANT, checked, codes
from tests.fault_table import FOLDER, fault_file, ours
from tests.support import known

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
