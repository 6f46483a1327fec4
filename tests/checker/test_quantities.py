"""The grammar of numbers and units, in a text and in a form's field."""

import pytest

from checker.formatting import format_interval
from checker.problems import Problem
from checker.quantities import find_quantities, read_quantity
from checker.units import Interval

INF = float("inf")
FOUND = {
    "split fifty-fifty": (50, 50, "%"), "traffic 50/50": (50, 50, "%"),
    "two equal halves": (50, 50, "%"), "1/3 of the traffic": (33.33, 33.33, "%"),
    "thirds of the claims": (33.33, 33.33, "%"), "three in a hundred studies": (3, 3, "%"),
    "1 of 100 calls": (1, 1, "%"),
    "ten more percent": (10, 10, "%"), "3½ hours": (12600, 12600, "s"),
    "a day and a half": (129600, 129600, "s"), "an hour and a quarter": (4500, 4500, "s"),
    "a pair of nodes": (2, 2, None), "half dozen machines": (6, 6, None),
    "one and a half thousand rows": (1500, 1500, None), "300ms-500ms": (0.3, 0.5, "s"),
    "single-digit milliseconds": (0, 0.01, "s"), "sub-second": (0, 1, "s"),
    "watch it an hour": (3600, 3600, "s"), "a fortnight after each": (1209600, 1209600, "s"),
    "labels come a fortnight late": (1209600, 1209600, "s"),
    "an hour's probation": (3600, 3600, "s"), "it lasts 2 wks": (1209600, 1209600, "s"),
    "checked nightly": (1 / 24, 1 / 24, "/h"), "week by week": (1 / 168, 1 / 168, "/h"),
    "a handful of look-ups per week": (2 / 168, 10 / 168, "/h"),
    "20 films in day": (20 / 24, 20 / 24, "/h"), "five times in the hour": (5, 5, "/h"),
    "two candidates for a week": (2, 2, None), "a tenth at a time": (10, 10, "%"),
    "first a fifth, then": (20, 20, "%"), "800 mega": (800, 800, "MB"),
    "15 rpm": (900, 900, "/h"), "a hundred and twenty seconds": (120, 120, "s"),
    "a thousand requests": (1000, 1000, None), "three gpu minutes": (180, 180, "s"),
    "six tenths of a second": (0.6, 0.6, "s"), "a megabyte and a half": (1.5, 1.5, "MB"),
    "three geologists' requests a day": (0.125, 0.125, "/h"),
    "6 MB": (6, 6, "MB"), "6MB": (6, 6, "MB"), "500 kilobytes": (0.5, 0.5, "MB"),
    "1 MiB": (1.048576, 1.048576, "MB"), "2.5 gigs": (2500, 2500, "MB"),
    "3 200 000 bytes": (3.2, 3.2, "MB"), "10_000 rows": (1e4, 1e4, None),
    "1e6 rows": (1e6, 1e6, None), "10k rows": (1e4, 1e4, None),
    "2-6 MB": (2, 6, "MB"), "2 to 6 MB": (2, 6, "MB"), "500 KB to 2 MB": (0.5, 2, "MB"),
    "between 200 and 400 ms": (0.2, 0.4, "s"), "two or three minutes": (120, 180, "s"),
    "forty-two": (42, 42, None), "two hundred and fifty thousand": (25e4, 25e4, None),
    "half a million": (5e5, 5e5, None), "1 million": (1e6, 1e6, None), "a dozen": (12, 12, None),
    "80 ms": (0.08, 0.08, "s"),
    "half an hour": (1800, 1800, "s"),
    "within the hour": (3600, 3600, "s"),
    "an hour and a half": (5400, 5400, "s"), "inside a minute": (60, 60, "s"),
    "within milliseconds": (0, 1, "s"), "several minutes": (120, 600, "s"),
    "40 requests per second": (144000, 144000, "/h"), "500 rps": (1800000, 1800000, "/h"),
    "3 requests a day": (0.125, 0.125, "/h"), "5 predictions on a good day": (5 / 24, 5 / 24, "/h"),
    "twice a day": (1 / 12, 1 / 12, "/h"), "three or four times an hour": (3, 4, "/h"),
    "every week": (1 / 168, 1 / 168, "/h"), "every 6 hours": (1 / 6, 1 / 6, "/h"),
    "every two or three seconds": (1200, 1800, "/h"),
    "requests per day: 10": (10 / 24, 10 / 24, "/h"),
    "several thousand requests a second": (7.2e6, 3.6e7, "/h"), "40x a day": (5 / 3, 5 / 3, "/h"),
    "80%": (80, 80, "%"), "80 per cent": (80, 80, "%"), "12 to 14 %": (12, 14, "%"),
    "under 4 MB": (0, 4, "MB"), "at most 60 s": (0, 60, "s"), "sub-50 ms": (0, 0.05, "s"),
    "over 30 MB": (30, INF, "MB"), "30+ MB": (30, INF, "MB"), "4 min max": (0, 240, "s"),
    "$4,500": (4500, 4500, "money"), "300 EUR a month": (300, 300, "money"),
    "-5 MB": (-5, -5, "MB"),
    "10 pct of traffic": (10, 10, "%"), "12.5% per quarter hour": (12.5, 12.5, "%"),
    "a tenth of the quotes": (10, 10, "%"), "another tenth of the callers": (10, 10, "%"),
    "one request in ten": (10, 10, "%"), "1 in 20 users": (5, 5, "%"),
    "a minute or two": (60, 120, "s"), "quarter of an hour apart": (900, 900, "s"),
    "every quarter hour": (4, 4, "/h"), "for a week": (604800, 604800, "s"),
    "after a month": (2628000, 2628000, "s"), "know it the same day": (86400, 86400, "s"),
    "another year and a half": (47304000, 47304000, "s"),
    "never falls below 300 calls a second": (1080000, INF, "/h"),
    "doesn't go below 3 a minute": (180, INF, "/h"),
    "11ish minutes": (660, 660, "s"), "a full day long": (86400, 86400, "s"),
    "half a percent of it": (0.5, 0.5, "%"), "then another fifth, and so on": (20, 20, "%"),
    "5h30": (19800, 19800, "s"), "2m30s": (150, 150, "s"), "1h5m": (3900, 3900, "s"),
    "1 hour 20 minutes": (4800, 4800, "s"), "two minutes and ten seconds": (130, 130, "s"),
    "under 1 h 15 min": (0, 4500, "s"), "5 min 30 s": (330, 330, "s"),
    "between 1 hour and 30 minutes": (3600, 3600, "s"), "5 h, 30 min": (18000, 18000, "s"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND.items(), ids=list(FOUND))
def test_a_quantity_is_found_with_its_unit_and_bounds(
    text: str, expected: tuple[float, float, str | None]
) -> None:
    (quantity, *_) = find_quantities(text.lower())
    shown = (quantity.interval.lo, quantity.interval.hi, quantity.unit)
    assert shown == (pytest.approx(expected[0]), pytest.approx(expected[1]), expected[2])


NONE = [
    "at 20:00 and 21:30", "by 6 am", "9 o'clock", "ml.g5.48xlarge", "us-east-1", "400x400", "gpt-4",
    "a 32b model", "every second message", "a second fleet", "the 3rd try",
    "in the week's queue", "half the", "quarter by quarter",
    "2026-07-30", "half of a page", "after a second look", "the same second model",
]  # fmt: skip


@pytest.mark.parametrize("text", NONE)
def test_names_times_of_day_and_ordinals_are_no_quantities(text: str) -> None:
    assert find_quantities(text) == []


TYPED = {
    ("6 megabytes", "MB"): Interval(6, 6), ("about 6 MB", "MB"): Interval(6, 6),
    ("twice a day", "/h"): Interval(1 / 12, 1 / 12),
    ("10k per day", "/h"): Interval(1e4 / 24, 1e4 / 24),
    ("two or three minutes", "s"): Interval(120, 180), ("half an hour", "s"): Interval(1800, 1800),
    ("at most half an hour", "s"): Interval(0, 1800), ("every 5 minutes", "s"): Interval(300, 300),
    ("five", "steps"): Interval(5, 5), ("a fortnight", "d"): Interval(14, 14),
    ("an hour", "min"): Interval(60, 60),
}  # fmt: skip


@pytest.mark.parametrize(("typed", "meant"), TYPED.items(), ids=[t for t, _ in TYPED])
def test_a_form_accepts_what_a_text_may_say(typed: tuple[str, str], meant: Interval) -> None:
    read = read_quantity(*typed, "here")
    assert isinstance(read, Interval), read
    assert (read.lo, read.hi) == (pytest.approx(meant.lo), pytest.approx(meant.hi))


@pytest.mark.parametrize(
    "typed", ["6 MB or 7 s", "quite large", "6 MB of memory and more", "300 EUR"]
)
def test_a_form_refuses_what_is_not_one_quantity_of_its_kind(typed: str) -> None:
    assert isinstance(read_quantity(typed, "MB", "here"), Problem)


ELLIPTIC = {
    "35 a second, ninety on pay day": 90 * 3600, "six an hour, 200 in the last week": 200,
    "two a day, sometimes ten": 10 / 24,
    "18 per second, at easter 60": 60 * 3600, "2,500/s at the peak, 900 on average": 900 * 3600,
    "40 rps on average, peak 300": 300 * 3600, "10 calls an hour, otherwise 2": 2,
    "40 per second, 220 when it rains": 220 * 3600, "10 a day, fifty in may": 50 / 24,
}  # fmt: skip


@pytest.mark.parametrize(("text", "rate"), ELLIPTIC.items(), ids=list(ELLIPTIC))
def test_a_number_beside_a_rate_takes_its_unit(text: str, rate: float) -> None:
    last = find_quantities(text)[-1]
    assert (last.interval.lo, last.unit) == (pytest.approx(rate), "/h")


@pytest.mark.parametrize(
    "text", ["100 calls an hour, on mondays 3 engineers", "12 gpus, 3 per second. on average 5."]
)
def test_a_number_that_counts_something_else_keeps_to_itself(text: str) -> None:
    assert any(quantity.unit is None for quantity in find_quantities(text))


SHOWN = [
    (Interval(108000, 108000), "s", "30 h"), (Interval(90, 90), "s", "90 s"),
    (Interval(0.5, 0.5), "MB", "500 KB"), (Interval(1e-7, 1e-7), "MB", "0.1 bytes"),
    (Interval(120, 180), "s", "2-3 min"), (Interval(0.002, 0.01), "MB", "2-10 KB"),
    (Interval(60, 120), "s", "1-2 min"),
    (Interval(2 / 168, 10 / 168),
    "/h", "2-10/week"),
    (Interval(730 / 24, 730 / 24), "d", "730 h"), (Interval(730 / 12, 730 / 12), "d", "2 months"),
    (Interval(365, 365), "d", "12 months"), (Interval(730, 730), "d", "2 years"),
    (Interval(90, 90), "d", "90 d"),
    (Interval(4e6, 4e6),
    "records", "4 million records"),
    (Interval(4, 25, lo_open=True), "MB", "> 4 MB, <= 25 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("interval", "unit", "shown"), SHOWN, ids=[s for _, _, s in SHOWN])
def test_an_answer_is_shown_in_the_unit_that_people_say(
    interval: Interval, unit: str, shown: str
) -> None:
    assert format_interval(interval, unit) == shown
    read = read_quantity(shown, unit, "here")
    assert isinstance(read, Interval), read
    assert (read.lo, read.hi) == (pytest.approx(interval.lo), pytest.approx(interval.hi))
