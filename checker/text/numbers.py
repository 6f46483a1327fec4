"""The numbers of a text, each with what the words around it say about its meaning.

``number_features`` names what can be seen; a model trained on labelled texts weighs it.
"""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from checker.quantities import Quantity, find_quantities
from checker.text.tokens import Token, stem

# Words on each side that can govern a number, and those next to it whose place counts.
_WINDOW = 8
_NEAR = 3
# Numbers further away than this have no token in the window.
_REACH = 40
_NO_NOUNS = frozenset({
    "and", "the", "but", "are", "was", "were", "has", "have", "had", "for", "with", "from", "into",
    "then", "when", "while", "after", "before", "until", "can", "may", "must", "will", "that",
    "which", "who", "did", "does", "not", "each", "per", "more", "less", "nothing", "only",
})  # fmt: skip
_YEARS = range(1980, 2041)
_ONE = frozenset({"one", "1"})
_TELLING_MARKS = frozenset(":=()/")
_GROUPS = {
    "work": (
        "take need run compute process chew want require spend inference predict score "
        "generate last calculate produce render transcribe cost work"
    ),
    "want": (
        "within inside answer response respond reply return deliver back latency p95 p99 "
        "p50 deadline must should target sla slo budget under below need expect until by"
    ),
    "wait": "wait patience patient tolerate accept fine ok okay happy hurry rush mind sit",
    "in": (
        "request payload input upload send sent post body image photo picture clip video "
        "document file scan pdf csv json message record audio study recording prompt call "
        "invoice"
    ),
    "out": "output response result answer mask return reply out goes come transcript report",
    "model": "model artifact weight checkpoint binary tar tarball network adapter parameter",
    "memory": "memory ram load gpu vram resident fit host instance",
    "box": "image docker container ecr",
    "data": (
        "dataset data extract export dump corpus history bucket archive total s3 storage "
        "table warehouse"
    ),
    "start": (
        "start startup boot cold warm spin provision launch download pull first init "
        "initialise initialize lull"
    ),
    "rate": (
        "request call prediction invocation transaction visitor user custom question "
        "query hit document upload time event message patient order"
    ),
    "each": "each per every one single",
    "label": "label outcome truth claim feedback result known later after confirm",
    "keep": "keep kept retain retention store hold archive",
    "past": "ago last past previous earlier since use before old former until",
    "now": "now today current meanwhile",
    "row": "row record item line contact user text read policy",
    "share": "traffic share percent request portion slice first step",
    "watch": "watch bake observe between interval monitor soak minute hour",
    "busy": "utilisation utilization busy idle load cpu gpu average",
    "run": "train training job epoch run fit retrain retraining",
    "fall": "fell drop rose grew went down from up lost decline climb",
    "models": "model tenant store custom merchant client brand country city account adapter",
    "nodes": "node instance machine gpu host box",
    "steps": "step stage container",
    "commit": "commit contract year term plan horizon next",
    "notice": "notice know detect alert alarm hear warn learn told find",
    "limit": "limit cap quota timeout error gave give maximum allow exceed",
    "money": "dollar euro cost price budget bill pay",
    "people": "people person user engineer scientist developer team employee member",
}
_GROUP_OF: dict[str, tuple[str, ...]] = {}
for _name, _words in _GROUPS.items():
    for _word in dict.fromkeys(stem(word) for word in _words.split()):
        _GROUP_OF[_word] = (*_GROUP_OF.get(_word, ()), _name)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity of a text and the tokens that say it, ``first`` to ``last``."""

    quantity: Quantity
    quote: str
    first: int
    last: int


def find_numbers(text: str, tokens: Sequence[Token]) -> tuple[Number, ...]:
    """Every quantity in cleaned text, in order."""
    starts = [token.start for token in tokens]
    ends = [token.end for token in tokens]
    found = []
    for quantity in find_quantities(text.lower()):
        first = bisect_right(ends, quantity.start)
        last = max(first, bisect_left(starts, quantity.end) - 1)
        found.append(Number(quantity, text[quantity.start : quantity.end].strip(), first, last))
    return tuple(found)


def is_amount(number: Number, tokens: Sequence[Token]) -> bool:
    """Whether a number measures or counts something: it has a unit, or a noun follows it.

    Dates, versions and a bare "one" measure nothing.
    """
    if number.quantity.unit is not None:
        return True
    if is_one(number):
        return False
    behind = tokens[number.last + 1 : number.last + 2]
    return any(t.text.isalpha() and len(t.text) > 2 and t.text not in _NO_NOUNS for t in behind)


def is_one(number: Number) -> bool:
    """Whether a number is a bare "one", which is mostly no count: "one by one", "the first one"."""
    return number.quote.lower() in _ONE


def is_year(quantity: Quantity) -> bool:
    """Whether a bare number may be a year of our time."""
    interval = quantity.interval
    return quantity.unit is None and interval.exact and interval.lo in _YEARS


def number_features(
    number: Number, tokens: Sequence[Token], others: Sequence[Number], decision: str
) -> list[str]:
    """What can be seen of a number, each with its dimension, as names for a model."""
    unit = number.quantity.unit or "count"
    seen = [
        *_of_itself(number, others, decision),
        *_inside(number, tokens),
        *_beside(number, tokens, others),
        *_around(number, tokens, others),
    ]
    return [f"{unit}|{name}" for name in seen]


def _of_itself(number: Number, others: Sequence[Number], decision: str) -> Iterator[str]:
    """Unit, size, bounds, and whether there are more of its kind."""
    quantity = number.quantity
    alike = [other for other in others if other.quantity.unit == quantity.unit]
    many = len(alike) > 1
    earlier = sum(other.first < number.first for other in alike)
    larger = sum(other.quantity.interval.lo > quantity.interval.lo for other in alike)
    yield from (f"earlier:{min(2, earlier)}", f"larger:{min(2, larger)}")
    yield from (f"said:{quantity.said}", f"size:{_magnitude(quantity)}")
    yield from (f"in:{decision}", f"in:{decision}:{quantity.said}")
    yield from (f"per:{bool(quantity.per)}", f"many:{many}")
    if quantity.vague:
        yield "vague"
    if quantity.interval.exact and quantity.interval.lo == 1:
        yield "one"
    if is_year(quantity):
        yield "year"
    if quantity.period is not None:
        yield "rhythm"
    if quantity.interval.lo == 0 and quantity.interval.hi > 0:
        yield "bound:hi"
    if math.isinf(quantity.interval.hi):
        yield "bound:lo"


def _inside(number: Number, tokens: Sequence[Token]) -> Iterator[str]:
    """The words in a number, such as the requests of "ten requests a day"."""
    inside = [tokens[at] for at in range(number.first, min(number.last + 1, len(tokens)))]
    nouns = [token.stem for token in inside if token.text.isalpha()]
    yield from (f"i:{noun}" for noun in nouns)
    yield from {f"i@{group}" for noun in nouns for group in _GROUP_OF.get(noun, ())}
    yield f"things:{bool(nouns)}:{number.quantity.period is None}"


def _beside(number: Number, tokens: Sequence[Token], others: Sequence[Number]) -> Iterator[str]:
    """The kinds of the other numbers in the same sentence."""
    home = tokens[min(number.first, len(tokens) - 1)].sentence
    for other in others:
        if tokens[min(other.first, len(tokens) - 1)].sentence == home:
            yield f"with:{other.quantity.unit or 'count'}:{number.quantity.period is None}"


def _magnitude(quantity: Quantity) -> str:
    value = quantity.interval.lo if math.isinf(quantity.interval.hi) else quantity.interval.hi
    return str(round(math.log10(value))) if 0 < value < math.inf else "none"


def _around(number: Number, tokens: Sequence[Token], others: Sequence[Number]) -> Iterator[str]:
    """The words before and behind a number."""
    near = [o for o in others if abs(o.first - number.first) <= _REACH]
    taken = {at for other in near for at in range(other.first, other.last + 1)}
    before = range(number.first - 1, max(-1, number.first - 1 - _WINDOW), -1)
    behind = range(number.last + 1, min(len(tokens), number.last + 1 + _WINDOW))
    home = tokens[min(number.first, len(tokens) - 1)]
    yield from _side("l", before, tokens, home, taken)
    yield from _side("r", behind, tokens, home, taken)


def _side(
    side: str, places: range, tokens: Sequence[Token], home: Token, taken: Collection[int]
) -> Iterator[str]:
    """The words on one side with their groups, nearer ones with their place.

    A mark behind the side tells words of another clause, or beyond another number.
    """
    step, crossed = 0, ""
    for at in places:
        token = tokens[at]
        if token.sentence != home.sentence:
            return
        if token.clause != home.clause:
            crossed = "'"
        if at in taken:
            yield f"{side}{crossed}#"
            crossed = crossed or "#"
        elif token.text[0].isalpha() or token.text in _TELLING_MARKS:
            step += 1
            if step <= _NEAR and not crossed:
                yield f"{side}{step}:{token.stem}"
            yield f"{side}{crossed}:{token.stem}"
            near = "near" if step <= 2 else "mid" if step <= 4 else "far"
            for group in _GROUP_OF.get(token.stem, ()):
                yield f"{side}{crossed}{near}@{group}"
                yield f"{side}{crossed}@{group}"
