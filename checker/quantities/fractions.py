"""Parts of a unit or of a whole: half a gigabyte, a quarter of an hour, a tenth of the traffic."""

from collections.abc import Sequence

from checker.quantities.lexemes import Lexeme
from checker.quantities.numerals import ONES, read_numeral
from checker.quantities.said import BYTES, ONLY_RATES, PERCENT, SECONDS, TIMES, Quantity
from checker.units import Interval, convert

_PARTS = {
    "half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8,
    "tenth": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_MANY = {"a": 1, "an": 1, "another": 1}
# What is whole before it is parted; other nouns are no share: "a third of a page".
_WHOLES = frozenset({
    "call", "caller", "callers", "calls", "capacity", "clients", "customer", "customers",
    "everybody", "everyone", "fleet", "instances", "invocations", "it", "load", "machines",
    "people", "readers", "records", "request", "requests", "sessions", "shoppers", "them",
    "time", "traffic", "user", "users", "visitor", "visitors", "volume",
})  # fmt: skip
# Behind a part that is moved, watched or kept each time, without a word on what is parted.
_PORTIONED = frozenset({"each", "first", "then", "per", "every", "next", "more"})
# Fewer than one in so many are no share that anybody routes.
_LEAST_SHARE = 1000
# What joins the two sides of "fifty-fifty" and "50/50".
_EVEN = frozenset({"-", "/", ":"})
_BETWEEN = frozenset({"the", "all", "our", "your", "its", "their", "live", "real", "production"})


def fraction(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """The part that begins at a lexeme, and where it ends; None where none does."""
    if halves := _halves(items, at):
        return halves
    share, step, plural = _share(items, at)
    if share is None:
        return _so_many_in(items, at)
    start = items[at].start
    if plural and (step >= len(items) or items[step].text != "of"):
        return None if at + 1 < step else _percent(share, start, items, step)
    of = step < len(items) and items[step].text == "of"
    step += of
    article = step < len(items) and items[step].text in ("a", "an")
    measured = _measured(share, start, items, step + article) if article or not of else None
    if measured is not None:
        return measured
    if not of and _is_portion(items, at, step):
        return _percent(share, start, items, step)
    while step < len(items) and items[step].text in _BETWEEN:
        step += 1
    if step < len(items) and not article and _is_whole(items[step], small=share < 0.5):
        return _percent(share, start, items, step + 1)
    return None


def _is_whole(item: Lexeme, *, small: bool) -> bool:
    """Whether something is parted: of many things of any kind only small parts are shares."""
    many = item.kind == "word" and item.text[-1] == "s" and len(item.text) > 3
    return item.text in _WHOLES or (small and many and item.text not in TIMES)


def _is_portion(items: Sequence[Lexeme], at: int, step: int) -> bool:
    """Whether a part is a portion of the traffic: "a tenth at a time", "first a fifth"."""
    behind = [item.text for item in items[step : step + 2]]
    if behind in (["at", "a"], ["at", "once"]) or (behind and behind[0] in _PORTIONED):
        return True
    before = items[at - 1].text if at else ""
    ends = not behind or items[step].kind == "mark"
    before = "another" if items[at].text == "another" else before
    return ends and before in ("first", "by", "only", "just", "another")


def _so_many_in(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "One in ten", "one request in ten", "three in a hundred", "1 of 100 calls"."""
    few = read_numeral(items, at)
    if few is None or few.vague or few.article or few.low < 1:
        return None
    step = few.stop
    if step + 1 < len(items) and items[step].kind == "word" and items[step + 1].text == "in":
        if few.low > 1 and items[step].text not in _WHOLES:
            return None
        step += 1
    joint = items[step].text if step < len(items) else ""
    many = read_numeral(items, step + 1) if joint in ("in", "of") else None
    if many is None or many.vague or not few.low < many.low <= _LEAST_SHARE:
        return None
    behind = items[many.stop] if many.stop < len(items) else None
    if behind and (behind.text in TIMES or behind.text in BYTES or behind.kind == "name"):
        return None
    if joint == "of" and (many.low % 10 or behind is None or behind.text not in _WHOLES):
        return None  # "Two of ten models" is a count.
    if few.low > 1 and many.low % 10:
        return None
    return _percent(few.low / many.low, items[at].start, items, many.stop)


def _halves(items: Sequence[Lexeme], at: int) -> tuple[Quantity, int] | None:
    """ "Fifty-fifty", "50/50", "two equal halves", "1/3 of"."""
    words = [item.text for item in items[at : at + 4]]
    if words[1:2] == ["/"] and words[3:] == ["of"] and words[0].isdigit() and words[2].isdigit():
        few, many = int(words[0]), int(words[2])
        return _percent(few / many, items[at].start, items, at + 3) if 0 < few < many else None
    if len(words) > 2 and words[1] in _EVEN and words[0] == words[2] in ("50", "fifty"):
        return _percent(0.5, items[at].start, items, at + 3)
    if words[0] != "two":
        return None
    step = at + 1 + (len(words) > 1 and words[1] in ("equal", "even"))
    if step < len(items) and items[step].text == "halves":
        return _percent(0.5, items[at].start, items, step + 1)
    return None


def _share(items: Sequence[Lexeme], at: int) -> tuple[float | None, int, bool]:
    """The part of one, where its words end, and whether it is said in the plural: "tenths"."""
    word = items[at].text
    following = items[at + 1].text if at + 1 < len(items) else ""
    if word == "half":
        return 0.5, at + 1, False
    parted = following == "of" or (at > 0 and items[at - 1].text == "in")
    if parted and word.removesuffix("s") in _PARTS and word[-1] == "s":
        return 1 / _PARTS[word.removesuffix("s")], at + 1, True
    single = following.removesuffix("s")
    many = _MANY.get(word) or ONES.get(word)
    if many and single in _PARTS and many < _PARTS[single]:
        return many / _PARTS[single], at + 2, False
    behind = items[at + 2].text if at + 2 < len(items) else ""
    if word in _PARTS and following == "of" and behind in ("a", "an"):
        return 1 / _PARTS[word], at + 1, False  # "A quarter" without its article.
    return None, at, False


def _percent(share: float, start: int, items: Sequence[Lexeme], stop: int) -> tuple[Quantity, int]:
    value = round(100 * share, 4 if share < 0.01 else 2)
    return Quantity(Interval(value, value), "%", start, items[stop - 1].end, "%"), stop


def _measured(
    share: float, start: int, items: Sequence[Lexeme], at: int
) -> tuple[Quantity, int] | None:
    """A part of a size, a time or a percent: "half a gigabyte", "three quarters of an hour"."""
    word = items[at].text if at < len(items) else ""
    if word in PERCENT:
        return _percent(share / 100, start, items, at + 1)
    if word in BYTES:
        size = share * (convert(1.0, BYTES[word], "MB") or 0.0)
        return Quantity(Interval(size, size), "MB", start, items[at].end, BYTES[word]), at + 1
    if word not in TIMES or word in ONLY_RATES or share == 0.5:
        return None  # Halves of times go on: "half an hour or so".
    length = share * SECONDS[TIMES[word]]
    return Quantity(Interval(length, length), "s", start, items[at].end, TIMES[word]), at + 1
