"""The edge of the checker: plain JSON in, plain JSON out."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import product
from pathlib import Path
from typing import Any

from checker.answers import read_answers
from checker.engine import Ruleset, evaluate, prepare
from checker.loading import load_knowledge
from checker.model import Knowledge
from checker.problems import Problem, did_you_mean
from checker.reader import RIVAL, Reader, Reading, plain_answers
from checker.verdict import Json, as_given, verdict

# More contradictions than this in one text are for a person to sort out.
MOST_TORN = 3


def bundled_knowledge() -> Knowledge:
    """The knowledge that this package was built with.

    Raises:
        FileNotFoundError: a source checkout in which nothing was built yet.
    """
    return load_knowledge(Path(__file__).with_name("knowledge.json").read_bytes())


class Session:
    """Knowledge with its rules compiled once, to decide many times."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge

    @cached_property
    def reader(self) -> Reader:
        """The text reader, with the lexicon made ready once."""
        return Reader(self.knowledge)

    @cached_property
    def _rulesets(self) -> dict[str, Ruleset]:
        return {}

    def ruleset(self, decision: str) -> Ruleset:
        """The compiled rules of a decision. Raises KeyError for an unknown one."""
        if decision not in self._rulesets:
            self._rulesets[decision] = prepare(self.knowledge, decision)
        return self._rulesets[decision]

    def decide(
        self,
        decisions: Iterable[str],
        answers: Mapping[str, object],
        *,
        hard: Iterable[str] = (),
        soft: Iterable[str] = (),
        chosen: Mapping[str, Iterable[str]] | None = None,
    ) -> Json:
        """See ``decide``."""
        wanted = tuple(decisions)
        chosen = {k: [v] if isinstance(v, str) else v for k, v in (chosen or {}).items()}
        typed, problems = read_answers(self.knowledge, answers)
        problems += self._unknown(wanted, hard, soft, chosen)
        if problems:
            return {"verdicts": {}, "problems": [_plain(problem) for problem in problems]}
        picks = {key: tuple(value) for key, value in chosen.items()}
        given = as_given(typed, hard, soft, picks)
        for name in wanted:
            picks.setdefault(name, evaluate(self.ruleset(name), given).recommend)
        given = as_given(typed, hard, soft, picks)
        verdicts = {name: verdict(self.knowledge, self.ruleset(name), given) for name in wanted}
        return {"verdicts": verdicts, "problems": []}

    def ask(self, text: str) -> Json:
        """Read a plain description and decide what it is about.

        Returns:
            ``area`` (a decision or None), ``state``, ``recommend``, ``also``, ``rejected``,
            ``flags``, ``missing``, ``read`` (field, value, quote, guess), ``unread``, ``ignored``,
            ``areas`` and, for text that cannot be read, ``problems``. ``verdict`` holds the whole
            verdict of the area. A text that belongs here but says not what it asks for has no area
            and the state ``ask-for-more``, with ``missing`` naming the decision.
        """
        reading = self.reader.read(text)
        if isinstance(reading, Problem):
            return {**_NOTHING, "problems": [_plain(reading)]}
        if not reading.areas:
            asked = {"state": "ask-for-more", "flags": ["missing-info"], "missing": ["decision"]}
            shown = _shown(self.knowledge, reading)
            return {**_NOTHING, **shown, **(asked if reading.at_home else {})}
        area = self._subject(reading)
        reading, either = self._settled(reading, area)
        named = _named_elsewhere(self.knowledge, reading, area)
        result = self.decide([area], plain_answers(self.knowledge, reading), chosen=named)
        if result["problems"]:
            shown = _shown(self.knowledge, reading)
            return {**_NOTHING, **shown, "area": area, "problems": result["problems"]}
        answer = _answered(self.knowledge, reading, result["verdicts"][area])
        if answer["state"] != "decided":
            answer.update(either)
        return {**answer, "area": area}

    def _subject(self, reading: Reading) -> str:
        """The decision that a text is about: the likeliest of those that its answers tell on.

        Where the words speak for two decisions and the answers decide nothing in the first, the
        text is about the second.
        """
        first = next(iter(reading.areas))
        enough = reading.areas[first] * RIVAL
        rivals = (name for name, weight in reading.areas.items() if weight >= enough)
        torn = {field: stated[0].answer for field, stated in reading.conflicts}
        given = as_given({**torn, **reading.answers})
        telling = (n for n in rivals if evaluate(self.ruleset(n), given).state != "ask-for-more")
        return next(telling, first)

    def _settled(self, reading: Reading, area: str) -> tuple[Reading, Json]:
        """A reading without the contradictions that make no difference, and what the others leave.

        "Spiky and rare" says two things on the traffic, and both lead to the same option: the
        first is taken, as a guess. Where they lead to different ones, all of those are left.
        """
        rules = self.ruleset(area)
        torn = [pair for pair in reading.conflicts if pair[0] in rules.fields]
        if not torn or len(torn) > MOST_TORN:
            return reading, {}
        cases = list(product(*(stated for _, stated in torn)))
        plain = dict(reading.answers)
        results = [
            evaluate(rules, as_given({**plain, **{r.field: r.answer for r in case}}))
            for case in cases
        ]
        if len({result.key for result in results}) > 1:
            left = dict.fromkeys(option for result in results for option in result.recommend)
            return reading, {"state": "narrowed", "recommend": list(left)} if left else {}
        guesses = tuple(replace(read, guess=True) for read in cases[0])
        others = tuple(pair for pair in reading.conflicts if pair not in torn)
        return replace(reading, reads=(*reading.reads, *guesses), conflicts=others), {}

    def _unknown(
        self,
        decisions: Iterable[str],
        hard: Iterable[str],
        soft: Iterable[str],
        chosen: Mapping[str, Iterable[str]],
    ) -> list[Problem]:
        known = self.knowledge
        named: list[tuple[str, str, str, Iterable[str]]] = [
            ("D001", "decision", name, known.decisions) for name in (*decisions, *chosen)
        ]
        named += [("D002", "field", name, known.fields) for name in (*hard, *soft)]
        named += [("D003", "option", o, known.options) for group in chosen.values() for o in group]
        return [
            Problem(code, kind, f"there is no {kind} '{name[:40]}'", did_you_mean(name, section))
            for code, kind, name, section in named
            if name not in section
        ]


