"""The words of the YAML: plain English, whole sentences, and quotes that agree with their value.

Each check yields findings as ``checks`` does: (path in the YAML, code, message, hint).
"""

import re
from collections.abc import Iterator
from typing import Any

from checker.knowledge.model import Citation, Fact, Knowledge
from checker.units import convert
from macros.knowledge.lookups import Finding
from macros.knowledge.prose import Line, Words, findings, plain, style_words

# What a person reads, by the name of its key; the words of a source or a situation are not ours.
SENTENCES = frozenset({
    "advice", "caption", "cells", "columns", "corner", "description", "fix", "fix_one", "fix_other",
    "hint", "label", "noun", "question", "reason", "says", "summary", "successor", "support",
    "text", "title", "unasked", "values", "what", "why",
})  # fmt: skip
# Sections whose `says` is ours and not the words of a source.
SAID_BY_US = frozenset({"capabilities", "clashes", "settings"})
ELSEWHERE = frozenset({"sources", "tags", "exams", "lexicon", "nearby"})
FINISHED = frozenset({"facts", "rules", "clashes", "options", "fields", "tables", "settings"})
TERMS = ("tables", "style-terms")
_MARKUP = re.compile(r"</?[a-z][a-z0-9]*(?: [^<>]*)?/?>")
_UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|TBD|lorem ipsum)\b|\?\?")
_END = re.compile(r"[.!?)\"`]$")
_NUMBER = re.compile(r"(?<![\w.,])(\d[\d,]*(?:\.\d+)?)[ -]?(bytes|[KMGT]i?B|[a-z]+|%)(?!\w)")
_CONSTRAINT = re.compile(
    r"(?i)\b(?:m(?:ax|in)imum|valid|fixed)\b[^:]{0,30}\b(?:length|value|number)[^:]{0,20}"
    r"(?: of|:) (\d[\d,]*(?:\.\d+)?)(?![\w.])"
)

type Path = tuple[str | int, ...]


def check_words(known: Knowledge, data: Any) -> Iterator[Finding]:
    """Every text of the YAML as it is written; ``data`` is the document."""
    avoid = style_words(known)
    for path, text in _texts(data, ()):
        yield from _text(path, text, avoid)


def own_texts(data: Any) -> Iterator[tuple[Path, str]]:
    """What we wrote ourselves, as it is written in the document ``data``."""
    return ((path, text) for path, text in _texts(data, ()) if path[:2] != TERMS and _ours(path))


def _texts(node: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _texts(value, (*path, key))
    elif isinstance(node, list | tuple):
        for index, value in enumerate(node):
            yield from _texts(value, (*path, index))


def _text(path: Path, text: str, avoid: Words) -> Iterator[Finding]:
    if path[:2] == TERMS:
        return
    if match := _MARKUP.search(re.sub(r"`[^`]*`", "", text)):
        yield path, "K036", f"'{match[0]}' would be shown as text", "remove the HTML"
    if path[0] in FINISHED and (match := _UNFINISHED.search(text)):
        yield path, "K036", f"'{match[0]}': the text is not finished", "write the missing words"
    if _ours(path):
        for said, better in findings(Line(0, plain(text)), avoid):
            yield path, "K095", said, better


def _ours(path: Path) -> bool:
    """Whether we wrote a text, and not AWS or the person of a situation."""
    names = [step for step in path if isinstance(step, str)]
    quoted = "says" in names and names[0] not in SAID_BY_US
    quoted = quoted or (names[0], names[-1]) == ("scenarios", "text")
    return names[0] not in ELSEWHERE and not quoted and bool(SENTENCES & set(names[-2:]))


def check_sentences(known: Knowledge) -> Iterator[Finding]:
    """What is read as a sentence ends as one."""
    found: list[tuple[Path, str | None]] = [
        (("facts", key, "text"), fact.text) for key, fact in known.facts.items()
    ]
    for key, rule in known.rules.items():
        found += [(("rules", key, name), getattr(rule, name)) for name in ("reason", "support")]
    for key, clash in known.clashes.items():
        names = ("says", "fix_one", "fix_other")
        found += [(("clashes", key, name), getattr(clash, name)) for name in names]
    for key, setting in known.settings.items():
        found += [(("settings", key, name), getattr(setting, name)) for name in ("says", "fix")]
    found += [
        (("scenarios", key, "why"), scenario.why) for key, scenario in known.scenarios.items()
    ]
    for path, text in found:
        if text and not _END.search(text.strip()):
            ends = f"ends with '{text.strip()[-20:]}'"
            yield path, "K036", ends, "end the sentence with a full stop"


def check_sources(known: Knowledge) -> Iterator[Finding]:
    """A source is a secure page or a published API model, and some fact cites it."""
    cited = {citation.source for fact in known.facts.values() for citation in _citations(fact)}
    for key, source in known.sources.items():
        here = ("sources", key)
        if source.url is None:
            if not source.title.startswith("AWS API model of "):
                yield here, "K037", "a source without an address", "add url"
        elif not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", source.url):
            message = f"'{source.url[:60]}' is not the address of a page"
            yield (*here, "url"), "K037", message, "write https:// and the whole address"
        if key not in cited:
            yield here, "K038", "a source that no fact cites", "cite it in a fact, or remove it"


def _citations(fact: Fact) -> Iterator[Citation]:
    yield from fact.sources
    for dispute in fact.disputed:
        yield from dispute.sources


def check_quotes(known: Knowledge) -> Iterator[Finding]:
    """A number that a source or a confirmed exam note gives in the fact's unit is the fact's."""
    for key, fact in known.facts.items():
        if not isinstance(fact.value, int | float) or fact.unit is None or fact.parts:
            continue
        said: list[tuple[Path, str]] = [
            ((key, "sources", i, "says"), c.says) for i, c in enumerate(fact.sources)
        ]
        if fact.exam and fact.exam.verdict == "confirmed":
            said.append(((key, "exam", "says"), fact.exam.says))
        for path, text in said:
            numbers = list(_numbers(text, fact.unit)) or list(_bare(text))
            if numbers and fact.value not in numbers:
                message = f"'{text[:60]}', and the value is {fact.value:g} {fact.unit}"
                hint = "read the source again: one of them is wrong"
                if "exam" in path:
                    hint = "read the source again; write verdict: outdated if AWS changed it"
                yield ("facts", *path), "K035", message, hint


def _bare(text: str) -> Iterator[float]:
    """The number of a constraint as AWS's reference prints it: without a unit, behind a colon."""
    yield from (float(number.replace(",", "")) for number in _CONSTRAINT.findall(text))


def _numbers(text: str, unit: str) -> Iterator[float]:
    """The numbers of a text that are in a unit of the same dimension, in ``unit``."""
    for number, name in _NUMBER.findall(text):
        found = convert(float(number.replace(",", "")), name, unit)
        if found is not None:
            yield found
