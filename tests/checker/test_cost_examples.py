"""Bills and results that others published come out of the arithmetic, to the cent."""

from decimal import Decimal
from typing import Any

import pytest

from checker.cost.break_even import crossings
from checker.cost.estimate import Request, estimate
from checker.cost.meters import Course, bill_total
from checker.cost.money import cents
from checker.cost.options import course
from checker.cost.prices import default_prices, merged
from checker.cost.workload import read_workload
from tests.support import known

# AWS, amazon SageMaker SSH Helper, Sample_Costs.md: eu-west-1, December 2023.
BILL = (
    ("Endpoint ML storage GB-Mo", "0.154", "0.222", "0.03"),
    ("Training ML storage GB-Mo", "0.154", "1.942", "0.30"),
    ("Training warm pool storage GB-Mo", "0.154", "6.746", "1.04"),
    ("Notebook ML storage GB-Mo", "0.154", "5", "0.77"),
    ("Processing ML storage GB-Mo", "0.110", "0.096", "0.01"),
    ("Notebook ml.t3.medium h", "0.055", "744", "40.92"),
    ("Studio ml.t3.medium h", "0.055", "1116.74", "61.42"),
    ("Studio ml.m5.large h", "0.128", "1339.426", "171.45"),
    ("BatchTransform ml.m5.xlarge h", "0.257", "2.126", "0.55"),
    ("Hosting ml.m5.xlarge h", "0.257", "8.208", "2.11"),
    ("Processing ml.m5.xlarge h", "0.257", "2.382", "0.61"),
    ("Training ml.m5.xlarge h", "0.257", "44.015", "11.31"),
    ("Training warm pool ml.m5.xlarge h", "0.257", "167.301", "43.00"),
    ("Endpoint ml.g4dn.xlarge h", "0.821", "1.299", "1.07"),
    ("Studio ml.g4dn.xlarge h", "0.8218", "18.913", "15.54"),
    ("Training ml.g4dn.xlarge h", "0.822", "14.801", "12.17"),
    ("Training warm pool ml.g4dn.xlarge h", "0.822", "33.597", "27.62"),
    ("Training ml.g5.xlarge h", "1.57", "2.887", "4.53"),
    ("Hosting ml.g4dn.4xlarge h", "1.678", "74.998", "125.85"),
    ("Training ml.p3.2xlarge h", "4.131", "4.139", "17.10"),
    ("Hosting ml.g4dn.12xlarge h", "5.453", "31.543", "172.00"),
    ("Hosting ml.g5.12xlarge h", "7.91", "22.409", "177.26"),
)
REAL, SERVERLESS = "real-time-endpoint", "serverless-inference"
WARM = "serverless-provisioned-concurrency"
BODY = "39817.6667 bytes"
# AWS, SageMaker Serverless Inference Benchmarking Toolkit, committed results of MobileNet.
TOOLKIT = (
    (1024, "135.563618342938", "3.304601836221655"),
    (2048, "96.18791880264831", "4.440846221468828"),
    (3072, "98.32795268196836", "6.4930066302809974"),
    (4096, "93.54072176770673", "8.076587210779433"),
    (5120, "89.62921040873209", "9.556250510236104"),
    (6144, "90.56371008369935", "11.460974679406819"),
)


def asked(options: list[str], own: dict[str, str] | None = None, **given: str) -> dict[str, Any]:
    """An answer without problems."""
    answer = estimate(known(), Request(given, options, own or {}))
    assert answer["problems"] == []
    return answer


def total(option: str, own: dict[str, str] | None = None, **given: str) -> str:
    return str(asked([option], own, **given)["options"][0]["total"])


def amounts(option: str, own: dict[str, str] | None = None, **given: str) -> dict[str, str]:
    meters = asked([option], own, **given)["options"][0]["meters"]
    return {meter["meter"]: meter["amount"] for meter in meters}


@pytest.mark.parametrize(("what", "price", "quantity", "expected"), BILL)
def test_a_each_row_of_a_published_bill(
    what: str, price: str, quantity: str, expected: str
) -> None:
    assert cents(Decimal(price) * Decimal(quantity)) == Decimal(expected), what


