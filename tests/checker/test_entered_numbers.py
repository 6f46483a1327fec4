"""A number means the same in the form, in a link, on the command line and in a text."""

import json
import math

import pytest

from checker import cli
from checker.knowledge.references import option_labels
from checker.quantities import find_quantities, quantity_in
from checker.render.terminal import reading_report
from tests import support

# What is written, and what it is in megabytes: from and to.
WRITTEN = {
    "6 MB": (6, 6), "6MB": (6, 6), "6 megabytes": (6, 6), "about 6 MB": (6, 6), "~5 MB": (5, 5),
    "forty-two MB": (42, 42), "ninety-five MB": (95, 95), "one hundred and twenty MB": (120, 120),
    "five hundred kilobytes": (0.5, 0.5), "a hundred MB": (100, 100), "half a GB": (500, 500),
    "5_000 KB": (5, 5), "1,000 KB": (1, 1), "1'000 KB": (1, 1), "1 000 KB": (1, 1),
    "1\u2009000 KB": (1, 1), "1\u202f000 KB": (1, 1), "1\u00a0000 KB": (1, 1), "6\u00a0MB": (6, 6),
    "2-6 MB": (2, 6), "2–6 MB": (2, 6), "2..6 MB": (2, 6), "2 to 6 MB": (2, 6),
    "2,5 MB": (2.5, 2.5), "1.000,5 KB": (1.0005, 1.0005), "at most 6 MB": (0, 6),
    "over 6 MB": (6, math.inf),
}  # fmt: skip
RATES = {"10k a day": 1e4 / 24, "1.5M per month": 1.5e6 / 730, "twice a day": 1 / 12}
# What cannot be meant: nothing of it may become an answer.
REFUSED = ["$500 a month", "500 €", "1e999 MB", "5h30", "6 parsecs", "½ MB", "six-ish"]


def decided(capsys: pytest.CaptureFixture[str], *pairs: str) -> tuple[int, str, str]:
    status = cli.main(["decide", "inference", *pairs, "--json"])
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture(autouse=True)
def _with_knowledge(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "bundled_knowledge", support.known)


@pytest.mark.parametrize("written", WRITTEN, ids=ascii)
def test_a_size_is_the_same_in_form_command_line_and_text(
    written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    low, high = WRITTEN[written]
    form = support.typed({"payload": written})["payload"]
    assert (form.lo, form.hi) == (pytest.approx(low), pytest.approx(high))  # type: ignore[union-attr]
    status, out, err = decided(capsys, f"payload={written}")
    assert (status in (0, 1), err) == (True, "")
    plain = support.session().decide(["inference"], {"payload": written})["verdicts"]["inference"]
    assert json.loads(out) == plain
    (text,) = find_quantities(" ".join(f"each request is {written} here".lower().split()))
    assert (text.interval.lo, text.interval.hi) == (pytest.approx(low), pytest.approx(high))


@pytest.mark.parametrize("written", RATES)
def test_a_rate_is_the_same_in_form_and_text(written: str) -> None:
    form = support.typed({"requests": written})["requests"]
    assert form.lo == pytest.approx(RATES[written])  # type: ignore[union-attr]
    (text,) = find_quantities(f"we get {written.lower()}.")
    assert text.interval.lo == pytest.approx(RATES[written])


@pytest.mark.parametrize("written", REFUSED)
def test_what_is_no_size_is_refused_whole_with_what_is_accepted(
    written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = decided(capsys, f"payload={written}")
    assert (status, out) == (2, "")
    assert "payload: " in err
    assert "accepted: " in err or "large" in err
    found = find_quantities(f"each request is {written.lower()} here")
    assert [quantity_in(quantity, "MB") for quantity in found if quantity.unit == "MB"] in (
        [],
        [None],
    )


@pytest.mark.parametrize("written", ["1e999 MB", "-5 MB", "1e999 s", "1e999 calls a day"])
def test_a_text_shows_the_number_that_cannot_be_meant_and_answers_nothing_with_it(
    written: str,
) -> None:
    answer = support.session().ask(f"Each request is {written}, and the caller waits.")
    assert [item["quote"] for item in answer["unplaced"]] == [written]
    assert [item["field"] for item in answer["read"]] == ["caller"]
    assert f"“{written}” answers no question" in reading_report(
        answer, option_labels(support.known())
    )
