"""Numbers in digits and in words, as a row of lexemes: 3 200 000, 1e6, 10k, forty-two, a few."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from checker.quantities.lexemes import Lexeme

ONES = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60,
    "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "billion": 1e9,
    "bn": 1e9, "hundred": 1e2, "dozen": 12.0, "mil": 1e6, "millions": 1e6, "trillion": 1e12,
}  # fmt: skip
_PLURAL_SCALES = {
    "dozens": 12.0, "hundreds": 100.0, "thousands": 1e3, "millions": 1e6, "billions": 1e9,
    "tens": 10.0,
}  # fmt: skip
_SMALL_SCALES = frozenset({"hundred", "dozen"})
_FEW = frozenset({"few", "several", "handful", "couple", "pair"})
_TWO = frozenset({"couple", "pair"})
_PARTS_OF_ONE = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_DECIMAL = re.compile(r",\d{1,2}$")
_ORDINAL = frozenset({"st", "nd", "rd", "th"})
# The largest number of digits and words that one text can be made of is bounded by its length;
# a number past this is no amount of anything.
_LARGEST = 1e18


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number from ``low`` to ``high`` (the same but for "a few"), and the lexeme behind it."""

    low: float
    high: float
    stop: int
    scale: float = 1.0
    vague: bool = False
    article: bool = False


