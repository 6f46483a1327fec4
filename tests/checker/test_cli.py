"""The command line: exit status, JSON that is the verdict itself, all problems at once."""

import json
import os
import subprocess
import sys

import pytest

from checker import cli as command
from checker.knowledge.answers import read_answers
from macros.files import ROOT
from tests import support

type Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _with_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    """The knowledge as the YAML has it now, not as it was when something was last built."""
    monkeypatch.setattr(command, "bundled_knowledge", support.known)


def first_scenario(state: str) -> tuple[str, list[str]]:
    """A decision and its answers as arguments, of the first scenario with this state."""
    scenario = next(s for s in support.known().scenarios.values() if s.state == state)
    return scenario.decision, [f"{name}={value}" for name, value in scenario.answers.items()]


@pytest.mark.parametrize(("state", "status"), [("decided", 0), ("nothing-fits", 1)])
def test_the_exit_status_says_whether_it_is_decided(
    state: str, status: int, capsys: Captured
) -> None:
    decision, answers = first_scenario(state)
    assert command.main(["decide", decision, *answers]) == status
    said = capsys.readouterr()
    assert said.out.startswith(decision.upper())
    assert said.err == ""


@pytest.mark.parametrize("record", [[], ["--markdown"]])
def test_a_rule_on_two_options_that_go_together_is_said_once(
    record: list[str], capsys: Captured
) -> None:
    command.main(["decide", "security", "sensitive=yes", *record])
    sentence = support.known().rules["SEC012"].reason
    assert capsys.readouterr().out.count(sentence) == 1


def test_what_follows_from_the_answers_is_not_said_by_the_person(capsys: Captured) -> None:
    answers = ["shift=batches", "first_share=20", "bake=10", "rollout_time=9"]
    command.main(["decide", "rollout", *answers])
    told = capsys.readouterr().out
    assert "[you said duration of the rollout: 9 h] [worked out duration of the rollout" in told


def test_without_answers_it_asks_and_exits_with_1(capsys: Captured) -> None:
    assert command.main(["decide", "inference"]) == 1
    assert "Next question" in capsys.readouterr().out


@pytest.mark.parametrize("state", ["decided", "nothing-fits"])
def test_the_json_is_the_verdict_itself(state: str, capsys: Captured) -> None:
    scenario = next(s for s in support.known().scenarios.values() if s.state == state)
    answers = [f"{name}={value}" for name, value in scenario.answers.items()]
    status = command.main(["decide", scenario.decision, *answers, "--json"])
    found = json.loads(capsys.readouterr().out)
    verdicts = support.session().decide([scenario.decision], scenario.answers)["verdicts"]
    assert found == verdicts[scenario.decision]
    assert status == (0 if found["state"] == "decided" else 1)


BAD = {
    "unknown decision": (["inferense"], ["D001 decision: there is no decision 'inferense'"]),
    "unknown field": (["inference", "paylod=6MB"], ["A001 paylod: there is no such field"]),
    "wrong unit": (["inference", "duration=5 parsecs"], ["Q002 duration: 'parsecs' is not a unit"]),
    "negative": (["inference", "payload=-1MB"], ["A004 payload: -1 MB is below"]),
    "absurd": (["inference", "payload=1e999"], ["Q003 payload: '1e999' is too large to be"]),
    "unknown value": (["inference", "traffic=stedy"], ["A003 traffic: 'stedy' is not a value"]),
    "field given twice": (
        ["inference", "payload=6MB", "payload=7MB"],
        ["A002 payload: two values for one field: '6MB' and '7MB'"],
    ),
    "no equals sign": (["inference", "payload"], ["A000 payload: not field=value"]),
    "unknown hard field": (["inference", "--hard", "paylod"], ["D002 field: there is no field"]),
    "unknown soft field": (["inference", "--soft", "paylod"], ["D002 field: there is no field"]),
    "unknown chosen option": (
        ["inference", "--chosen", "monitoring=nobody"],
        ["D003 option: there is no option 'nobody'"],
    ),
    "chosen option of another decision": (
        ["inference", "--chosen", "rollout=batch-transform"],
        ["D003 option: there is no option 'batch-transform' of 'rollout'"],
    ),
    "hard and soft": (
        ["inference", "--hard", "traffic", "--soft", "traffic"],
        ["D004 field: 'traffic' is both hard and soft"],
    ),
    "unknown chosen decision": (
        ["inference", "--chosen", "nothing=clarify"],
        ["D001 decision: there is no decision 'nothing'"],
    ),
    "all at once": (
        ["inference", "paylod=6MB", "traffic=stedy", "duration=5 parsecs", "--hard", "nothing"],
        ["A001 paylod:", "A003 traffic:", "Q002 duration:", "D002 field:"],
    ),
    "all at once, one without equals sign": (
        ["inference", "payload", "traffic=stedy", "--chosen", "monitoring"],
        ["A000 payload:", "A000 monitoring:", "A003 traffic:"],
    ),
}


