"""Quantities: what a person may type, what it means, and what is said where it means nothing."""

import math
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.answers import read_answers
from checker.problems import Problem
from checker.units import (
    Interval,
    accepted_units,
    convert,
    format_interval,
    format_measure,
    format_number,
    in_sentence,
    parse_quantity,
)
from tests import support
from tests.support import exactly

INF = math.inf
# The units that a field can have, each with the ones that people write instead.
UNITS = {
    "MB": ("bytes", "KB", "MB", "GB", "KiB", "MiB", "GiB"),
    "s": ("ms", "s", "min", "h", "d", "weeks"),
    "ms": ("ms", "s", "min", "h"),
    "h": ("min", "h", "d"),
    "/h": ("/s", "/min", "/h", "/day"),
    "%": ("%",),
    "records": ("records",),
    None: ("",),
}

READ = {
    # text, unit of the field, what it means
    "unit of the field": ("6 MB", "MB", exactly(6)),
    "no space": ("6MB", "MB", exactly(6)),
    "no unit": ("6", "MB", exactly(6)),
    "lower case": ("6 mb", "MB", exactly(6)),
    "spaces around": ("  6   MB ", "MB", exactly(6)),
    "no-break space": ("6\u00a0MB", "MB", exactly(6)),
    "decimal point": ("0.5 MB", "MB", exactly(0.5)),
    "point first": (".5 MB", "MB", exactly(0.5)),
    "exponent": ("2e3 MB", "MB", exactly(2000)),
    "negative exponent": ("2e-3 MB", "MB", exactly(0.002)),
    "thousands separator": ("1,250 MB", "MB", exactly(1250)),
    "two separators": ("1,250,000.5 MB", "MB", exactly(1250000.5)),
    "plus sign": ("+6 MB", "MB", exactly(6)),
    "bytes": ("6000000 bytes", "MB", exactly(6)),
    "kilobytes are decimal": ("200 KB", "MB", exactly(0.2)),
    "gigabytes are decimal": ("1.5 GB", "MB", exactly(1500)),
    "kibibytes are binary": ("1000 KiB", "MB", exactly(1.024)),
    "mebibytes are binary": ("1 MiB", "MB", exactly(1.048576)),
    "gibibytes are binary": ("1 GiB", "MB", exactly(1073.741824)),
    "milliseconds": ("200 ms", "s", exactly(0.2)),
    "minutes": ("45 min", "s", exactly(2700)),
    "minutes in full": ("45 minutes", "s", exactly(2700)),
    "hours": ("1.5 hours", "s", exactly(5400)),
    "one day in hours": ("1 day", "h", exactly(24)),
    "weeks": ("2 weeks", "h", exactly(336)),
    "percent sign": ("12.5%", "%", exactly(12.5)),
    "percent in words": ("12.5 percent", "%", exactly(12.5)),
    "plain count": ("12", "records", exactly(12)),
    "counted things": ("12 records", "records", exactly(12)),
    "count in thousands": ("250k", "records", exactly(250e3)),
    "count in millions": ("10 million", "records", exactly(10e6)),
    "count in millions of things": ("10 million records", "records", exactly(10e6)),
    "count in billions": ("2 billion", "records", exactly(2e9)),
    "rate with slash": ("10/day", "/h", exactly(10 / 24)),
    "rate with spaces": ("10 / day", "/h", exactly(10 / 24)),
    "rate per day": ("240 per day", "/h", exactly(10)),
    "rate a day": ("240 a day", "/h", exactly(10)),
    "rate of things": ("240 requests per day", "/h", exactly(10)),
    "rate of things with slash": ("240 requests/day", "/h", exactly(10)),
    "rate per second": ("3/s", "/h", exactly(10800)),
    "rate in thousands": ("12k requests per hour", "/h", exactly(12e3)),
    "rate in millions": ("6 million requests per day", "/h", exactly(250e3)),
    "scale and slash": ("5 million/day", "/h", exactly(5e6 / 24)),
    "thousands and slash": ("2k/h", "/h", exactly(2e3)),
    "bound and scale and slash": ("up to 10k/h", "/h", Interval(0, 10e3)),
    "range": ("2-6 MB", "MB", Interval(2, 6)),
    "range with dash": ("2–6 MB", "MB", Interval(2, 6)),
    "range in words": ("2 to 6 MB", "MB", Interval(2, 6)),
    "range with dots": ("2..6 MB", "MB", Interval(2, 6)),
    "range of two units": ("500 KB-2 MB", "MB", Interval(0.5, 2)),
    "range of one point": ("6-6 MB", "MB", exactly(6)),
    "rate range": ("24-48/day", "/h", Interval(1, 2)),
    "sign at most": ("<= 4 MB", "MB", Interval(0, 4)),
    "words at most": ("at most 4 MB", "MB", Interval(0, 4)),
    "up to": ("up to 4 MB", "MB", Interval(0, 4)),
    "max": ("max 4 MB", "MB", Interval(0, 4)),
    "maximum": ("maximum 4 MB", "MB", Interval(0, 4)),
    "sign below": ("<4 MB", "MB", Interval(0, 4, hi_open=True)),
    "under": ("under 4 MB", "MB", Interval(0, 4, hi_open=True)),
    "below": ("below 4 MB", "MB", Interval(0, 4, hi_open=True)),
    "less than": ("less than 4 MB", "MB", Interval(0, 4, hi_open=True)),
    "sign at least": (">= 4 MB", "MB", Interval(4, INF)),
    "words at least": ("at least 4 MB", "MB", Interval(4, INF)),
    "min is a bound before a number": ("min 5 s", "s", Interval(5, INF)),
    "minimum": ("minimum 5 s", "s", Interval(5, INF)),
    "min is a unit behind a number": ("5 min", "s", exactly(300)),
    "sign above": ("> 4 MB", "MB", Interval(4, INF, lo_open=True)),
    "over": ("over 4 MB", "MB", Interval(4, INF, lo_open=True)),
    "above": ("Above 4 MB", "MB", Interval(4, INF, lo_open=True)),
    "more than": ("more than 4 MB", "MB", Interval(4, INF, lo_open=True)),
}


