"""A decision as a tree of questions, grown from the engine at build time: picture and table."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from checker.knowledge.answers import Answer, Given, show_answer
from checker.knowledge.model import Knowledge
from checker.rules.evaluation import Result, Ruleset, evaluate, prepare
from checker.rules.incremental import Tally
from checker.rules.questions import Question, best_question
from macros.draw.html import Html, boxed_table, data_row, el, head_row, lines
from macros.draw.svg import LINE, path, rect, svg, text, wrap

# Deeper, a picture says less than the checker itself.
DEPTH = 3
BOX, GAP_X, GAP_Y, PAD = 182.0, 28.0, 10.0, 8.0
COLUMNS = 28


@dataclass(frozen=True, slots=True)
class Node:
    """A question with its branches, or an outcome without any."""

    words: str
    kind: str
    branches: tuple[tuple[str, "Node"], ...] = ()


@dataclass(frozen=True, slots=True)
class Placed:
    """A node with its place in the picture."""

    node: Node
    answer: str
    x: float
    y: float
    height: float
    children: tuple["Placed", ...]

    @property
    def bottom(self) -> float:
        """The lowest edge of the box and of everything behind it."""
        return max([self.y + self.height, *(child.bottom for child in self.children)])


def grow(known: Knowledge, decision: str) -> Node:
    """Ask the question that decides most, and go on with each answer until one is decided."""
    return _grow(known, prepare(known, decision), Given({}), DEPTH)


def _grow(known: Knowledge, rules: Ruleset, given: Given, depth: int) -> Node:
    now = evaluate(rules, given)
    asked = best_question(known, rules, given, Tally(rules, given))
    # One question alone tells little: even where it decides, the next one that can change it shows.
    settled = now.state == "nothing-fits" or (now.state == "decided" and depth < DEPTH - 1)
    if asked is None or depth == 0 or settled:
        return _outcome(known, now)
    return _question(known, rules, given, asked, depth)


def _question(known: Knowledge, rules: Ruleset, given: Given, asked: Question, depth: int) -> Node:
    field = known.fields[asked.field]
    grown: dict[Node, list[str]] = {}
    for answer, _ in asked.leads:
        further = given.having({asked.field: answer})
        node = _grow(known, rules, further, depth - 1)
        grown.setdefault(node, []).append(_said(known, asked.field, answer))
    if len(grown) == 1:
        return next(iter(grown))
    branches = tuple((" · ".join(answers), node) for node, answers in grown.items())
    return Node(field.question, "question", branches)


def _said(known: Knowledge, field: str, answer: Answer) -> str:
    return show_answer(known.fields[field], answer)


def _outcome(known: Knowledge, now: Result) -> Node:
    labels = " or ".join(known.options[option].label for option in now.recommend)
    return Node(labels or _NO_OPTION[now.state], now.state)


_NO_OPTION = {"nothing-fits": "No option fits", "ask-for-more": "More has to be known"}


def diagram(decision: str, known: Knowledge) -> Html:
    """The tree as a picture, and the same as a table."""
    record = known.decisions[decision]
    root = grow(known, decision)
    title = f"{record.label}: the questions that decide most"
    placed = _place(root, "", 0.0, 0.0)
    depth = _depth(root)
    picture = svg(
        "tree",
        f"{title}. The table below says the same.",
        depth * (BOX + GAP_X) - GAP_X,
        placed.bottom,
        *_drawn(placed),
    )
    box = {"class": "table-box picture-box", "role": "region", "aria-label": title, "tabindex": "0"}
    summary = el("summary", None, "The same as a table")
    return lines(
        el("div", box, picture),
        el("details", {"class": "picture-table"}, summary, _table(title, root, depth)),
    )


def _depth(node: Node) -> int:
    return 1 + max((_depth(child) for _, child in node.branches), default=0)


def _place(node: Node, answer: str, x: float, y: float) -> Placed:
    rows = len(_rows(answer)) + len(wrap(node.words, COLUMNS))
    height = rows * LINE + 2 * PAD
    children: list[Placed] = []
    below = y
    for words, child in node.branches:
        placed = _place(child, words, x + BOX + GAP_X, below)
        children.append(placed)
        below = placed.bottom + GAP_Y
    middle = (children[0].y + children[-1].y + children[-1].height - height) / 2 if children else y
    return Placed(node, answer, x, max(y, middle), height, tuple(children))


def _rows(answer: str) -> list[str]:
    return wrap(answer, COLUMNS) if answer else []


def _drawn(placed: Placed) -> Iterator[Html]:
    middle = placed.y + placed.height / 2
    for child in placed.children:
        to = child.y + child.height / 2
        bend = placed.x + BOX + GAP_X / 2
        yield path(
            f"M{placed.x + BOX:.1f} {middle:.1f}H{bend:.1f}V{to:.1f}H{child.x:.1f}", "picture__line"
        )
    yield rect(placed.x, placed.y, BOX, placed.height, f"picture__box box--{placed.node.kind}", 6)
    first = placed.y + PAD + LINE - 4
    answer = _rows(placed.answer)
    if answer:
        yield text(placed.x + PAD, first, answer, "picture__answer")
    words = wrap(placed.node.words, COLUMNS)
    yield text(placed.x + PAD, first + len(answer) * LINE, words, "picture__words")
    for child in placed.children:
        yield from _drawn(child)


def _table(title: str, root: Node, depth: int) -> Html:
    rows = [
        data_row(steps[0], *steps[1:], *[""] * (depth - 1 - len(steps)), outcome)
        for steps, outcome in _paths(root)
    ]
    steps = ("First", "Then", "Then", "Then")[: depth - 1]
    return boxed_table(title, head_row(*steps, "Outcome"), rows, "comparison")


def _paths(node: Node, before: Sequence[str] = ()) -> Iterator[tuple[list[str], str]]:
    if not node.branches:
        yield list(before) or ["Always"], node.words
    for answer, child in node.branches:
        yield from _paths(child, [*before, f"{node.words} {answer}"])
