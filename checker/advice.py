"""From a text to an advice: what it is about, what was read, the state, and one headline.

Statements are what the text says; rules judge them; the ranking says what texts like this were
about. It chooses the subject and orders what the rules leave open, adds no answer, and cannot
bring back an option that a stated limit rules out: see ``weighing``.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log
from typing import Protocol

from checker.knowledge.answers import Answer, plain_answer, read_answers
from checker.knowledge.model import Knowledge
from checker.open_question import find_question, subject_question
from checker.problems import Problem
from checker.replies import flags_of, headline, headline_of, shown
from checker.rules.evaluation import Ruleset
from checker.rules.verdict import Json
from checker.states import find_state
from checker.text.focus import focused
from checker.text.nearby import Neighbours, language_of
from checker.text.numbers import is_amount
from checker.text.ranking import Ranker, Ranking
from checker.text.reading import Reading, Statement, Unplaced
from checker.text.statements import Parsed, Reader
from checker.units import Interval
from checker.weighing import Matter, weigh

# A text is about something else where the ranking is so sure of it, or where it names a subject
# nearby and the ranking thinks it possible. Who answers two questions of a decision is less so.
ELSEWHERE, ELSEWHERE_SAID, ELSEWHERE_NAMED, ELSEWHERE_TOO = 0.5, 0.8, 0.2, 0.34
# Decisions that are read at all, and what a statement adds to the logarithm of a chance.
MOST_HEARD, FAINT, PER_STATEMENT, MOST_WEIGHT, PER_LOOSE = 4, 0.004, 1.0, 4.0, 0.0
# Many decisions ask for a time or a size, so that a number tells little of the subject.
PER_NUMBER = 1.0
# What the page that a person is on adds to its decision.
ON_ITS_PAGE = 1.5
# A second decision is named where it is so near to the first.
BESIDE = 1.5
# The question is which of two decisions a text is about where they are so near.
RIVAL = 1.0
# Nearer still, and nothing was read for certain: no option is named before the subject is known.
UNSURE = 0.5

_NOTHING: Json = {
    "area": None, "state": "out-of-scope", "headline": "", "recommend": [], "also": [],
    "rejected": [], "flags": [], "missing": [], "question": None, "read": [], "elsewhere": [],
    "unplaced": [], "conflicts": [], "context": [], "areas": [], "likely": [], "evidence": [],
    "nearby": [], "unread": [], "ignored": [], "only": [], "verdict": None, "problems": [],
}  # fmt: skip


class Parts(Protocol):
    """What an advice is made with; a session has all of it."""

    knowledge: Knowledge

    @property
    def reader(self) -> Reader:
        """Reads statements."""

    @property
    def ranker(self) -> Ranker:
        """Ranks options."""

    @property
    def neighbours(self) -> Neighbours:
        """Finds subjects nearby."""

    def ruleset(self, decision: str) -> Ruleset:
        """The compiled rules of a decision."""

    def decide(
        self,
        decisions: Iterable[str],
        answers: Mapping[str, object],
        *,
        hard: Iterable[str] = (),
        soft: Iterable[str] = (),
        chosen: Mapping[str, Iterable[str]] | None = None,
        guessed: Iterable[str] = (),
    ) -> Json:
        """Whole verdicts."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A text with all that a person has said beside it."""

    text: str
    confirmed: Mapping[str, Answer]
    other: Sequence[str] = ()
    decision: str | None = None
    marks: Mapping[str, Iterable[str]] | None = None
    chosen: Mapping[str, Iterable[str]] | None = None


