"""A decision as a tree of questions, grown from the engine at build time.

The tree is a nested list: it wraps to any width, and a screen reader reads it as it is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from checker.formatting import readable
from checker.knowledge.answers import Answer, Given, show_answer
from checker.knowledge.model import Field, Knowledge
from checker.rules.edges import representatives
from checker.rules.evaluation import Result, Ruleset, evaluate, prepare
from checker.rules.incremental import Tally
from checker.rules.questions import Question, best_question
from checker.units import Interval
from macros.draw.html import Html, el, join, lines
from macros.draw.options import option_link, option_links

# Deeper, a picture says less than the checker itself.
DEPTH = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A question with its branches, or an outcome: its options, or why there are none."""

    words: str
    kind: str
    branches: tuple[tuple[str, "Node"], ...] = ()
    options: tuple[str, ...] = ()
    further: tuple[str, ...] = field(default=(), compare=False)
    """The outcomes that one more answer can lead to."""


def grow(known: Knowledge, decision: str) -> Node:
    """Ask the question that decides most, and continue with each answer until one is decided."""
    return _grow(known, prepare(known, decision), Given({}), DEPTH)


def _grow(known: Knowledge, rules: Ruleset, given: Given, depth: int) -> Node:
    now, tally = evaluate(rules, given), Tally(rules, given)
    asked = best_question(known, rules, given, tally)
    # One question alone tells little: even where it decides, the next one that can change it shows.
    settled = now.state == "nothing-fits" or (now.state == "decided" and depth < DEPTH - 1)
    if asked is None or depth == 0 or settled:
        return _outcome(known, rules, given, now, tally)
    return _question(known, rules, given, asked, depth)


def _question(known: Knowledge, rules: Ruleset, given: Given, asked: Question, depth: int) -> Node:
    about = known.fields[asked.field]
    grown: dict[Node, list[Answer]] = {}
    further: dict[Node, dict[str, None]] = {}
    for answer, *_ in asked.leads:
        node = _grow(known, rules, given.having({asked.field: answer}), depth - 1)
        grown.setdefault(node, []).append(answer)
        further.setdefault(node, {}).update(dict.fromkeys(node.further))
    if len(grown) == 1:
        return next(iter(grown))
    bands = [answer for answer, *_ in asked.leads]
    branches = tuple(
        (_said(about, answers, bands), replace(node, further=tuple(further[node])))
        for node, answers in grown.items()
    )
    return Node(about.question, "question", branches)


def _said(about: Field, answers: list[Answer], bands: list[Answer]) -> str:
    """Answers that lead to the same, bands beside each other as one."""
    runs = groupby(enumerate(answers), key=lambda item: bands.index(item[1]) - item[0])
    merged = [_span([answer for _, answer in run]) for _, run in runs]
    return " · ".join(readable(show_answer(about, answer)) for run in merged for answer in run)


def _span(run: list[Answer]) -> list[Answer]:
    first, last = run[0], run[-1]
    if isinstance(first, Interval) and isinstance(last, Interval):
        return [Interval(first.lo, last.hi, lo_open=first.lo_open, hi_open=last.hi_open)]
    return run


def _outcome(known: Knowledge, rules: Ruleset, given: Given, now: Result, tally: Tally) -> Node:
    labels = " or ".join(known.options[option].label for option in now.recommend)
    words = labels or _NO_OPTION[now.state]
    # Where nothing fits, no further answer brings an option back.
    further = _one_answer_away(known, rules, given, tally) if now.recommend else {}
    others = tuple(option for option in further if option not in now.recommend)
    return Node(words, now.state, options=tuple(now.recommend), further=others)


def _one_answer_away(
    known: Knowledge, rules: Ruleset, given: Given, tally: Tally
) -> dict[str, None]:
    """Every option that some further answer would make the recommendation."""
    asked = (name for name in rules.fields if name not in given.answers)
    return {
        option: None
        for name in asked
        for answer in representatives(rules, known.fields[name], name)
        for option in tally.after({name: answer}).recommend
    }


_NO_OPTION = {"nothing-fits": "No option fits", "ask-for-more": "More information needed"}


def diagram(decision: str, known: Knowledge, page: str) -> Html:
    """The tree, its first question on top and each answer's branch below it."""
    title = f"{known.decisions[decision].label}: the questions that decide most"
    root = grow(known, decision)
    figure = {"class": "tree", "aria-label": title, "data-tree": decision}
    return el("figure", figure, _drawn(root, known, page))


def _drawn(node: Node, known: Knowledge, page: str) -> Html:
    question = el("p", {"class": "tree__question"}, node.words)
    branches = [_branch(answer, child, known, page) for answer, child in node.branches]
    return lines(question, el("ul", {"class": "tree__branches"}, lines(*branches)))


def _branch(answer: str, child: Node, known: Knowledge, page: str) -> Html:
    said = el("span", {"class": "tree__answer"}, answer)
    if child.branches:
        return el("li", None, said, "\n", _drawn(child, known, page))
    return el("li", None, said, " ", _end(child, known, page))


def _end(node: Node, known: Knowledge, page: str) -> Html:
    outcome = option_links(node.options, known, page) if node.options else node.words
    parts = [el("span", {"class": f"tree__outcome tree__outcome--{node.kind}"}, outcome)]
    if node.further:
        others = join([option_link(option, known, page) for option in node.further], ", ")
        parts.append(el("span", {"class": "tree__further"}, "With further answers: ", others))
    return lines(*parts)


def paths(node: Node, before: Sequence[str] = ()) -> Iterator[tuple[list[str], str]]:
    """Every way through the tree: the answers on it, and where it ends."""
    if not node.branches:
        yield list(before), node.words
    for answer, child in node.branches:
        yield from paths(child, [*before, f"{node.words} {answer}"])
