"""Quantities: what a person may type, what it means, and what is said where it means nothing."""

import math

import pytest

from checker.problems import Problem
from checker.units import Interval, accepted_units, convert, parse_quantity
from tests.quantities import UNITS
from tests.support import exactly

INF = math.inf

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


NAMES = {
    "ms millisecond milliseconds msec": 0.001,
    "s sec secs second seconds": 1,
    "min mins minute minutes": 60,
    "h hr hrs hour hours": 60 * 60,
    "d day days": 24 * 60 * 60,
    "week weeks": 7 * 24 * 60 * 60,
    "month months": 365 / 12 * 24 * 60 * 60,
    "quarter quarters": 365 / 4 * 24 * 60 * 60,
    "year years": 365 * 24 * 60 * 60,
}
SIZES = ("bytes byte b", "kb kib", "mb mib", "gb gib", "tb tib", "pb pib")


@pytest.mark.parametrize(("names", "seconds"), NAMES.items(), ids=NAMES)
def test_every_name_of_a_time_is_as_long_and_as_a_rate_as_rare(names: str, seconds: float) -> None:
    for name in names.split():
        assert convert(1, name, "s") == pytest.approx(seconds, rel=1e-12)
        assert convert(1, f"/{name}", "/s") == pytest.approx(1 / seconds, rel=1e-12)


@pytest.mark.parametrize(("power", "names"), list(enumerate(SIZES)), ids=SIZES)
def test_every_size_is_a_power_of_1000_or_with_an_i_of_1024(power: int, names: str) -> None:
    for name in names.split():
        assert convert(1, name, "bytes") == (1024 if "i" in name else 1000) ** power