def ask(
    parts: Parts,
    text: str,
    answers: Mapping[str, object] | None = None,
    other: Sequence[str] = (),
    decision: str | None = None,
    chosen: Mapping[str, Iterable[str]] | None = None,
    **marks: Iterable[str],
) -> Json:
    """See ``Session.ask``."""
    parsed = parts.reader.parse(text)
    confirmed, problems = read_answers(parts.knowledge, answers or {})
    if isinstance(parsed, Problem):
        problems.append(parsed)
    if isinstance(parsed, Problem) or problems:
        state = "ask-for-more" if problems[0].code == "R002" else "out-of-scope"
        return _refused(parts.knowledge, state, problems)
    asked = Asked(text, confirmed, other, decision, marks, chosen)
    whole = parsed
    parsed = whole.blanked(focused(whole, parts.ranker, parts.neighbours))
    ranking = parts.ranker.rank_tokens(parsed.text, parsed.tokens)
    heard = _heard(parts, parsed, ranking, asked)
    if not confirmed and (elsewhere := _elsewhere(parts, whole, ranking, heard[0][1])):
        return {**elsewhere, "unplaced": _amounts(whole)}
    reading = _without(heard[0][1], asked)
    matter = weigh(parts.ruleset(reading.decision), reading, ranking, confirmed)
    beside = [r for near, r in heard[1:] if near >= heard[0][0] - BESIDE]
    rivals = [r for near, r in heard[1:2] if near >= heard[0][0] - RIVAL]
    firm = any(not item.guess for item in reading.statements)
    unsure = not firm and any(near >= heard[0][0] - UNSURE for near, _ in heard[1:])
    reply = _answer(parts, matter, asked, beside, unsure=unsure and decision is None)
    reply["unplaced"] = _all_amounts(reply, whole, parsed)
    if reply["state"] != "decided" and rivals and decision is None and not confirmed:
        reply["question"] = subject_question(parts.knowledge, reading.decision, rivals[0])
    return reply


def _refused(knowledge: Knowledge, state: str, problems: Sequence[Problem]) -> Json:
    plain = [problem.plain() for problem in problems]
    line = headline(knowledge, state, ())
    return {**_NOTHING, "state": state, "headline": line, "problems": plain}


def _elsewhere(parts: Parts, whole: Parsed, ranking: Ranking, reading: Reading) -> Json | None:
    """The reply to a text in another language, or about a subject that is not decided here."""
    if language := language_of(whole.text):
        line = f"The checker reads English; this text looks like {language}."
        return {**_NOTHING, "headline": line}
    named = parts.neighbours.named_by(whole.text, whole.tokens)
    chance = dict(ranking.labels).get("out-of-scope", 0.0)
    if chance >= ELSEWHERE_TOO:  # Asides about another subject count as well.
        chance = max(chance, parts.ranker.chance("out-of-scope", whole.tokens))
    said = len(reading.statements) + len(reading.possible)
    if chance < (ELSEWHERE_NAMED if named else ELSEWHERE_SAID if said > 1 else ELSEWHERE):
        return None
    nearby = [
        {
            "id": name,
            "quote": quote,
            "label": parts.knowledge.nearby[name].label,
            "says": parts.knowledge.nearby[name].says,
            "url": parts.knowledge.nearby[name].url,
        }
        for name, quote in named.items()
    ]
    return {**_NOTHING, "headline": headline(parts.knowledge, "out-of-scope", ()), "nearby": nearby}


def _amounts(parsed: Parsed) -> list[Json]:
    """The amounts of a text that answers no question: shown, so that none is hidden."""
    return [
        {"quote": number.quote, "fields": [], "at": number.quantity.start}
        for number in parsed.numbers
        if is_amount(number, parsed.tokens)
    ]


def _all_amounts(reply: Json, whole: Parsed, parsed: Parsed) -> list[Json]:
    """The unplaced numbers with those of sentences that do not count."""
    left = {number.quantity.start for number in parsed.numbers}
    more = [item for item in _amounts(whole) if item["at"] not in left]
    found: list[Json] = sorted([*reply["unplaced"], *more], key=lambda item: item["at"])
    return found


def _heard(
    parts: Parts, parsed: Parsed, ranking: Ranking, asked: Asked
) -> list[tuple[float, Reading]]:
    """The decisions that a text may be about, the likeliest first, each with its reading.

    The ranking says what texts like this were about, and statements count for the decision that
    asks for them. Confirmed answers leave only decisions that ask them.
    """
    known = parts.knowledge.decisions
    fitting = [n for n in ranking.decisions if set(asked.confirmed) <= set(known[n].fields)]
    ranked = list(fitting or ranking.decisions or known)[:MOST_HEARD]
    if asked.decision is not None and asked.decision in known and asked.decision not in ranked:
        ranked.append(asked.decision)
    total = sum(ranking.decisions.values()) or 1.0
    found = []
    for name in ranked:
        chance = max(ranking.decisions.get(name, 0.0) / total, FAINT)
        if chance > FAINT or name in (asked.decision, ranked[0]):
            reading = parts.reader.read(parsed, name)
            near = log(chance) + PER_STATEMENT * _weight(reading)
            found.append((near + ON_ITS_PAGE * (name == asked.decision), reading))
    return sorted(found, key=lambda item: -item[0])


