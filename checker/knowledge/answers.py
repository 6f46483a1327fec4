"""What a person answered, read from plain text values into typed ones, with every problem."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from checker.formatting import format_interval, format_measure
from checker.knowledge.model import Field, Knowledge
from checker.problems import Problem, did_you_mean
from checker.units import Interval, parse_quantity

type Answer = Interval | str

UNKNOWN = frozenset({"", "unknown", "not sure", "?"})


@dataclass(frozen=True, slots=True)
class Given:
    """Typed answers by field; ``hard`` and ``soft`` are the fields whose wishes were changed."""

    answers: Mapping[str, Answer]
    hard: frozenset[str] = frozenset()
    soft: frozenset[str] = frozenset()
    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Options already chosen in other decisions."""
    guessed: frozenset[str] = frozenset()
    """Fields whose answers nobody stated in so many words."""

    def having(self, changes: Mapping[str, Answer]) -> "Given":
        """The same with other answers to some fields."""
        return replace(self, answers={**self.answers, **changes})


def read_answers(
    knowledge: Knowledge, raw: Mapping[str, object]
) -> tuple[dict[str, Answer], list[Problem]]:
    """Read ``{field: text, number or list of them}``; "not sure" and "" are left out.

    A problem names the field, the value and what is accepted. The answers that can be read are
    returned beside the problems, so that nothing is lost.
    """
    answers: dict[str, Answer] = {}
    problems: list[Problem] = []
    for key, value in raw.items():
        read = _read_field(knowledge, key, value)
        if isinstance(read, Problem):
            problems.append(read)
        elif read is not None:
            answers[key] = read
    return answers, problems


def _read_field(knowledge: Knowledge, key: str, value: object) -> Answer | Problem | None:
    known = knowledge.fields.get(key)
    if known is None:
        hint = did_you_mean(str(key), knowledge.fields)
        return Problem("A001", str(key)[:40], "there is no such field", hint)
    texts = list(dict.fromkeys(_texts(value)))
    stated = [text for text in texts if text.strip().lower() not in UNKNOWN]
    if len(stated) > 1:
        both = " and ".join(f"'{text[:40]}'" for text in stated[:3])
        return Problem("A002", key, f"two values for one field: {both}", "keep one of them")
    return read_value(known, key, stated[0]) if stated else None


def _texts(value: object) -> Iterable[str]:
    if value is None:
        return ()
    if isinstance(value, bool):
        return ("yes" if value else "no",)
    if isinstance(value, list | tuple):
        return (str(item) for item in value)
    return (str(value),)


def read_value(known: Field, key: str, text: str) -> Answer | Problem:
    """Read one value of one field."""
    if known.kind == "choice":
        word = text.strip().lower().replace(" ", "-").replace("_", "-")
        if word in known.values:
            return word
        hint = did_you_mean(word, known.values)
        return Problem("A003", key, f"'{text[:40]}' is not a value of this field", hint)
    read = parse_quantity(text[:200], known.unit, key)
    if isinstance(read, Problem):
        # Only now: most answers are plain, and the grammar of words is slow to load.
        from checker.quantities import read_quantity

        read = read_quantity(text[:200], known.unit, key)
    return read if isinstance(read, Problem) else within(known, key, read)


def within(known: Field, key: str, read: Interval) -> Interval | Problem:
    """The interval, or the Problem that the field cannot be so small or so large."""
    low, high = known.minimum, known.maximum
    span = f"accepted: {format_measure(low or 0, known.unit)}" + (
        f" to {format_measure(high, known.unit)}" if high is not None else " and more"
    )
    if low is not None and _below(read, low):
        shown = format_interval(read, known.unit)
        return Problem("A004", key, f"{shown} is below the minimum of this field", span)
    if high is not None and (
        read.lo > high
        or (read.lo == high and read.lo_open)
        or (read.hi > high and read.hi != float("inf"))
    ):
        shown = format_interval(read, known.unit)
        return Problem("A005", key, f"{shown} is above the maximum of this field", span)
    return read


def _below(read: Interval, low: float) -> bool:
    """Whether some of an answer is under the field's least value; "under 4 MB" starts at 0."""
    starts_low = read.lo < low and (read.exact or read.lo != 0)
    return starts_low or read.hi < low or (read.hi == low and read.hi_open)


def show_answer(known: Field, answer: Answer) -> str:
    """An answer as a person reads it: "6 MB", "Steady all day"."""
    if isinstance(answer, Interval):
        return format_interval(answer, known.unit)
    return known.values[answer]


def plain_answer(known: Field, answer: Answer) -> str:
    """An answer as a link or a file holds it: "6 MB", "steady"."""
    return answer if isinstance(answer, str) else format_interval(answer, known.unit)
