"""Situations for hypothesis: answers to the questions of a decision, exact or within limits."""

from hypothesis import strategies as st

from checker.knowledge.answers import Answer
from checker.units import Interval
from tests.support import known, values


@st.composite
def exact_answers(draw: st.DrawFn, decision: str, most: int = 7) -> dict[str, Answer]:
    """Answers to some fields of a decision: choices, numbers on a limit or a step beside it."""
    fields = known().decisions[decision].fields
    names = draw(st.lists(st.sampled_from(fields), unique=True, min_size=1, max_size=most))
    return {name: draw(st.sampled_from(values(name))) for name in names}


@st.composite
def spans(draw: st.DrawFn, field: str) -> Interval:
    """An interval of a quantity field: a point, a range or a bound, near the field's limits."""
    points = sorted({v.lo for v in values(field) if isinstance(v, Interval)})
    low, high = sorted((draw(st.sampled_from(points)), draw(st.sampled_from(points))))
    kind = draw(st.sampled_from(("range", "at_most", "below", "at_least", "above")))
    return {
        "range": Interval(low, high),
        "at_most": Interval(0.0, high),
        "below": Interval(0.0, high, hi_open=True),
        "at_least": Interval(low, float("inf")),
        "above": Interval(low, float("inf"), lo_open=True),
    }[kind]


@st.composite
def answers(draw: st.DrawFn, decision: str) -> dict[str, Answer]:
    """As ``exact_answers``, with ranges and bounds for some of the numbers."""
    found = draw(exact_answers(decision))
    for name in [name for name, value in found.items() if isinstance(value, Interval)]:
        if draw(st.booleans()):
            found[name] = draw(spans(name))
    return found


def decisions() -> st.SearchStrategy[str]:
    """Any decision."""
    return st.sampled_from(sorted(known().decisions))


def situations() -> st.SearchStrategy[tuple[str, dict[str, Answer]]]:
    """A decision and answers to some of its fields."""
    return decisions().flatmap(lambda d: st.tuples(st.just(d), answers(d)))


def exact_situations() -> st.SearchStrategy[tuple[str, dict[str, Answer]]]:
    """A decision and answers that are single numbers and choices."""
    return decisions().flatmap(lambda d: st.tuples(st.just(d), exact_answers(d)))