def read_numeral(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """The number that begins at a lexeme; None where none does."""
    if at >= len(items):
        return None
    item = items[at]
    if item.kind == "number":
        return _digits(items, at)
    if item.kind != "word":
        return None
    return _vague(items, at) or _worded(items, at)


def _digits(items: Sequence[Lexeme], at: int) -> Numeral | None:
    text = items[at].text
    if _DECIMAL.search(text):
        text = text.replace(".", "").replace(",", ".")
    value = float(re.sub(r"[,_' ]", "", text))
    stop = at + 1
    behind = items[stop] if stop < len(items) else None
    glued = behind is not None and behind.start == items[at].end
    if behind and glued and (behind.text in _ORDINAL or behind.text == "b"):
        return None
    scale, stop = _scale(items, stop, glued=glued)
    value *= scale
    if value > _LARGEST:
        return Numeral(math.inf, math.inf, stop)
    part = _PARTS_OF_ONE.get(items[stop].text, 0.0) if stop < len(items) else 0.0
    if part and items[stop].start == items[stop - 1].end:
        return Numeral(value + part, value + part, stop + 1)
    return _and_a_half(items, Numeral(value, value, stop, scale))


def _scale(items: Sequence[Lexeme], at: int, *, glued: bool) -> tuple[float, int]:
    """The "k" of "10k", the "million" of "1.5-million", and where that ends."""
    step = at + 1 if at < len(items) and items[at].text == "-" else at
    word = items[step].text if step < len(items) else ""
    if word not in _SCALES or (len(word) == 1 and not (glued and step == at)):
        return 1.0, at
    scale, step = _SCALES[word], step + 1
    if step < len(items) and items[step].text in ("million", "billion"):
        scale, step = scale * _SCALES[items[step].text], step + 1
    return scale, step


def _vague(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """ "A few", "several thousand", "a couple of", "hundreds of", "tens of thousands of"."""
    word = items[at].text
    step = at + 1
    if word in ("a", "an") and step < len(items) and items[step].text in _FEW:
        word, step = items[step].text, step + 1
    if word in _FEW and (word not in _TWO or items[at].text == "a"):
        low, high = (2.0, 2.0) if word in _TWO else (2.0, 10.0)
        step += step < len(items) and items[step].text == "of"
        scale = 1.0
        if step < len(items) and items[step].text in _SCALES and len(items[step].text) > 2:
            scale, step = _SCALES[items[step].text], step + 1
        return Numeral(low * scale, high * scale, step, scale, vague=True)
    if word in _PLURAL_SCALES:
        scale = _PLURAL_SCALES[word]
        step += step < len(items) and items[step].text == "of"
        if step < len(items) and items[step].text in _PLURAL_SCALES:
            scale, step = scale * _PLURAL_SCALES[items[step].text], step + 1
            step += step < len(items) and items[step].text == "of"
        return Numeral(2 * scale, 10 * scale, step, scale, vague=True)
    return None


def _worded(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """ "Forty-two", "two hundred and fifty", "a million", "half a million", "one and a half"."""
    if items[at].text in ("a", "an", "half"):
        return _scaled_article(items, at)
    total, scale, step = 0.0, 1.0, at
    current: float | None = None
    while step < len(items):
        word = items[step].text
        if current is not None and word in _SCALES and word not in _SMALL_SCALES and len(word) > 2:
            scale = _SCALES[word]
            total, current = total + current * scale, 0.0
        elif (grown := _grown(word, current)) is not None:
            current = grown
        elif current is None or not _joins(items, step, current):
            break
        step += 1
    if current is None:
        return None
    return _and_a_half(items, Numeral(total + current, total + current, step, scale))


def _grown(word: str, current: float | None) -> float | None:
    """The number below a thousand with one more word of it; None where the word is none."""
    if word in ONES and (current is None or (current >= 20 and current % 10 == 0)):
        return (current or 0.0) + ONES[word]
    if word in _TENS and (current is None or current % 100 == 0):
        return (current or 0.0) + _TENS[word]
    if word in _SMALL_SCALES and current is not None:
        return current * _SCALES[word]
    return None


def _scaled_article(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """ "A million", "half a million", "a dozen"."""
    half = items[at].text == "half"
    step = at + 1
    if half and step < len(items) and items[step].text == "dozen":
        return Numeral(6.0, 6.0, step + 1, 12.0, article=True)
    if half:
        if step >= len(items) or items[step].text not in ("a", "an"):
            return None
        step += 1
    if step >= len(items) or items[step].text not in _SCALES or len(items[step].text) < 3:
        return None
    scale = _SCALES[items[step].text]
    value = scale * (0.5 if half else 1.0)
    more = _rest(items, step) if not half and items[step].text in ("hundred", "thousand") else None
    if more is not None and more.high < scale:
        return replace(more, low=value + more.low, high=value + more.high)
    step += 1
    step += step < len(items) and items[step].text == "of"
    return Numeral(value, value, step, scale, article=True)


def _rest(items: Sequence[Lexeme], at: int) -> Numeral | None:
    """What is added to "a hundred": "and twenty", and with "thousand" also "two hundred"."""
    joined = at + 1 < len(items) and items[at + 1].text == "and"
    step = at + 1 + joined
    word = items[step].text if step < len(items) else ""
    return _worded(items, step) if word in ONES or word in _TENS else None


def _and_a_half(items: Sequence[Lexeme], numeral: Numeral) -> Numeral:
    stop = numeral.stop
    if [item.text for item in items[stop : stop + 3]] != ["and", "a", "half"]:
        return numeral
    low, high, stop = numeral.low + 0.5, numeral.high + 0.5, stop + 3
    scale = _SCALES.get(items[stop].text, 1.0) if stop < len(items) else 1.0
    if scale < _SCALES["thousand"] or len(items[stop].text) < 3:
        return replace(numeral, low=low, high=high, stop=stop)
    return replace(numeral, low=low * scale, high=high * scale, stop=stop + 1, scale=scale)


def _joins(items: Sequence[Lexeme], at: int, current: float) -> bool:
    """Whether a hyphen or an "and" joins two parts of one number."""
    if items[at].text == "-":
        return _next_is_number(items, at, current)
    return (
        items[at].text == "and"
        and current > 0
        and current % 100 == 0
        and _next_is_number(items, at, current)
    )


def _next_is_number(items: Sequence[Lexeme], at: int, current: float) -> bool:
    if at + 1 >= len(items):
        return False
    word = items[at + 1].text
    if items[at].text == "-":
        return word in ONES and current in _TENS.values()
    return word in ONES or word in _TENS