def _weight(reading: Reading) -> float:
    """How much of a text a decision can use: its statements, less the measures without place."""
    said = sum(
        item.probability * (PER_NUMBER if isinstance(item.answer, Interval) else 1.0)
        for item in (*reading.statements, *reading.possible)
    )
    loose = sum(not item.meanings for item in reading.unplaced)
    return min(MOST_WEIGHT, said) - PER_LOOSE * min(2, loose)


def _without(reading: Reading, asked: Asked) -> Reading:
    """The reading without what a person has answered, or called something else.

    A number that was confirmed as the answer to one question answers no other one.
    """
    quotes = {quote.strip().lower() for quote in asked.other}
    taken = {
        (loose.start, loose.end)
        for loose in reading.unplaced
        for meaning in loose.meanings
        if asked.confirmed.get(meaning.field) == meaning.answer
    }

    def left(item: Statement | Unplaced) -> bool:
        return item.quote.strip().lower() not in quotes and (item.start, item.end) not in taken

    confirmed = asked.confirmed
    return replace(
        reading,
        statements=tuple(s for s in reading.statements if left(s) and s.field not in confirmed),
        possible=tuple(s for s in reading.possible if left(s) and s.field not in confirmed),
        unplaced=tuple(u for u in reading.unplaced if left(u)),
        torn=tuple(t for t in reading.torn if t[0].field not in confirmed),
    )


def _answer(
    parts: Parts, matter: Matter, asked: Asked, beside: Sequence[Reading], *, unsure: bool
) -> Json:
    knowledge, reading, area = parts.knowledge, matter.reading, matter.reading.decision
    state, recommend = find_state(matter)
    if unsure and state == "narrowed":
        state, recommend = "ask-for-more", []
    found = _verdict(parts, matter, asked)
    line = headline_of(knowledge, matter, found, state, recommend)
    usual = (knowledge.readings.get("stated") or {}).get(area, {})
    question = find_question(knowledge, matter, usual) if state != "decided" else None
    spoken = {*found["recommend"], *(other["option"] for other in found["also"])}
    torn = [options[0].field for options in reading.torn]
    first = [question["field"]] if question and "field" in question else []
    if state != found["state"] or recommend != found["recommend"]:
        found = {**found, "state": state, "recommend": recommend, "sentence": line}
    return {
        **_NOTHING,
        **shown(knowledge, reading, beside),
        "area": area,
        "state": state,
        "headline": line,
        "recommend": recommend,
        "also": [option for option in matter.standing if option in spoken - set(recommend)],
        "rejected": [
            {"option": o["option"], "rule": reason["rule"], "reason": reason["sentence"]}
            for o in found["rejected"]
            for reason in o["reasons"][:1]
        ],
        "flags": flags_of(knowledge, reading, found, state),
        "missing": list(dict.fromkeys([*torn, *first, *found["missing"]])),
        "question": question,
        "areas": list(matter.ranking.decisions)[:3],
        "likely": [[o, round(part, 3)] for o, part in list(matter.standing.items())[:3]],
        "evidence": list(matter.ranking.evidence),
        "verdict": found,
    }


def _verdict(parts: Parts, matter: Matter, asked: Asked) -> Json:
    """The whole verdict of the rules on what was stated and confirmed."""
    knowledge, reading = parts.knowledge, matter.reading
    fields = knowledge.fields
    given = {name: plain_answer(fields[name], value) for name, value in matter.stated.items()}
    chosen = {key: list(value) for key, value in (asked.chosen or {}).items()}
    for option in reading.mentions:
        decision = knowledge.options[option].decision
        if decision != reading.decision and option not in chosen.get(decision, ()):
            chosen.setdefault(decision, []).append(option)
    guessed = [item.field for item in reading.statements if item.guess]
    result = parts.decide(
        [reading.decision], given, chosen=chosen, guessed=guessed, **(asked.marks or {})
    )
    verdict: Json = result["verdicts"][reading.decision]
    return verdict