@pytest.mark.parametrize(("text", "unit", "meant"), READ.values(), ids=READ)
def test_what_people_write_is_read_as_they_mean_it(text: str, unit: str, meant: Interval) -> None:
    read = parse_quantity(text, unit, "here")
    assert isinstance(read, Interval), read
    assert (read.lo, read.hi) == pytest.approx((meant.lo, meant.hi), rel=1e-12)
    assert (read.lo_open, read.hi_open) == (meant.lo_open, meant.hi_open)


REFUSED = {
    # text, unit of the field, code
    "empty": ("", "MB", "Q001"),
    "only spaces": ("   ", "MB", "Q001"),
    "words": ("quite large", "MB", "Q001"),
    "unit without number": ("MB", "MB", "Q001"),
    "bound without number": ("at most", "MB", "Q001"),
    "NaN": ("NaN", "MB", "Q001"),
    "infinity": ("inf", "MB", "Q001"),
    "hexadecimal": ("0x10", "MB", "Q002"),
    "unknown unit": ("5 parsecs", "s", "Q002"),
    "unit of another dimension": ("5 MB", "s", "Q002"),
    "rate for a size": ("5 MB/s", "MB", "Q002"),
    "decimal comma": ("1,5 MB", "MB", "Q002"),
    "two numbers": ("6 MB 7 MB", "MB", "Q002"),
    "scale for a size": ("5 k", "MB", "Q002"),
    "unknown time of a rate": ("5/fortnight", "/h", "Q002"),
    "amount of time in place of a count": ("5 s/day", "/h", "Q002"),
    "unit on a plain count": ("5 MB", None, "Q002"),
    "far too large": ("1e999 MB", "MB", "Q003"),
    "infinite by its unit": ("1e308 GB", "bytes", "Q003"),
    "range that runs downwards": ("6-2 MB", "MB", "Q004"),
    "range with a wrong unit": ("2-6 parsecs", "MB", "Q002"),
    "range with a wrong first unit": ("2 parsecs - 6 MB", "MB", "Q002"),
}


