"""Plain English, measured: sentences, their length, and words that have a better one.

Pure Python on Markdown; code, macros, links' targets and diagrams are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.model import Knowledge

LONGEST = 35
# What no list of words can say: contractions, exclamation marks, and an "own" that reads oddly
# after its noun ("metrics of your own", but not "of your own metrics").
PATTERNS = {
    r"(?<!\w)of (?:its|your|their) own(?!\s+(?!(?:in|at|on|for|that|which|and|or|to|with)\b)\w)": (
        "separate, or own before the noun"
    ),
    r"(?<!\w)(?:\w+n't|(?:it|that|there|what)'s|\w+'(?:re|ve|ll))(?!\w)": "the words in full",
    r"(?<=\w)!(?=\s|$)": "a full stop",
}

type Words = Sequence[tuple[re.Pattern[str], str]]
"""Words to avoid, each with what to write in its place."""

_FENCE = re.compile(r"^\s*(?:```|~~~)")
_LEAVE_OUT = (
    (re.compile(r"\{\{ (?:fact|literal|checker_link)\([^}]*\}\}"), "fact"),
    (re.compile(r"\{\{.*?\}\}|\{%.*?%\}"), "."),
    (re.compile(r"`#[^`]+`"), ""),
    (re.compile(r"`[^`]*`"), "code"),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"<[^>]+>"), " "),
    (re.compile(r"[*_]{2}|\*(?=\w)|(?<=\w)\*"), ""),
    (re.compile(r"^\s*(?:[-*>]|\d+\.|#+|\?\?\?\+? \w+)\s+"), ""),
)
_END = re.compile(r"(?<=[.?!])[\"')]*\s+")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of prose as a reader sees it, and where it is written."""

    number: int
    text: str

    @property
    def sentences(self) -> list[str]:
        """Its sentences that have words."""
        return [part for part in _END.split(self.text) if _WORD.search(part)]


def style_words(known: Knowledge) -> Words:
    """The words to avoid: the style sheet's table, and what no list of words can say."""
    table = known.tables.get("style-terms")
    terms = [
        (rf"(?<!\w)(?:{'|'.join(map(re.escape, row.cells[0].split(', ')))})(?!\w)", row.label)
        for row in (table.rows if table else ())
    ]
    return [
        (re.compile(pattern, re.IGNORECASE), better)
        for pattern, better in (*terms, *PATTERNS.items())
    ]


def plain(text: str) -> str:
    """A Markdown line without its marks."""
    for pattern, new in _LEAVE_OUT:
        text = pattern.sub(new, text)
    return text.strip()


def prose(markdown: str) -> Iterator[Line]:
    """The lines of a page that hold prose: its description, headings, paragraphs and lists."""
    fenced, front = False, markdown.startswith("---\n")
    for number, line in enumerate(markdown.splitlines(), start=1):
        if front:
            front = not (number > 1 and line == "---")
            if line.startswith("description:"):
                yield Line(number, plain(line.removeprefix("description:")))
        elif _FENCE.match(line):
            fenced = not fenced
        elif not fenced and not line.startswith("|") and (text := plain(line)):
            yield Line(number, text)


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def findings(line: Line, avoid: Words) -> Iterator[tuple[str, str]]:
    """What a reader stumbles over in a line, and what to write instead."""
    for sentence in line.sentences:
        if (count := len(words(sentence))) > LONGEST:
            said = f"{count} words in one sentence: {sentence[:50]}..."
            yield said, f"at most {LONGEST}; make two of it"
    for pattern, better in avoid:
        for match in pattern.finditer(line.text):
            yield f"'{match[0]}'", f"write {better}"


def reading_ease(lines: list[Line]) -> float:
    """Flesch reading ease: 45 and above is plain for readers of technical texts."""
    sentences = [sentence for line in lines for sentence in line.sentences]
    spoken = [word for sentence in sentences for word in words(sentence)]
    syllables = sum(map(_syllables, spoken))
    return 206.835 - 1.015 * len(spoken) / len(sentences) - 84.6 * syllables / len(spoken)


def _syllables(word: str) -> int:
    """Groups of vowels, without a silent e at the end."""
    bare = re.sub(
        r"(?<=[^aeiouyl])e$|(?<=[^aeiouytd])ed$|(?<=[^aeiouysxzhcg])es$", "", word.lower()
    )
    return max(1, len(re.findall(r"[aeiouy]+", bare)))
