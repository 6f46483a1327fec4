"""Numbers as they are written, and read back as the same."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.formatting import (
    format_interval,
    format_measure,
    format_number,
    in_sentence,
    spell_measure,
)
from checker.units import Interval, convert, parse_quantity
from tests import support
from tests.quantities import QUANTITIES, UNITS
from tests.support import exactly

INF = math.inf


def texts() -> st.SearchStrategy[tuple[str, str | None]]:
    """What a person may type into a field: a number or a range, and a unit that it accepts."""
    pairs = [(unit, written) for unit, units in UNITS.items() for written in units]
    return st.sampled_from(pairs).flatmap(lambda pair: st.tuples(_text(pair[1]), st.just(pair[0])))


def _text(unit: str) -> st.SearchStrategy[str]:
    # There is no tenth of a byte: bytes and their binary multiples come whole.
    places = 0 if unit in ("bytes", "KiB", "MiB", "GiB") else 2
    numbers = st.tuples(st.integers(1, 9999), st.integers(0, places)).map(
        lambda n: n[0] / 10 ** n[1]
    )
    forms = st.sampled_from(("{:g}", "<= {:g}", "< {:g}", ">= {:g}", "> {:g}"))
    single = st.builds(lambda form, number: f"{form.format(number)} {unit}", forms, numbers)
    ranges = st.tuples(numbers, numbers).map(sorted)
    return single | ranges.map(lambda ends: f"{ends[0]:g}-{ends[1]:g} {unit}")


@given(texts())
def test_what_is_written_reads_back_as_the_same(case: tuple[str, str | None]) -> None:
    text, unit = case
    first = parse_quantity(text, unit, "here")
    assert isinstance(first, Interval), first
    written = format_interval(first, unit)
    again = parse_quantity(written, unit, "here")
    assert isinstance(again, Interval), written
    assert (again.lo, again.hi) == pytest.approx((first.lo, first.hi), rel=1e-9), written
    assert (again.lo_open, again.hi_open) == (first.lo_open, first.hi_open), written


LIMITS = [(field, limit) for field in QUANTITIES for limit in support.limits(field)]


@pytest.mark.parametrize(("field", "limit"), LIMITS, ids=lambda value: str(value))
def test_a_limit_reads_back_as_the_limit_itself(field: str, limit: float) -> None:
    unit = support.known().fields[field].unit
    for interval in (
        exactly(limit),
        Interval(0.0, limit),
        Interval(0.0, limit, hi_open=True),
        Interval(limit, INF),
        Interval(limit, INF, lo_open=True),
        Interval(limit, 2 * limit, lo_open=True),
        Interval(limit, 2 * limit, hi_open=True),
    ):
        assert parse_quantity(format_interval(interval, unit), unit, field) == interval


@given(st.text(max_size=40), st.sampled_from(list(UNITS)))
def test_no_text_crashes_the_reader_of_quantities(text: str, unit: str | None) -> None:
    read = parse_quantity(text, unit, "here")
    if isinstance(read, Interval):
        assert read.lo <= read.hi
        assert math.isfinite(read.lo)
    else:
        assert read.code in {"Q001", "Q002", "Q003", "Q004"}


@given(
    st.sampled_from(["bytes", "KB", "MiB", "GB", "ms", "s", "h", "/day", "/s", "%", None]),
    st.sampled_from(["bytes", "KB", "MiB", "GB", "ms", "s", "h", "/day", "/s", "%", None]),
    st.integers(1, 10**6),
)
def test_converting_there_and_back_changes_nothing(
    unit: str | None, other: str | None, number: int
) -> None:
    there = convert(float(number), unit, other)
    back = convert(float(number), other, unit)
    assert (there is None) is (back is None)
    if there is not None:
        assert convert(there, other, unit) == pytest.approx(number, rel=1e-12)


WRITTEN = {
    "whole": (12000.0, "records", "12,000 records"),
    "fraction": (0.25, "MB", "0.25 MB"),
    "small fraction, never scientific": (0.00002, "MB", "0.00002 MB"),
    "percent binds": (50, "%", "50%"),
    "rate binds": (10, "/h", "10/h"),
    "money": (3.1, "USD", "$3.1"),
    "date": ("2026-07-30", None, "2026-07-30"),
    "count": (7, None, "7"),
}


@given(st.integers(-(10**12), 10**12))
def test_a_whole_number_is_written_in_full(number: int) -> None:
    assert int(format_number(float(number)).replace(",", "")) == number


@pytest.mark.parametrize(
    ("label", "within"),
    [
        ("Target latency", "target latency"),
        ("API audit trail", "API audit trail"),
        ("AWS documents no tracing.", "AWS documents no tracing."),
        ("Provisioned Concurrency on", "Provisioned Concurrency on"),
        ("A job", "a job"),
        ("", ""),
    ],
)
def test_a_label_within_a_sentence_keeps_the_capitals_of_names(label: str, within: str) -> None:
    assert in_sentence(label) == within


@pytest.mark.parametrize(("number", "shown"), [(1e-10, "0.0000000001"), (1.5e-3, "0.0015")])
def test_a_small_number_is_shown_with_its_digits_and_no_exponent(number: float, shown: str) -> None:
    assert format_number(number) == shown


SPELLED = {
    "an hour": (3600, "s", "1 h"),
    "days": (172800, "s", "48 h"),
    "no whole hour": (5400, "s", "5,400 s"),
    "minutes": (60, "s", "60 s"),
    "nothing": (0, "s", "0 s"),
    "another unit": (3600, "MB", "3,600 MB"),
    "a text": ("2026-07-30", None, "2026-07-30"),
}


ROWS = {
    **{f"measure: {name}": (format_measure, *row) for name, row in WRITTEN.items()},
    **{f"only whole hours: {name}": (spell_measure, *row) for name, row in SPELLED.items()},
}


@pytest.mark.parametrize(("write", "value", "unit", "shown"), ROWS.values(), ids=ROWS)
def test_a_value_is_written_with_its_unit(
    write: Callable[[float | str, str | None], str],
    value: float | str,
    unit: str | None,
    shown: str,
) -> None:
    assert write(value, unit) == shown
