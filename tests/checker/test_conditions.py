"""Conditions in three-valued logic: what is unknown stays open, and more knowledge never undoes."""

import math
from collections.abc import Mapping
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker.knowledge.answers import Answer
from checker.rules.conditions import Bound, Derivation, Group, Node, Pick, leaves, truth
from checker.units import Interval
from tests.support import exactly

T, F, U = True, False, None
NAMES = {T: "true", F: "false", U: "open"}
INF = math.inf

# one, other: all, any, none (Kleene's strong logic)
TABLE = {
    (T, T): (T, T, F),
    (T, F): (F, T, F),
    (T, U): (U, T, F),
    (F, T): (F, T, F),
    (F, F): (F, F, T),
    (F, U): (F, U, U),
    (U, T): (U, T, F),
    (U, F): (F, U, U),
    (U, U): (U, U, U),
}
KINDS = ("all", "any", "none")
PAIRS = [(kind, pair, row[i]) for pair, row in TABLE.items() for i, kind in enumerate(KINDS)]


def _leaf(name: str) -> Pick:
    return Pick(name, "is", frozenset({"yes"}))


def _answers(truths: Mapping[str, bool | None]) -> dict[str, Answer]:
    return {name: "yes" if value else "no" for name, value in truths.items() if value is not None}


@pytest.mark.parametrize(
    ("kind", "pair", "expected"),
    PAIRS,
    ids=[f"{kind}-{NAMES[a]}-{NAMES[b]}" for kind, (a, b), _ in PAIRS],
)
def test_a_group_of_two_follows_kleenes_tables(
    kind: str, pair: tuple[bool | None, bool | None], expected: bool | None
) -> None:
    group = Group(kind, (_leaf("a"), _leaf("b")))
    assert truth(group, _answers(dict(zip("ab", pair, strict=True)))) is expected


@pytest.mark.parametrize("value", [T, F, U], ids=NAMES.get)
@pytest.mark.parametrize("kind", KINDS)
def test_a_group_of_one_is_its_part_or_the_opposite(kind: str, value: bool | None) -> None:
    opposite = {T: F, F: T, U: U}
    expected = opposite[value] if kind == "none" else value
    assert truth(Group(kind, (_leaf("a"),)), _answers({"a": value})) is expected


PICKS = {
    "is, and it is": ("is", {"yes"}, "yes", T),
    "is, but it is not": ("is", {"yes"}, "no", F),
    "is, unknown": ("is", {"yes"}, None, U),
    "is not, but it is": ("is_not", {"yes"}, "yes", F),
    "is not, and it is not": ("is_not", {"yes"}, "no", T),
    "is not, unknown": ("is_not", {"yes"}, None, U),
    "one of, the second": ("one_of", {"gpu", "inferentia"}, "inferentia", T),
    "one of, another": ("one_of", {"gpu", "inferentia"}, "none", F),
    "one of, unknown": ("one_of", {"gpu", "inferentia"}, None, U),
}


@pytest.mark.parametrize(("op", "values", "answer", "expected"), PICKS.values(), ids=PICKS)
def test_a_choice_is_judged_only_when_it_is_known(
    op: str, values: set[str], answer: str | None, expected: bool | None
) -> None:
    given_answers = {} if answer is None else {"field": answer}
    assert truth(Pick("field", op, frozenset(values)), given_answers) is expected


LIMIT = 10.0
SPANS = {
    # answer: at_most, below, at_least, above the limit of ten
    "below": (exactly(9), T, T, F, F),
    "on it": (exactly(10), T, F, T, F),
    "above": (exactly(11), F, F, T, T),
    "straddles": (Interval(9, 11), U, U, U, U),
    "ends on it, closed": (Interval(9, 10), T, U, U, F),
    "ends on it, open": (Interval(9, 10, hi_open=True), T, T, F, F),
    "starts on it, closed": (Interval(10, 11), U, F, T, U),
    "starts on it, open": (Interval(10, 11, lo_open=True), F, F, T, T),
    "at most the limit": (Interval(0, 10), T, U, U, F),
    "less than the limit": (Interval(0, 10, hi_open=True), T, T, F, F),
    "at least the limit": (Interval(10, INF), U, F, T, U),
    "more than the limit": (Interval(10, INF, lo_open=True), F, F, T, T),
    "at least less": (Interval(9, INF), U, U, U, U),
    "more than less": (Interval(9, INF, lo_open=True), U, U, U, U),
    "at most more": (Interval(0, 11), U, U, U, U),
    "far below": (Interval(1, 9), T, T, F, F),
    "far above": (Interval(11, 20), F, F, T, T),
}
ORDERS = ("at_most", "below", "at_least", "above")
ORDERED = [(op, row[0], row[i + 1]) for row in SPANS.values() for i, op in enumerate(ORDERS)]


@pytest.mark.parametrize(
    ("op", "answer", "expected"), ORDERED, ids=[f"{op}-{name}" for name in SPANS for op in ORDERS]
)
def test_an_interval_is_judged_only_where_all_of_it_lies_on_one_side(
    op: str, answer: Interval, expected: bool | None
) -> None:
    assert truth(Bound("field", op, LIMIT), {"field": answer}) is expected