_NOTHING: Json = {
    "area": None, "state": "out-of-scope", "recommend": [], "also": [], "rejected": [],
    "flags": [], "missing": [], "read": [], "unread": [], "ignored": [], "areas": [],
    "verdict": None, "problems": [],
}  # fmt: skip


def _named_elsewhere(knowledge: Knowledge, reading: Reading, area: str) -> dict[str, list[str]]:
    """Options of other decisions that a text names: choices that may clash with the answer."""
    chosen: dict[str, list[str]] = {}
    for option in reading.mentions:
        decision = knowledge.options[option].decision
        if decision != area:
            chosen.setdefault(decision, []).append(option)
    return chosen


def _answered(knowledge: Knowledge, reading: Reading, found: Json) -> Json:
    """A verdict in the short form that a line of ``ask`` holds."""
    fields = knowledge.decisions[found["decision"]].fields
    torn = [name for name, _ in reading.conflicts if name in fields]
    ended = any(_status(knowledge, option) == "ended" for option in reading.mentions)
    flags = {*found["flags"], *(["conflict"] if torn else []), *(["discontinued"] if ended else [])}
    if not _over_its_limit(reading, found):
        flags.discard("limit-exceeded")
    return {
        **_NOTHING,
        **_shown(knowledge, reading),
        "state": found["state"],
        "recommend": found["recommend"],
        "also": [other["option"] for other in found["also"]],
        "rejected": [
            {"option": o["option"], "rule": reason["rule"], "reason": reason["sentence"]}
            for o in found["rejected"]
            for reason in o["reasons"][:1]
        ],
        "flags": sorted(flags),
        "missing": list(dict.fromkeys([*torn, *found["missing"]])),
        "verdict": found,
    }


def _over_its_limit(reading: Reading, found: Json) -> bool:
    """Whether a limit stands in the way of what the text asks for.

    That a number rules out some option is what a verdict is made of; it is worth a flag where the
    text names that option, or where nothing is left.
    """
    named = {other["option"] for other in found["rejected"]} & set(reading.mentions)
    return found["state"] == "nothing-fits" or any(
        reason["strength"] == "must" and reason["limit"]
        for other in found["rejected"]
        if other["option"] in named
        for reason in other["reasons"]
    )


def _status(knowledge: Knowledge, option: str) -> str:
    service = knowledge.services.get(knowledge.options[option].service or "")
    return service.status if service else "current"


def _shown(knowledge: Knowledge, reading: Reading) -> Json:
    """What was read, as a page shows it before anything counts."""
    values = plain_answers(knowledge, reading)
    return {
        "areas": list(reading.areas),
        "read": [
            {"field": r.field, "value": values[r.field], "quote": r.quote, "guess": r.guess}
            for r in reading.reads
        ],
        "unread": list(reading.unread),
        "ignored": [{"quote": quote, "belongs": what} for quote, what in reading.ignored],
        "conflicts": [
            {"field": field, "quotes": [read.quote for read in stated]}
            for field, stated in reading.conflicts
        ],
    }


def _plain(problem: Problem) -> Json:
    return {
        "code": problem.code,
        "where": problem.where,
        "message": problem.message,
        "hint": problem.hint,
    }


def decide(
    knowledge: Knowledge,
    decisions: Iterable[str],
    answers: Mapping[str, object],
    **marks: Any,
) -> Json:
    """Verdicts on one or more decisions from answers as plain text.

    Args:
        knowledge: what ``bundled_knowledge`` or ``load_knowledge`` gave.
        decisions: ids such as ``("inference", "monitoring")``.
        answers: field id to text or number, ``{"payload": "6 MB", "traffic": "steady"}``; a
            number without unit is in the field's own unit; "not sure" is no answer.
        marks: ``hard`` and ``soft``, fields whose wishes the person made hard or soft, and
            ``chosen``, ``{decision: [option, ...]}`` that stand already.

    Returns:
        ``{"verdicts": {decision: verdict}, "problems": [...]}``; with any problem there are no
        verdicts. A verdict holds ``state``, ``recommend``, ``confidence``, ``sentence``,
        ``reasons``, ``conditions``, ``also``, ``rejected`` (each with ``flip``, the smallest
        change that brings it back), ``question``, ``clashes``, ``warnings``, ``exam``, ``flags``,
        ``missing``, ``answers``, ``situation`` (the same as sentences), ``marks`` and ``checked``.
    """
    return Session(knowledge).decide(decisions, answers, **marks)