@pytest.mark.parametrize(("arguments", "told"), BAD.values(), ids=BAD)
def test_bad_input_lists_every_problem_on_standard_error_and_exits_with_2(
    arguments: list[str], told: list[str], capsys: Captured
) -> None:
    assert command.main(["decide", *arguments]) == 2
    said = capsys.readouterr()
    lines = said.err.splitlines()
    assert said.out == ""
    assert len(lines) == len(told)
    assert all(any(line.startswith(start) for line in lines) for start in told), lines


def test_a_problem_says_what_is_accepted(capsys: Captured) -> None:
    command.main(["decide", "inference", "duration=5 parsecs", "trafic=steady"])
    lines = capsys.readouterr().err.splitlines()
    assert lines[0].endswith("(accepted: ms, s, min, h, d, weeks, months, years)")
    assert lines[1].endswith("(did you mean traffic?)")


def test_a_number_that_no_computer_holds_is_no_usable_one_in_form_and_command(
    capsys: Captured,
) -> None:
    said, hint = "'1e999 mb' is too large to be a usable number", "accepted: bytes, KB, MB, GB"
    command.main(["decide", "inference", "payload=1e999 MB"])
    assert f"Q003 payload: {said} ({hint}" in capsys.readouterr().err
    (problem,) = read_answers(support.known(), {"payload": "1e999 MB"})[1]
    assert (problem.message, problem.hint[: len(hint)]) == (said, hint)


@pytest.mark.parametrize("shapes", [["--json", "--markdown"], ["--markdown", "--json"]])
@pytest.mark.parametrize("words", [["decide", "inference"], ["cost", "real-time-endpoint"]])
def test_two_shapes_of_one_verdict_exclude_each_other(
    words: list[str], shapes: list[str], capsys: Captured
) -> None:
    with pytest.raises(SystemExit) as stopped:
        command.main([*words, *shapes])
    assert stopped.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"argument {shapes[1]}: not allowed with argument {shapes[0]}" in said.err


def test_the_same_value_given_twice_is_one_value(capsys: Captured) -> None:
    decision, answers = first_scenario("decided")
    assert command.main(["decide", decision, *answers, *answers]) == 0


def test_not_sure_on_the_command_line_is_no_answer(capsys: Captured) -> None:
    decision, answers = first_scenario("decided")
    outputs = []
    for extra in ([], ["memory=not sure", "vpc="]):
        command.main(["decide", decision, *answers, *extra])
        outputs.append(capsys.readouterr().out)
    assert outputs[0] == outputs[1]


def test_a_wish_made_soft_brings_its_options_back(capsys: Captured) -> None:
    arguments = ["decide", "inference", "idle_free=yes", "--json"]
    rejected = []
    for extra in ([], ["--soft", "idle_free"]):
        command.main([*arguments, *extra])
        found = json.loads(capsys.readouterr().out)
        rejected.append({item["option"] for item in found["rejected"]})
    assert "serverless-provisioned-concurrency" in rejected[0]
    assert "serverless-provisioned-concurrency" not in rejected[1]


def test_a_choice_in_another_decision_brings_its_clash(capsys: Captured) -> None:
    answers = ["requests=3/h", "--chosen", "monitoring=data-quality-monitor", "--json"]
    command.main(["decide", "inference", *answers])
    found = json.loads(capsys.readouterr().out)
    assert found["recommend"] == ["serverless-inference"]
    assert [clash["clash"] for clash in found["clashes"]] == ["CLA001"]