@pytest.mark.parametrize("op", ORDERS)
def test_an_unknown_quantity_leaves_every_limit_open(op: str) -> None:
    assert truth(Bound("field", op, LIMIT), {}) is None


@pytest.mark.parametrize("factors", [("none", "many"), ("many", "none")])
def test_nothing_times_a_quantity_without_an_end_is_nothing(factors: tuple[str, ...]) -> None:
    bound = Bound("field", "at_most", 0.5, derived=(Derivation(factors, (), 1.0),))
    assert truth(bound, {"none": exactly(0), "many": Interval(5, INF)}) is True


def intervals() -> st.SearchStrategy[Interval]:
    """Intervals with whole ends, none of them empty."""
    ends = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(sorted)

    def with_ends(pair: list[int], lo_open: bool, hi_open: bool) -> Interval:
        lo, hi = pair
        return exactly(lo) if lo == hi else Interval(lo, hi, lo_open, hi_open)

    return st.builds(with_ends, ends, st.booleans(), st.booleans())


def _points(interval: Interval) -> list[float]:
    """Every point of an interval that can tell limits on whole numbers apart."""
    halves = [n / 2 for n in range(13) if interval.lo <= n / 2 <= interval.hi]
    open_ends = {interval.lo: interval.lo_open, interval.hi: interval.hi_open}
    return [point for point in halves if not open_ends.get(point, False)]


_COMPARE = {
    "at_most": lambda x, limit: x <= limit,
    "below": lambda x, limit: x < limit,
    "at_least": lambda x, limit: x >= limit,
    "above": lambda x, limit: x > limit,
}


@given(intervals(), st.sampled_from(ORDERS), st.integers(0, 6))
def test_a_bound_says_what_every_point_of_the_interval_says(
    interval: Interval, op: str, limit: int
) -> None:
    said = {_COMPARE[op](point, limit) for point in _points(interval)}
    expected = said.pop() if len(said) == 1 else None
    assert truth(Bound("field", op, float(limit)), {"field": interval}) is expected


# --- more knowledge never undoes a judgement

NUMBERS, WORDS = ("n1", "n2"), ("w1", "w2")


def nodes() -> st.SearchStrategy[Node]:
    """Conditions over two numbers and two choices, nested a few levels deep."""
    bounds = st.builds(
        Bound, st.sampled_from(NUMBERS), st.sampled_from(ORDERS), st.integers(0, 6).map(float)
    )
    picks = st.builds(
        Pick,
        st.sampled_from(WORDS),
        st.sampled_from(("is", "is_not", "one_of")),
        st.sets(st.sampled_from("abc"), min_size=1, max_size=2).map(frozenset),
    )

    def grouped(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
        parts = st.lists(inner, min_size=1, max_size=3).map(tuple)
        return st.builds(Group, st.sampled_from(KINDS), parts)

    return st.recursive(bounds | picks, grouped, max_leaves=4)


def inside(outer: Interval | None) -> st.SearchStrategy[Interval]:
    """Intervals within ``outer``; any where nothing was said."""
    if outer is None:
        return intervals()
    if outer.exact:
        return st.just(outer)
    points = st.sampled_from(_points(outer)).map(exactly)
    return points | st.just(outer)


@st.composite
def narrowings(draw: st.DrawFn) -> tuple[dict[str, Answer], dict[str, Answer]]:
    """Some answers, and the same ones with each narrowed, kept or newly given."""
    before: dict[str, Answer] = {}
    after: dict[str, Answer] = {}
    for name in NUMBERS:
        wide = draw(st.none() | intervals())
        before |= {} if wide is None else {name: wide}
        narrow = draw(st.just(wide) | inside(wide))
        after |= {} if narrow is None else {name: narrow}
    for name in WORDS:
        word = draw(st.none() | st.sampled_from("abc"))
        before |= {} if word is None else {name: word}
        later = word or draw(st.none() | st.sampled_from("abc"))
        after |= {} if later is None else {name: later}
    return before, after


@given(nodes(), narrowings())
def test_narrowing_an_answer_never_reverses_a_judgement(
    node: Node, pair: tuple[dict[str, Answer], dict[str, Answer]]
) -> None:
    before, after = (truth(node, answers) for answers in pair)
    assert before is None or after is before


@given(nodes(), narrowings())
def test_a_judgement_holds_for_every_way_to_complete_the_answers(
    node: Node, pair: tuple[dict[str, Answer], dict[str, Answer]]
) -> None:
    judged = truth(node, pair[0])
    fields = sorted({leaf.field for leaf in leaves(node)})
    choices = [_completions(pair[0].get(name), name) for name in fields]
    found = {truth(node, dict(zip(fields, answers, strict=True))) for answers in product(*choices)}
    assert None not in found
    assert judged is None or found == {judged}


def _completions(answer: Answer | None, name: str) -> list[Answer]:
    if name in WORDS:
        return [answer] if answer else list("abc")
    wide = answer if isinstance(answer, Interval) else Interval(0, 6)
    return [exactly(point) for point in _points(wide)]