@pytest.mark.parametrize(("text", "unit", "code"), REFUSED.values(), ids=REFUSED)
def test_what_means_nothing_is_refused_with_its_code(text: str, unit: str, code: str) -> None:
    problem = parse_quantity(text, unit, "payload")
    assert isinstance(problem, Problem), problem
    assert (problem.code, problem.where) == (code, "payload")


NAMED = {
    "no number": ("quite large", "quite large"),
    "bad unit": ("5 parsecs", "parsecs"),
    "too large": ("1e999 MB", "1e999 mb"),
    "downwards": ("6-2 MB", "6-2 mb"),
    "bound without number": ("at most lots", "at most lots"),
}


@pytest.mark.parametrize(("text", "named"), NAMED.values(), ids=NAMED)
def test_a_problem_names_what_was_typed(text: str, named: str) -> None:
    problem = parse_quantity(text, "MB", "payload")
    assert isinstance(problem, Problem), problem
    assert f"'{named}'" in problem.message.lower()


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit], ids=str)
@pytest.mark.parametrize("text", ["lots", "5 parsecs"])
def test_a_problem_lists_the_units_that_are_accepted(text: str, unit: str) -> None:
    problem = parse_quantity(text, unit, "payload")
    assert isinstance(problem, Problem), problem
    assert problem.hint == f"accepted: {accepted_units(unit)}"


@pytest.mark.parametrize("unit", [unit for unit in UNITS if unit], ids=str)
def test_every_unit_that_a_message_offers_is_read(unit: str) -> None:
    offered = accepted_units(unit).removesuffix(" or a plain number").split(", ")
    read = [parse_quantity(f"5 {other}", unit, "here") for other in offered]
    assert [item for item in read if isinstance(item, Problem)] == []


HUGE = {
    "letters": "a" * 1_000_000,
    "digits": "1" * 1_000_000,
    "spaces inside": "1" + " " * 1_000_000 + "parsecs",
    "separators": "1" + ",111" * 250_000,
    "almost a separator": "1" + ",111" * 250_000 + ",1",
    "points": "1." * 500_000,
    "digits then letters": "1" * 500_000 + "x" * 500_000,
    "dashes": "1-" * 500_000,
    "range of long numbers": "1" * 400_000 + "-" + "2" * 400_000 + "!",
    "signs": "<" * 1_000_000,
    "words of a bound": "at most " * 125_000,
    "slashes": "5 " + "/" * 1_000_000,
    "newlines": "1\n" * 500_000,
}


@pytest.mark.parametrize("text", HUGE.values(), ids=HUGE)
def test_a_megabyte_of_text_is_refused_within_a_second(text: str) -> None:
    started = time.process_time()
    problem = parse_quantity(text, "/h", "requests")
    assert time.process_time() - started < 1
    assert isinstance(problem, Problem), problem
    assert len(str(problem)) < 300


@pytest.mark.parametrize("field", ["payload", "traffic", "no_such_field"])
def test_a_megabyte_as_an_answer_is_refused_within_a_second(field: str) -> None:
    started = time.process_time()
    _, problems = read_answers(support.known(), {field: "x" * 1_000_000, "y" * 1_000_000: "1"})
    assert time.process_time() - started < 1
    assert len(problems) == 2
    assert max(len(str(problem)) for problem in problems) < 600


QUANTITIES = sorted(k for k, f in support.known().fields.items() if f.kind == "quantity")
ABSURD = ("-1", "under -1", "at most -1", "under 0", "-5--1", "nan", "1e999", "1e400/h")


@pytest.mark.parametrize("text", ABSURD)
@pytest.mark.parametrize("field", ["payload", "requests"])
def test_an_absurd_number_is_refused_and_the_field_named(field: str, text: str) -> None:
    answers, problems = read_answers(support.known(), {field: text})
    assert answers == {}
    assert [problem.where for problem in problems] == [field]