def test_a_the_rows_of_a_published_bill_add_up_to_its_total() -> None:
    assert bill_total(Decimal(p) * Decimal(q) for _, p, q, _ in BILL) == Decimal("886.66")


def test_a_hosting_rows_come_out_of_an_option() -> None:
    own = {"ml.g5.12xlarge": "7.91"}
    assert total(REAL, own, requests="0", hours="22.409") == "177.26"


def test_b_the_calculator_keeps_a_volume_for_the_whole_month() -> None:
    given = {"requests": "0", "instance": "ml.g5.2xlarge", "hours": "160 h", "volume": "240 GB"}
    assert total(REAL, **given, volume_hours="730") == "276"
    # A volume that goes with its instance costs its hours only.
    assert amounts(REAL, **given) == {"instance": "242.4", "storage": "7.36"}


@pytest.mark.parametrize(
    ("instance", "count", "per_hour", "per_minute", "expected"),
    [
        ("ml.c5.xlarge", "1", "0.204", "648", 5.246913588052848e-06),
        ("ml.m5.large", "1", "0.115", "655", 2.92620870823157e-06),
        ("ml.c5d.xlarge", "3", "0.23", "1113", 1.0332434612791985e-05),
    ],
)
def test_c_the_inference_recommenders_cost_per_inference(
    instance: str, count: str, per_hour: str, per_minute: str, expected: float
) -> None:
    # The recommender divides the cost of all instances by what they carry together.
    each = Decimal(per_minute) / int(count)
    given = {"requests": "0", "instances": count, "throughput": f"{each}/min"}
    option = asked([REAL], {instance: per_hour}, **given)["options"][0]
    per_inference = Decimal(option["total"]) / Decimal(option["carries"])
    # The published figures are 32-bit floats, and the most that is carried is a whole number.
    assert float(per_inference) == pytest.approx(expected, rel=2e-7)


@pytest.mark.parametrize(("megabytes", "milliseconds", "expected"), TOOLKIT)
def test_d_the_toolkits_cost_of_a_million_calls(
    megabytes: int, milliseconds: str, expected: str
) -> None:
    found = _serverless(f"{megabytes} MB", milliseconds)
    assert found == pytest.approx(float(expected), rel=1e-9)


def _course(option: str, own: dict[str, str] | None = None, **given: str) -> Course:
    workload, problems = read_workload(given)
    assert problems == []
    mine = {("instance", name): Decimal(price) for name, price in (own or {}).items()}
    return course(option, workload, merged(default_prices(known()), mine, Decimal(1)))


def _serverless(memory: str, milliseconds: str) -> float:
    given = {"duration": f"{milliseconds} ms", "memory": memory, "payload": BODY}
    return float(_course(SERVERLESS, **given).exact(Decimal(10**6)))


