"""Bad figures are refused by name, options without a figure say so, and nothing is guessed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import cli as command
from checker.cost.options import FORMULAS
from checker.cost.workload import NAMES
from tests import support

type Captured = pytest.CaptureFixture[str]

GOOD = {"requests": "1M/month", "duration": "200 ms", "memory": "2 GB", "instance": "ml.m5.large"}
PAIR = ["real-time-endpoint", "serverless-inference"]


def beyond(fact: str) -> str:
    """A tenth more than a fact's limit."""
    limit = support.known().facts[fact]
    assert isinstance(limit.value, int | float)
    return f"{limit.value * 1.1} {limit.unit}"


def cost(given: dict[str, str], options: list[str] = PAIR, **more: Any) -> dict[str, Any]:
    return support.session().cost(given, options, **more)


BAD = {
    "negative requests": ({"requests": "-1"}, "requests", "requests such as 1M/month"),
    "absurd requests": ({"requests": "9e15"}, "requests", "up to 1,000,000M a month"),
    "no number": ({"requests": "many"}, "requests", "requests such as 1M/month"),
    "decimal comma": ({"requests": "1,5M/month"}, "requests", "requests such as 1M/month"),
    "another unit": ({"duration": "2 GB"}, "duration", "a time above 0"),
    "no time": ({"duration": "0 s"}, "duration", "a time above 0"),
    "negative time": ({"duration": "-1 s"}, "duration", "a time above 0"),
    "a memory that serverless lacks": ({"memory": "2.5 GB"}, "memory", "1, 2, 3, 4, 5 or 6 GB"),
    "no memory": ({"memory": "0 GB"}, "memory", "a size such as 2 GB"),
    "too many slots": ({"concurrency": "100001"}, "concurrency", "a whole number from 1 to"),
    "half a slot": ({"concurrency": "1.5"}, "concurrency", "a whole number from 1 to"),
    "no instance": ({"instances": "0"}, "instances", "from 1 to 10,000"),
    "longer than the month": ({"hours": "731"}, "hours", "hours from 0 to 730"),
    "another month": ({"month": "700"}, "month", "720 (30 days), 730"),
    "no instance type": ({"instance": "m5.large"}, "instance", "a type such as ml.m5.large"),
    "markup for a currency": ({"currency": "<b>"}, "currency", "letters such as USD"),
    "half a Savings Plan": ({"commitment": "0.1"}, "saving", "a share from 0 to 99 %"),
    "more than all": ({"discount": "101 %"}, "discount", "a share from 0 to 100 %"),
    "no such field": ({"memmory": "2 GB"}, "memmory", "did you mean memory?"),
    "too many digits": ({"requests": "1" * 400}, "requests", "requests such as 1M/month"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_figure_is_refused_by_its_name_and_with_what_is_accepted(case: str) -> None:
    bad, where, accepted = BAD[case]
    found = cost({**GOOD, **bad})
    assert "options" not in found
    (problem,) = [p for p in found["problems"] if p["where"] == where]
    assert accepted in problem["hint"]
    assert len(problem["message"]) < 120


@pytest.mark.parametrize(
    ("price", "hint"),
    [
        ("0,115", "0.115"),
        ("$0.115", "a number with a point"),
        ("0.115 EUR", "a number with a point"),
        ("1,234", "1.234"),
        ("cheap", "a number such as 0.115"),
        ("-1", "from 0 to 1,000,000"),
        ("1e9", "from 0 to 1,000,000"),
        ("", "a number such as 0.115"),
    ],
)
def test_a_price_is_a_number_with_a_point(price: str, hint: str) -> None:
    (problem,) = cost(GOOD, own={"ml.m5.large": price})["problems"]
    assert problem["where"] == "price ml.m5.large"
    assert hint in problem["hint"]


def test_all_problems_come_at_once() -> None:
    bad = {"requests": "x", "duration": "0", "memory": "2.5GB", "instances": "0", "zzz": "1"}
    found = cost(bad, ["real-time-endpont", *PAIR], own={"datta": "1"})
    where = {problem["where"] for problem in found["problems"]}
    assert where == {"requests", "duration", "memory", "instances", "zzz", "option", "price"}


def test_an_unknown_instance_type_asks_for_its_price() -> None:
    option = cost({**GOOD, "instance": "ml.c7i.large"}, PAIR[:1])["options"][0]
    assert option["total"] is None
    (missing,) = option["missing"]
    assert missing["sentence"] == "No source shows the price of ml.c7i.large: enter your own."
    own = {"ml.c7i.large": "0.1"}
    assert cost({**GOOD, "instance": "ml.c7i.large"}, PAIR[:1], own=own)["options"][0]["total"]


def test_a_rate_that_no_source_shows_is_asked_for_and_not_derived() -> None:
    option = "serverless-provisioned-concurrency"
    given = {**GOOD, "memory": "3 GB", "concurrency": "1"}
    names = [item["name"] for item in cost(given, [option])["options"][0]["missing"]]
    assert names == ["price of warm at 3 GB", "price of executing at 3 GB"]


def test_a_missing_figure_is_named_by_each_option_that_needs_it() -> None:
    found = cost({"requests": "1000"}, list(FORMULAS))
    missing = {o["option"]: {m["name"] for m in o["missing"]} for o in found["options"]}
    assert missing["real-time-endpoint"] == {"instance"}
    assert missing["serverless-inference"] == {"duration", "memory"}
    assert missing["batch-transform"] == {"instance", "jobs", "job_hours"}
    assert missing["async-inference"] == {"instance", "up_hours"}
    assert all(option["total"] is None for option in found["options"])


def test_what_a_limit_rules_out_has_its_rule_and_is_in_no_crossing_and_on_no_line() -> None:
    found = cost({**GOOD, "duration": beyond("serverless.max_timeout")}, width=600)
    by_option = {option["option"]: option for option in found["options"]}
    assert by_option["serverless-inference"]["out"]["rule"] == "INF002"
    assert found["crossings"] == []
    # A real-time endpoint may stream its answer for longer, as nobody said that it does not.
    assert by_option["real-time-endpoint"]["out"] is None
    assert [line["option"] for line in found["chart"]["lines"]] == ["real-time-endpoint"]
    assert found["chart"]["crossings"] == []


def test_a_memory_beyond_serverless_rules_it_out_and_nothing_else() -> None:
    found = cost({**GOOD, "memory": "8 GB"})
    out = {option["option"]: option["out"] for option in found["options"]}
    assert out["real-time-endpoint"] is None
    assert out["serverless-inference"]["rule"] == "INF003"


def test_answers_to_the_checker_rule_options_out_as_well() -> None:
    given = {**GOOD, "caller": "waits", "up_hours": "10", "idle_free": "yes", "retries": "no"}
    found = cost(given, ["async-inference", "real-time-endpoint", "inference-components"])
    rules = [option["out"] and option["out"]["rule"] for option in found["options"]]
    # Zero instances while idle is what components are for.
    assert rules == ["INF022", "INF080", None]
    assert found["answers"] == {"caller": "waits", "idle_free": "yes", "retries": "no"}


def test_what_instances_cannot_carry_is_not_shown_as_cheap() -> None:
    given = {**GOOD, "requests": "20M/month", "throughput": "300/min"}
    option = cost(given, PAIR[:1])["options"][0]
    assert option["carries"] == "13140000"
    assert option["out"]["sentence"] == (
        "1 instance can process at most 13,140,000 requests a month."
    )


def test_a_break_even_beyond_what_is_carried_is_none() -> None:
    # Serverless would be overtaken at 10,493,750 requests; this instance carries a fifth of that.
    found = cost({**GOOD, "throughput": "48/min"})
    assert found["crossings"] == []
    assert "the most that 1 instance can process" in found["throughout"][0]


def test_old_disputed_and_foreign_prices_say_so() -> None:
    given = {**GOOD, "payload": "20 KB", "currency": "EUR"}
    found = cost(given, today="2026-11-26")
    notes = " ".join(found["notes"])
    assert "older than 90 days" in notes
    assert "only labelled EUR here" in notes
    assert "0.016 EUR is used, 0.02 EUR also seen" in notes
    assert {p["seen"]: p["old"] for p in found["prices"]} == {"2026-02": True}
    fresh = cost({"requests": "1", "instance": "ml.m5.xlarge"}, PAIR[:1], today="2026-11-26")
    assert [price["old"] for price in fresh["prices"]] == [False]
    own = {"ml.m5.large": "0.1", "serverless": "0.00004", "data": "0.02"}
    assert cost(given, own=own, today="2026-11-26")["notes"] == []


@given(
    st.dictionaries(st.sampled_from(sorted(NAMES)), st.text(max_size=30)),
    st.dictionaries(st.sampled_from(["ml.m5.large", "data", "x"]), st.text(max_size=12)),
)
def test_whatever_is_typed_is_answered(given: dict[str, str], own: dict[str, str]) -> None:
    found = support.session().cost(given, own=own, today="2026-11-26", width=320)
    assert json.loads(json.dumps(found)) == found
    assert found["problems"] or "options" in found


@pytest.fixture
def _with_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "bundled_knowledge", support.known)


ARGUMENTS = [
    "cost", *PAIR, "requests=1M/month", "duration=200ms", "memory=2GB",
    "--price", "ml.m5.large=0.115",
]  # fmt: skip


@pytest.mark.usefixtures("_with_knowledge")
def test_the_command_line_says_what_the_session_says(capsys: Captured) -> None:
    assert command.main([*ARGUMENTS, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    given = {"requests": "1M/month", "duration": "200ms", "memory": "2GB"}
    own = {"ml.m5.large": "0.115"}
    same = cost(given, own=own)
    for name in ("options", "crossings", "throughout", "warm", "assumed"):
        assert found[name] == same[name]
    assert [option["total"] for option in found["options"]] == ["83.95", "8"]


@pytest.mark.usefixtures("_with_knowledge")
def test_the_command_line_prints_costs_break_even_csv_and_markdown(capsys: Captured) -> None:
    assert command.main(ARGUMENTS) == 0
    assert "ml.m5.large hours: 730 h x $0.115 = $83.95" in capsys.readouterr().out
    shorter = [ARGUMENTS[0], "break-even", *PAIR, *ARGUMENTS[4:]]
    assert command.main(shorter) == 0
    said = capsys.readouterr().out
    assert "cheaper up to 10,493,750 requests a month" in said
    assert command.main([*ARGUMENTS, "--csv"]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert rows[1] == "real-time-endpoint,instance,730,h,0.115,83.95,USD"
    assert command.main([*ARGUMENTS, "--markdown"]) == 0
    assert "| Serverless Inference | Total |  |  | $8.00 |" in capsys.readouterr().out


@pytest.mark.usefixtures("_with_knowledge")
def test_the_command_line_refuses_bad_and_missing_figures_with_2(capsys: Captured) -> None:
    assert command.main(["cost", "serverless-inference", "requests=x", "memory=2GB"]) == 2
    assert "C002 requests: 'x' is not a number" in capsys.readouterr().err
    assert command.main(["cost", "serverless-inference", "requests=5", "memory=2GB"]) == 2
    said = capsys.readouterr()
    assert "C007 serverless-inference: Compute time per request is missing" in said.err
    assert said.out == ""
