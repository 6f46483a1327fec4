"""The numbers of a text, judged together."""

from collections.abc import Mapping

from checker.quantities import find_quantities
from checker.text.numbers import Number
from checker.text.together import Judged, features_together
from tests.support import session


def _judged(text: str, *likely: Mapping[str, float]) -> list[Judged]:
    quantities = find_quantities(text)
    return [
        Judged(Number(quantity, text[quantity.start : quantity.end], place, place), parts)
        for place, (quantity, parts) in enumerate(zip(quantities, likely, strict=True))
    ]


def test_a_time_is_compared_with_the_one_that_answers_the_other_question() -> None:
    both = _judged("120 ms, 800 ms", {"duration": 0.4, "latency": 0.5}, {"latency": 0.9})
    short = features_together(both, 0)
    assert "duration=<latency" in short["duration"]
    assert "latency=free:duration" in short["latency"]
    assert {"size:first", "order:first", "claim:2"} <= {*short["latency"]}


def test_an_amount_that_is_said_again_is_no_other_amount() -> None:
    again = _judged("5 gb, 5 gb", {"total_size": 0.9}, {"total_size": 0.2, "memory": 0.4})
    features = features_together(again, 1)
    assert "memory=again:total_size" in features["memory"]
    assert {"size:only", "claim:-5"} <= {*features["total_size"]}


def test_a_number_alone_in_a_text_has_no_neighbours() -> None:
    (features,) = features_together(_judged("5 gb", {"memory": 0.9}), 0).values()
    assert {"memory=before:none", "memory=behind:none", "best:-5:0"} <= {*features}


def test_of_two_times_the_longer_one_is_what_people_wait_for() -> None:
    text = "A clerk waits. In: 200 KB photo. Compute: 90 ms. Allowed: 700 ms. Forty a minute."
    read = {item["field"]: item["value"] for item in session().ask(text)["read"]}
    assert (read["duration"], read["latency"], read["payload"]) == ("90 ms", "700 ms", "200 KB")
