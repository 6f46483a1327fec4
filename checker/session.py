"""The edge of the checker: plain JSON in, plain JSON out."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checker.cost.estimate import Request
from checker.cost.line import cost_line
from checker.cost.options import FORMULAS
from checker.costing import DECISION as COST_DECISION
from checker.costing import estimate_within_limits
from checker.knowledge.answers import read_answers
from checker.knowledge.loading import load_knowledge
from checker.knowledge.model import Era, Knowledge
from checker.problems import Problem, did_you_mean
from checker.rules.eras import difference, seen_in, set_aside
from checker.rules.evaluation import Ruleset, evaluate, prepare
from checker.rules.verdict import Json, as_given, verdict
from checker.starting import OPTIONS as STARTS

if TYPE_CHECKING:
    from checker.text.nearby import Neighbours
    from checker.text.ranking import Ranker
    from checker.text.statements import Reader


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
    def reader(self) -> "Reader":
        """The text reader, with the lexicon made ready once."""
        from checker.text.statements import Reader  # only for texts, see ``ask``

        return Reader(self.knowledge)

    @cached_property
    def ranker(self) -> "Ranker":
        """What texts are ranked with, made ready once."""
        from checker.text.ranking import Ranker  # only for texts, see ``ask``

        return Ranker(self.knowledge.ranking)

    @cached_property
    def neighbours(self) -> "Neighbours":
        """The subjects nearby, found by their names."""
        from checker.text.nearby import Neighbours  # only for texts, see ``ask``

        return Neighbours(self.knowledge.nearby)

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
        guessed: Iterable[str] = (),
        era: Era = "today",
        without: Iterable[str] = (),
    ) -> Json:
        """See ``decide``."""
        wanted = tuple(decisions)
        hard, soft = _several(hard), _several(soft)
        picks = {k: _several(v) for k, v in (chosen or {}).items()}
        typed, problems = read_answers(self.knowledge, answers)
        problems += self._unknown(wanted, hard, soft, picks)
        if problems:
            return {"verdicts": {}, "problems": [problem.plain() for problem in problems]}
        given = as_given(typed, hard, soft, picks, guessed)
        for name in wanted:
            left = set_aside(self.ruleset(name), without)
            picks.setdefault(name, evaluate(left, given, era).recommend)
        given = as_given(typed, hard, soft, picks, guessed)
        verdicts = {}
        for name in wanted:
            rules = set_aside(self.ruleset(name), without)
            seen = rules if era == "today" else seen_in(rules, era)
            verdicts[name] = verdict(self.knowledge, seen, given)
            verdicts[name]["eras"] = difference(self.knowledge, rules, given)
            verdicts[name]["cost"] = cost_line(self.knowledge, verdicts[name])
            verdicts[name]["start"] = [o for o in verdicts[name]["recommend"] if o in STARTS]
        return {"verdicts": verdicts, "problems": []}

    def start(
        self,
        decision: str,
        answers: Mapping[str, object],
        form: str,
        option: str = "",
        **marks: Any,
    ) -> Json:
        """A script, template or configuration to begin with: see ``starting_point``.

        Args:
            decision: one id; ``answers`` and ``marks`` as for ``decide``.
            form: boto3, cloudformation or terraform.
            option: one that the answers leave; without it, the first recommended one.
        """
        found = self.decide([decision], answers, **marks)
        if found["problems"]:
            nothing = {"option": option, "form": form, "file": "", "text": ""}
            return {**nothing, "problems": found["problems"]}
        from checker.starting.start import starting_point  # only now: no verdict waits for it

        return starting_point(self.knowledge, found["verdicts"][decision], form, option)

    def cost(
        self,
        given: Mapping[str, str],
        options: Iterable[str] = (),
        own: Mapping[str, str] | None = None,
        *,
        today: str | None = None,
        width: int = 0,
    ) -> Json:
        """What the inference options cost a month, and where they cross: see ``estimate``.

        Args:
            given: figures and answers by field, ``{"requests": "1M/month", "caller": "waits"}``.
            options: ids; without any, all that have a formula.
            own: prices by instance type or meter, ``{"ml.m5.large": "0.115"}``.
            today: YYYY-MM-DD, to tell old prices by.
            width: of the chart, in pixels; none is made for 0.
        """
        request = Request(given, tuple(options) or tuple(FORMULAS), own or {}, today, width)
        return estimate_within_limits(self.knowledge, self.ruleset(COST_DECISION), request)

    def ask(
        self,
        text: str,
        answers: Mapping[str, object] | None = None,
        other: Sequence[str] = (),
        decision: str | None = None,
        **marks: Any,
    ) -> Json:
        """Read a plain description and advise on what it is about.

        Args:
            text: the description.
            answers: what a person has confirmed, as for ``decide``; it goes before the text.
            other: quotes of numbers that a person has called something else.
            decision: the decision whose page the person is on; it goes before others.
            marks: ``hard``, ``soft`` and ``chosen``, as for ``decide``.

        Returns:
            ``area`` (a decision or None), ``state``, ``headline`` (the sentence for both),
            ``recommend`` (best first), ``also``, ``rejected``, ``flags``, ``missing``,
            ``question`` (``{"field"}``, or ``{"quote", "fields"}`` for an unclear number, or
            None), ``read`` (field, value, quote, guess), ``elsewhere`` (the same for another
            decision), ``unplaced`` (numbers that found no place: quote and possible fields),
            ``conflicts``, ``context``, ``areas``, ``likely`` and ``evidence`` (the ranking), and
            for text that cannot be read ``problems``. ``verdict`` holds the whole verdict.
        """
        # Only now: the reader's words and patterns need as long to load as everything else.
        from checker.advice import ask

        return ask(self, text, answers, other, decision, **marks)

    def _unknown(
        self,
        decisions: Iterable[str],
        hard: tuple[str, ...],
        soft: tuple[str, ...],
        chosen: Mapping[str, tuple[str, ...]],
    ) -> list[Problem]:
        known = self.knowledge
        named: list[tuple[str, str, str, Iterable[str], str]] = [
            ("D001", "decision", name, known.decisions, "") for name in (*decisions, *chosen)
        ]
        named += [("D002", "field", name, known.fields, "") for name in (*hard, *soft)]
        named += [
            ("D003", "option", option, known.decisions[key].options, f" of '{key}'")
            for key, group in chosen.items()
            if key in known.decisions
            for option in group
        ]
        unknown = [
            Problem(
                code, kind, f"there is no {kind} '{name[:40]}'{of}", did_you_mean(name, section)
            )
            for code, kind, name, section, of in named
            if name not in section
        ]
        both = [f"'{name}' is both hard and soft" for name in hard if name in soft]
        return unknown + [Problem("D004", "field", said, "keep one of the two") for said in both]


def _several(names: Iterable[str]) -> tuple[str, ...]:
    """The names, which may be one alone or come only once."""
    return (names,) if isinstance(names, str) else tuple(names)


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
            ``chosen``, ``{decision: [option, ...]}`` already chosen; ``guessed``, fields whose
            answers nobody stated in so many words; ``era="exam"`` decides as exam-era material
            does; ``without`` lists options that the person set aside.

    Returns:
        ``{"verdicts": {decision: verdict}, "problems": [...]}``; with any problem there are no
        verdicts. A verdict holds ``state``, ``recommend``, ``confidence`` (none, likely, provided,
        judged or certain), ``doubts`` (disputed, undocumented, exceeded, judgement or a guess),
        ``together`` (whether options meet one need each), ``sentence``,
        ``reasons``, ``conditions``, ``also``, ``unclear`` (neither ruled out nor
        spoken for), ``rejected`` (each with ``flip``, the smallest change that brings it back),
        ``question``, ``clashes``, ``conflict`` (answers that together leave nothing),
        ``warnings``, ``exam``, ``flags``, ``missing``, ``answers``, ``situation`` (the same as
        sentences), ``derived`` (quantities that follow from them), ``marks``, ``checked``,
        ``cost`` (what the options that are left cost for these answers, or None) and ``start``
        (the recommended options that ``Session.start`` has a starting point for).
    """
    return Session(knowledge).decide(decisions, answers, **marks)