@pytest.mark.parametrize("field", QUANTITIES)
def test_a_number_beyond_the_fields_bounds_is_refused_with_the_bounds(field: str) -> None:
    record = support.known().fields[field]
    assert record.maximum is not None
    at_most, beyond = (f"{record.maximum * n} {record.unit}" for n in (1, 2))
    _, (problem,) = read_answers(support.known(), {field: beyond})
    assert problem.code == "A005"
    assert format_measure(record.maximum, record.unit) in problem.hint
    answers, problems = read_answers(support.known(), {field: at_most})
    assert (list(answers), problems) == ([field], [])


def test_one_bad_answer_does_not_lose_the_others() -> None:
    answers, problems = read_answers(
        support.known(), {"payload": "6 MB", "duration": "5 parsecs", "traffic": "steady"}
    )
    assert answers == {"payload": exactly(6), "traffic": "steady"}
    assert [problem.where for problem in problems] == ["duration"]


NOTHING = {"empty": "", "unknown": "unknown", "not sure": "Not sure", "mark": " ? ", "null": None}
NOTHING |= {"empty list": [], "list of nothing": ["", "not sure"]}


@pytest.mark.parametrize("value", NOTHING.values(), ids=NOTHING)
def test_not_sure_is_no_answer_and_no_problem(value: object) -> None:
    assert read_answers(support.known(), {"payload": value, "traffic": value}) == ({}, [])


TWICE = {
    "two sizes": ("payload", ["6 MB", "7 MB"], False),
    "the same size twice": ("payload", ["6 MB", "6 MB"], True),
    "a size and not sure": ("payload", ["6 MB", "not sure"], True),
    "two choices": ("traffic", ["steady", "peaks"], False),
}


@pytest.mark.parametrize(("field", "given_values", "fine"), TWICE.values(), ids=TWICE)
def test_two_values_for_one_field_are_refused_unless_they_agree(
    field: str, given_values: list[str], fine: bool
) -> None:
    answers, problems = read_answers(support.known(), {field: given_values})
    assert [p.code for p in problems] == ([] if fine else ["A002"])
    assert list(answers) == ([field] if fine else [])
    assert all(value in problem.message for problem in problems for value in given_values)


CHOICES = {
    "as listed": ("traffic", "steady", "steady"),
    "capitals": ("traffic", "Steady", "steady"),
    "spaces around": ("traffic", " steady ", "steady"),
    "space for a hyphen": ("labels", "at once", "at-once"),
    "underscore for a hyphen": ("labels", "at_once", "at-once"),
    "true is yes": ("vpc", True, "yes"),
    "false is no": ("vpc", False, "no"),
}


@pytest.mark.parametrize(("field", "value", "meant"), CHOICES.values(), ids=CHOICES)
def test_a_choice_is_read_however_it_is_written(field: str, value: object, meant: str) -> None:
    assert read_answers(support.known(), {field: value}) == ({field: meant}, [])


def test_an_unknown_choice_gets_the_nearest_one_as_a_hint() -> None:
    _, (problem,) = read_answers(support.known(), {"traffic": "stedy"})
    assert (problem.code, problem.where) == ("A003", "traffic")
    assert "'stedy'" in problem.message
    assert problem.hint == "did you mean steady?"


def test_an_unknown_field_gets_the_nearest_one_as_a_hint() -> None:
    _, (problem,) = read_answers(support.known(), {"trafic": "steady"})
    assert (problem.code, problem.where, problem.hint) == (
        "A001",
        "trafic",
        "did you mean traffic?",
    )


# --- writing, and reading back


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


@pytest.mark.parametrize(("value", "unit", "shown"), WRITTEN.values(), ids=WRITTEN)
def test_a_measure_is_written_with_its_unit(
    value: float | str, unit: str | None, shown: str
) -> None:
    assert format_measure(value, unit) == shown


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
