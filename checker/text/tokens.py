"""Plain text as tokens: words without their endings, numbers, marks, and the clauses they form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_REPLACED = str.maketrans(
    {
        "\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2013": "-", "\u2014": " - ",
        "\u2212": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2264": " <= ",
        "\u2265": " >= ", "\u00b5": "u", "\u00d7": "x", "\u2248": "~",
    }
)  # fmt: skip
_TOKEN = re.compile(
    r"\d+(?:,\d{3})+(?:\.\d+)?|(?<![a-z])\d*\.\d+(?:e[-+]?\d+)?|\d+(?:e[-+]?\d+)?(?![a-z]*\d)|[a-z]+(?:'[a-z]+)?|\d+"
    r"|<=|>=|[^\w\s]|\w"
)
_CLAUSE_ENDS = frozenset(".;!?,:") | {"but", "however", "although", "though", "while", "whereas"}
_SENTENCE_ENDS = frozenset(".;!?")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its text, its stem, its place, its clause and its sentence."""

    text: str
    stem: str
    start: int
    end: int
    clause: int
    sentence: int


def clean(text: str) -> str:
    """The text with typographic marks made plain and control characters made spaces, but for the
    ends of lines.

    Every character stays one character where it can, so that quotes can be cut from the text.
    """
    plain = text.translate(_REPLACED)
    return "".join(c if c.isprintable() or c == "\n" else " " for c in plain)


def tokenize(text: str) -> tuple[Token, ...]:
    """Split cleaned text; positions refer to it."""
    return tuple(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    clause = sentence = last = 0
    lowered = text.lower()
    for match in _TOKEN.finditer(lowered):
        word = match[0]
        if "\n" in lowered[last : match.start()]:
            clause += 1
            sentence += 1
        last = match.end()
        # A point inside "S3.Bucket" or "e.g." ends nothing, nor does the stroke of "and/or".
        ends = word in _CLAUSE_ENDS and (word.isalpha() or _at_end(lowered, match.end()))
        apart = lowered[match.start() - 1 : match.end() + 1] == " / "
        ends = ends or apart
        if ends and word.isalpha():
            clause += 1
        yield Token(word, stem(word), match.start(), match.end(), clause, sentence)
        if ends and not word.isalpha():
            clause += 1
            sentence += apart or word in _SENTENCE_ENDS


def _at_end(text: str, position: int) -> bool:
    return position >= len(text) or text[position].isspace() or text[position] in "\"')"


_VOWEL = re.compile(r"[aeiouy]")


def stem(word: str) -> str:
    """A word without its ending: requests, requested, requesting -> request.

    Crude, and the same for phrases and texts, which is all that matters.
    """
    if len(word) < 4 or not word.isalpha():
        return word
    for ending, kept in (("ies", "y"), ("ing", ""), ("ed", ""), ("s", "")):
        root = word.removesuffix(ending) + kept
        if root == word + kept or not word.endswith(ending):
            continue
        if ending == "s" and word.endswith(("ss", "us", "is")):
            continue
        if ending == "ed" and word.endswith("eed"):
            continue
        if len(root) >= 3 and _VOWEL.search(root):
            return _trimmed(root)
    return _trimmed(word)


def _trimmed(root: str) -> str:
    """Without a silent e, a doubled consonant, and with y as i."""
    if len(root) > 3 and root.endswith("e"):
        root = root[:-1]
    if len(root) > 3 and root[-1] == root[-2] and root[-1] not in "aeioulsz":
        root = root[:-1]
    return root[:-1] + "i" if len(root) > 3 and root.endswith("y") else root
