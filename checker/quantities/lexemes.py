"""A text as a row of numbers, words, marks and names."""

import re
from dataclasses import dataclass

_LEXEME = re.compile(
    r"(?P<date>\d{4}-\d\d(?:-\d\d)?)"
    # A decimal comma has one or two digits behind it and no more commas: "2,5" but not "1,2,3".
    r"|(?P<decimal>(?<![\d,])(?:\d{1,3}(?:\.\d{3})+|\d+),\d{1,2}(?![\d,.]|\s*,))"
    r"|(?P<number>\d{1,3}(?:[,_' ]\d{3})+(?![\d])(?:\.\d+)?|\d+(?:_\d+)+"
    r"|(?:\d+(?:\.\d+)?|\.\d+)(?:e[-+]?\d+(?![\w.]))?)"
    r"|(?P<word>[a-z]+(?:'[a-z]+)?)"
    r"|(?P<mark><=|>=|\.\.|[^\w\s]|[½¼¾])"
)


@dataclass(frozen=True, slots=True)
class Lexeme:
    """One piece of text; ``kind`` is number, word, mark or name (g5, p95, 400x400, eu-west-1)."""

    text: str
    kind: str
    start: int
    end: int


def lexemes(text: str) -> list[Lexeme]:
    """Lower-case text as lexemes; letters and digits that make one name are one lexeme."""
    found: list[Lexeme] = []
    at = 0
    while match := _LEXEME.search(text, at):
        if clock := _CLOCK.match(text, match.start()):
            found += _clock(clock)
            at = clock.end()
            continue
        if about := _ISH.match(text, match.start()):
            found.append(Lexeme(about[1], "number", about.start(), about.end()))
            at = about.end()
            continue
        kind = "number" if match.lastgroup == "decimal" else match.lastgroup or "mark"
        end = match.end()
        if kind in ("number", "word") and _in_name(text, match.start(), end, found):
            end = _name_end(text, end)
            start = match.start()
            found.append(Lexeme(text[start:end], "name", start, end))
        else:
            found.append(Lexeme(match[0], "name" if kind == "date" else kind, match.start(), end))
        at = end
    return found


# "11ish minutes" is a number with a softener.
_ISH = re.compile(r"(?<![\w.-])(\d[\d,.]*)-?ish\b")
# "5h30", "2m30s": each part with its unit, which the last one may leave out.
_CLOCK = re.compile(
    r"(?<![\w.-])(\d{1,3})"
    r"(?:(?P<h>h)(?P<min>\d\d?)(?:m|mins?)?|(?P<m>m|min)(?P<s>\d\d?)(?:s|secs?))(?![\w-])"
)


def _clock(match: re.Match[str]) -> list[Lexeme]:
    large, small = ("h", "min") if match["h"] else ("m", "s")
    middle, end = match.end(large), match.end(small)
    return [
        Lexeme(match[1], "number", match.start(), match.end(1)),
        Lexeme("h" if match["h"] else "min", "word", match.end(1), middle),
        Lexeme(match[small], "number", middle, end),
        Lexeme(small, "word", end, match.end()),
    ]


_GLUED = re.compile(r"[a-z]+")
_KNOWN_GLUED = frozenset({
    "k", "m", "mn", "bn", "b", "kb", "mb", "gb", "tb", "pb", "kib", "mib", "gib", "tib", "ms", "s",
    "sec", "secs", "min", "mins", "h", "hr", "hrs", "d", "x", "rps", "qps", "tps", "am", "pm",
    "hours", "minutes", "seconds", "days", "msec", "usd", "eur", "gbs", "mbs", "mio", "w", "y",
    "gig", "gigs", "meg", "megs", "hour", "minute", "second", "day", "bytes", "req", "yr",
    "rpm", "qpm", "rph",
})  # fmt: skip


def _in_name(text: str, start: int, end: int, before: list[Lexeme]) -> bool:
    """Whether digits and letters run together here in a way that no number with a unit does."""
    if not text[start].isdigit() and text[start] != ".":
        return bool(re.match(r"\d", text[end : end + 1])) or _joined(text, end)
    if start and (text[start - 1].isalpha() or text[start - 1] == "_"):
        return True
    if start > 1 and text[start - 1] in "-./" and text[start - 2].isalpha():
        # "eu-west-1", "gpt-4", "m5.2": but "sub-50" and "requests/5".
        word = re.search(r"\d?[a-z]+[-./]$", text[max(0, start - 16) : start])
        if word and word[0][0].isdigit() and word[0][1:-1] in _KNOWN_GLUED:
            return False  # "300ms-500ms"
        if word and word[0] not in ("sub-", "to-", "or-", "s/", "~") and text[start - 1] != "/":
            return True
    glued = _GLUED.match(text, end)
    if not glued:
        return False
    if glued[0] == "d" and text[start:end] in ("2", "3"):
        return True  # "a 3D model"
    return glued[0] not in _KNOWN_GLUED or text[glued.end() : glued.end() + 1].isdigit()


def _joined(text: str, end: int) -> bool:
    """Whether a word goes on as a name: "ml.g5.xlarge" but not "end. Next"."""
    if text[end : end + 1] != "." or not text[end + 1 : end + 2].isalpha():
        return False
    return bool(re.match(r"\.[a-z]+\d", text[end : end + 12]))


_NAME = re.compile(r"[\w]*(?:[.-](?=\w)[\w]+)*")


def _name_end(text: str, end: int) -> int:
    match = _NAME.match(text, end)
    return match.end() if match else end
