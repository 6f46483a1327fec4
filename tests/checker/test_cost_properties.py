"""What holds of every workload: more requests never cost less, and a break-even is one."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from checker.cost.break_even import MOST, crossings
from checker.cost.meters import Course
from checker.cost.money import cents
from checker.cost.options import FORMULAS, course
from checker.cost.prices import Price
from checker.cost.workload import MONTHS, Workload

SCALE = st.sampled_from([Decimal("0.5"), Decimal("0.9"), Decimal(2), Decimal(10)])
OPTIONS = st.sampled_from(sorted(FORMULAS))


def decimals(low: str, high: str, places: int) -> st.SearchStrategy[Decimal]:
    return st.decimals(low, high, places=places, allow_nan=False, allow_infinity=False)


@st.composite
def workloads(draw: st.DrawFn) -> Workload:
    """Any workload that the fields accept; months and hours fit together."""
    month = Decimal(draw(st.sampled_from(MONTHS)))
    return Workload(
        month=month,
        duration=draw(decimals("0.001", "600", 3)),
        memory=Decimal(2),
        payload=draw(decimals("0", "10000000", 0)),
        instance="ml.m5.large",
        instances=Decimal(draw(st.integers(1, 20))),
        hours=draw(st.none() | decimals("0", "720", 1)),
        up_hours=draw(decimals("0", "720", 1)),
        jobs=Decimal(draw(st.integers(0, 60))),
        job_hours=draw(decimals("0.1", "24", 1)),
        volume=draw(decimals("0", "500", 0)),
        throughput=draw(st.none() | decimals("1", "6000", 0)),
        concurrency=Decimal(draw(st.integers(1, 200))),
        warm_hours=draw(st.none() | decimals("0", "720", 1)),
        overflow=draw(decimals("0", "1", 2)),
        commitment=draw(st.none() | decimals("0.001", "5", 3)),
        saving=draw(decimals("0", "0.64", 2)),
    )


@st.composite
def price_lists(draw: st.DrawFn) -> dict[tuple[str, str], Price]:
    """Prices of any size, the executing rate below the one on demand as AWS has it."""
    on_demand = draw(decimals("0.00001", "0.001", 7))
    return {
        ("instance", "ml.m5.large"): Price(draw(decimals("0.01", "40", 4))),
        ("storage", ""): Price(draw(decimals("0.01", "0.3", 3))),
        ("data", ""): Price(draw(decimals("0", "0.1", 3))),
        ("serverless", "2"): Price(on_demand),
        ("warm", "2"): Price(draw(decimals("0.000001", "0.0005", 7))),
        ("executing", "2"): Price(on_demand * draw(decimals("0.1", "1", 2))),
    }


COUNTS = st.integers(0, 10**9).map(Decimal)


@given(OPTIONS, workloads(), price_lists(), COUNTS, COUNTS)
def test_cost_never_falls_with_more_requests(
    option: str, w: Workload, prices: dict[tuple[str, str], Price], one: Decimal, more: Decimal
) -> None:
    found = course(option, w, prices)
    fewer, many = sorted((one, one + more))
    assert found.exact(fewer) <= found.exact(many)
    assert found.total(fewer) <= found.total(many) + Decimal("0.01")


@given(OPTIONS, OPTIONS, workloads(), price_lists())
def test_at_a_break_even_both_cost_the_same_and_the_cheaper_one_changes(
    first: str, second: str, w: Workload, prices: dict[tuple[str, str], Price]
) -> None:
    one, other = course(first, w, prices), course(second, w, prices)
    by_option = {first: one, second: other}
    for point in crossings(one, other):
        costs = {cents(one.exact(point.requests)), cents(other.exact(point.requests))}
        assert costs == {cents(point.cost)}
        below, above = by_option[point.cheaper_below], by_option[point.cheaper_above]
        # A little to each side: close enough that no other break-even comes between.
        step = point.requests / 10**9
        before, after = point.requests - step, point.requests + step
        assert below.exact(before) < above.exact(before)
        assert above.exact(after) < below.exact(after)


@given(OPTIONS, OPTIONS, workloads(), price_lists(), COUNTS)
def test_no_break_even_is_missed(
    first: str, second: str, w: Workload, prices: dict[tuple[str, str], Price], at: Decimal
) -> None:
    one, other = course(first, w, prices), course(second, w, prices)
    end = min(one.carries or MOST, other.carries or MOST, MOST)
    assume(0 < at < end)
    points = [p for p in crossings(one, other) if p.requests < at]
    difference = one.exact(at) - other.exact(at)
    if not points or not difference:
        return
    assert points[-1].cheaper_above == (first if difference < 0 else second)


@given(OPTIONS, workloads(), price_lists(), COUNTS, SCALE)
def test_doubled_prices_double_the_costs(
    option: str, w: Workload, prices: dict[tuple[str, str], Price], at: Decimal, scale: Decimal
) -> None:
    # A commitment is money that the reader promised, so it scales with the prices.
    scaled = {key: price.at(scale) for key, price in prices.items()}
    bigger = None if w.commitment is None else w.commitment * scale
    found = course(option, _with(w, commitment=bigger), scaled).exact(at)
    expected = course(option, w, prices).exact(at) * scale
    assert abs(found - expected) <= abs(expected) * Decimal("1e-20")


@given(OPTIONS, workloads(), price_lists(), decimals("0.001", "600", 3))
def test_zero_requests_leave_the_fixed_part_alone(
    option: str, w: Workload, prices: dict[tuple[str, str], Price], duration: Decimal
) -> None:
    found = course(option, w, prices)
    assert found.exact(Decimal(0)) == found.pieces[0].fixed
    assert found.exact(Decimal(0)) == course(option, _with(w, duration=duration), prices).exact(
        Decimal(0)
    )
    if option == "serverless-inference":
        assert found.exact(Decimal(0)) == 0


@given(workloads(), price_lists())
def test_two_stretches_of_one_option_meet_where_one_ends(
    w: Workload, prices: dict[tuple[str, str], Price]
) -> None:
    found: Course = course("serverless-provisioned-concurrency", w, prices)
    for before, after in zip(found.pieces, found.pieces[1:], strict=False):
        assert before.end == after.start
        here = before.fixed + before.each * after.start
        there = after.fixed + after.each * after.start
        assert abs(here - there) < Decimal("1e-15")


def _with(w: Workload, **more: Decimal | None) -> Workload:
    from dataclasses import replace

    return replace(w, **more)  # type: ignore[arg-type]