def test_d_the_toolkits_break_even() -> None:
    # The toolkit counts the data of its serverless side alone, so no single workload says it.
    one = _course(REAL, {"ml.t2.medium": "0.056"}, instance="ml.t2.medium", month="720")
    given = {"duration": "96.18791880264831 ms", "memory": "2048 MB", "payload": BODY}
    other = _course(SERVERLESS, **given, month="720")
    (point,) = crossings(one, other)
    assert (point.requests // 1, point.cost) == (9_079_350, Decimal("40.32"))
    assert (point.cheaper_below, point.cheaper_above) == (SERVERLESS, REAL)


def test_data_that_both_sides_pay_does_not_move_the_break_even() -> None:
    given = {"requests": "1", "duration": "100 ms", "memory": "2 GB", "instance": "ml.m5.large"}
    without = asked([REAL, SERVERLESS], **given)["crossings"]
    found = asked([REAL, SERVERLESS], **given, payload="40 KB")["crossings"]
    assert [p["exact"] for p in found] == [p["exact"] for p in without] == ["20987500"]


@pytest.mark.parametrize(
    ("calls", "cost", "saved"),
    [(500_000, "2.2204", "94.49"), (5_000_000, "22.2042", "44.93"), (9_000_000, "39.9676", "0.87")],
)
def test_d_the_toolkits_savings(calls: int, cost: str, saved: str) -> None:
    found = _serverless("2048 MB", "96.18791880264831") * calls / 10**6
    assert f"{found:.4f}" == cost
    assert f"{100 * (1 - found / 40.32):.2f}" == saved


def test_e_a_blogs_month_has_720_hours() -> None:
    given = {"requests": "0", "instance": "ml.m5.xlarge"}
    assert total(REAL, **given, month="720") == "165.6"
    assert total(REAL, **given, month="730") == "167.9"


def test_f_figures_of_the_price_list_as_others_show_them() -> None:
    serverless = {"requests": "1000", "memory": "3 GB"}
    assert total(SERVERLESS, **serverless, duration="1 s") == "0.06"
    assert total(SERVERLESS, **serverless, duration="10 s") == "0.6"
    assert total(REAL, requests="0", instance="ml.m5.xlarge", instances="2") == "335.8"
    assert total(REAL, requests="0", instance="ml.m5.large") == "83.95"
    assert total(SERVERLESS, requests="500000", duration="1 s", memory="2 GB") == "20"
    data = {"requests": "1", "payload": f"{20 * 1024**3} bytes", "instance": "ml.m5.large"}
    assert amounts(REAL, **data)["data"] == "0.32"


def test_f_warm_and_executing_seconds_are_not_swapped() -> None:
    # Two slots all month and 500,000 seconds in them: another tool had each at the other's rate.
    given = {"requests": "500000", "duration": "1 s", "memory": "2 GB", "concurrency": "2"}
    found = amounts(WARM, **given)
    assert found == {"warm": "52.56", "executing": "11.65"}
    assert found != {"warm": "122.46", "executing": "5"}


def test_f_executing_seconds_are_not_multiplied_by_the_memory_again() -> None:
    given = {"requests": "500000", "duration": "1 s", "memory": "2 GB", "concurrency": "2"}
    assert amounts(WARM, **given)["executing"] == "11.65" != "23.3"


def test_a_warm_slot_has_to_be_busy_for_three_fifths_of_its_time() -> None:
    answer = asked([WARM], requests="1", duration="1 s", memory="2 GB", concurrency="1")
    assert answer["warm"]["share"].startswith("0.5988")
    assert "59.9 %" in answer["warm"]["sentence"]


def test_one_slot_busy_for_four_fifths_of_a_month_costs_an_ml_m5_large() -> None:
    answer = asked(
        [REAL, SERVERLESS], requests="1", duration="1 s", memory="2 GB", instance="ml.m5.large"
    )
    (point,) = answer["crossings"]
    assert (point["requests"], point["cost"]) == ("2098750", "83.95")
    assert "busy 79.9 % of the month" in point["sentence"]


def test_an_unused_commitment_is_paid() -> None:
    given = {"requests": "0", "instance": "ml.m5.xlarge", "commitment": "0.2", "saving": "50 %"}
    # Half of 0.23 is used; 0.2 is paid in each of 730 hours.
    answer = asked([REAL], **given)
    assert answer["options"][0]["total"] == "146"
    assert "62.05 of the Savings Plan is paid for and not used." in answer["options"][0]["notes"]
    # Two instances need 0.23 an hour: 0.03 of it at twice the price on demand.
    assert total(REAL, **given, instances="2") == "189.8"


def test_a_commitment_reaches_no_option_that_the_plan_does_not_name() -> None:
    given = {"requests": "0", "instance": "ml.m5.xlarge", "up_hours": "100"}
    plan = {"commitment": "0.2", "saving": "50 %"}
    assert total("async-inference", **given, **plan) == total("async-inference", **given) == "23"
    (note,) = [
        line
        for line in asked(["async-inference"], **given, **plan)["options"][0]["notes"]
        if "Plan" in line
    ]
    assert note.startswith("No Savings Plan is applied: AWS does not name Asynchronous Inference")