@pytest.mark.parametrize("decision", support.known().decisions)
def test_the_listing_names_every_option_and_field_of_a_decision(
    decision: str, capsys: Captured
) -> None:
    assert command.main(["options", decision]) == 0
    listing = capsys.readouterr().out
    record = support.known().decisions[decision]
    assert record.question in listing
    assert all(f"  {option}: " in listing for option in record.options)
    assert all(f"  {field}=..." in listing for field in record.fields)


def test_the_listing_of_an_unknown_decision_exits_with_2(capsys: Captured) -> None:
    assert command.main(["options", "inferense"]) == 2
    assert capsys.readouterr().err.startswith("D001 decision: there is no decision 'inferense'")


EXPLAINED = {"rule": "INF001", "fact": "serverless.max_payload", "option": "batch-transform"}


@pytest.mark.parametrize(("kind", "name"), EXPLAINED.items(), ids=EXPLAINED)
def test_what_has_an_id_is_explained_by_it(kind: str, name: str, capsys: Captured) -> None:
    assert command.main(["explain", name]) == 0
    assert json.loads(capsys.readouterr().out)[kind] == name


def test_what_has_no_such_id_is_reported_with_the_nearest(capsys: Captured) -> None:
    assert command.main(["explain", "INF0001"]) == 2
    assert capsys.readouterr().err.startswith("E001 there is nothing called 'INF0001'")


def test_before_the_first_build_it_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def missing() -> None:
        raise FileNotFoundError

    monkeypatch.setattr(command, "bundled_knowledge", missing)
    assert command.main(["decide", "inference"]) == 2
    assert "make build" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["decied"], ["decide"]], ids=["none", "typo", "no name"])
def test_a_command_that_does_not_exist_exits_with_2(arguments: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as caught:
        command.main(arguments)
    assert caught.value.code == 2
    assert "usage: checker" in capsys.readouterr().err


def run(script: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A shell command with ``$C`` for the checker's command line, as a person types it."""
    env = {**os.environ, "C": f"{sys.executable} -m checker", **environment}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", script], cwd=ROOT, env=env, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("script", "status", "says"),
    [
        ("$C options | head -1", 0, ""),
        ("$C options > /dev/full", 2, "I002 the result could not be written"),
        ("$C ask 0<&-", 2, "I001 standard input is closed"),
        ("$C audit nosuch", 2, "D001 decision: there is no decision 'nosuch'"),
        ("$C options nosuch", 2, "D001 decision: there is no decision 'nosuch'"),
        ("$C decide inference payload=5e-324MB", 1, ""),
        ("$C decide inference --file <(printf '[%.0s' {1..5000})", 2, "no JSON"),
        ("$C --version", 0, ""),
    ],
)
def test_an_odd_surrounding_ends_in_a_sentence_and_an_exit_status(
    script: str, status: int, says: str
) -> None:
    done = run(script)
    assert "Traceback" not in done.stderr
    assert done.returncode == status, done.stderr
    assert says in done.stderr


def test_a_locale_without_curly_quotes_gets_the_whole_answer() -> None:
    done = run("$C ask 'payload 6 MB'", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert "Traceback" not in done.stderr
    assert "6 MB" in done.stdout


def test_one_bad_line_in_a_stream_is_answered_and_loses_no_other() -> None:
    lines = [
        '{"id": "\\ud800", "text": "6 MB payload"}',
        "[" * 100_000,
        "",
        '{"id": NaN, "text": "x"}',
        '{"id": 2, "text": "x", "text": "y"}',
        '{"id": 3, "text": "x"}',
    ]
    done = subprocess.run(
        [sys.executable, "-m", "checker", "ask", "--jsonl"],
        input="\n".join(lines),
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["\ud800", None, None, None, 3]
    assert "nested too deeply" in answers[1]["problems"][0]["message"]
    assert "NaN is no JSON" in answers[2]["problems"][0]["message"]
    assert 'the key "text" is there twice' in answers[3]["problems"][0]["message"]
