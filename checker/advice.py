"""From a plain description to a verdict: what the text is about, and what it leaves open."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from checker.knowledge.answers import Answer
from checker.knowledge.model import Knowledge
from checker.problems import Problem
from checker.rules.evaluation import evaluate
from checker.rules.verdict import Json, as_given
from checker.text.leanings import LEAD, described_by, lean, suggested
from checker.text.statements import RIVAL, Reading, plain_answers

if TYPE_CHECKING:
    from checker.session import Session

# More contradictions than this in one text are for a person to sort out.
MOST_TORN = 3

_NOTHING: Json = {
    "area": None, "state": "out-of-scope", "recommend": [], "also": [], "rejected": [],
    "flags": [], "missing": [], "read": [], "unread": [], "ignored": [], "areas": [],
    "only": [], "verdict": None, "problems": [],
}  # fmt: skip


def ask(session: "Session", text: str) -> Json:
    """See ``Session.ask``."""
    reading = session.reader.read(text)
    if isinstance(reading, Problem):
        return {**_NOTHING, "problems": [reading.plain()]}
    if not reading.areas:
        asked = {"state": "ask-for-more", "flags": ["missing-info"], "missing": ["decision"]}
        shown = _shown(session.knowledge, reading)
        return {**_NOTHING, **shown, **(asked if reading.at_home else {})}
    area = _subject(session, reading)
    reading, either = _settled(session, reading, area)
    reading = _leant(session, text, reading, area, torn=bool(either))
    named = _named_elsewhere(session.knowledge, reading, area)
    result = session.decide([area], plain_answers(session.knowledge, reading), chosen=named)
    if result["problems"]:
        shown = _shown(session.knowledge, reading)
        return {**_NOTHING, **shown, "area": area, "problems": result["problems"]}
    answer = _answered(session.knowledge, reading, result["verdicts"][area])
    if answer["state"] != "decided":
        answer.update(either)
    if _too_little(session, reading, area):
        flags = sorted({*answer["flags"], "missing-info"})
        answer.update(state="ask-for-more", recommend=[], flags=flags)
    wanted = _wanted(session, text, reading, area)
    answer.update(_insisted(session.knowledge, result["verdicts"][area], wanted))
    if reading.demands.excessive:
        flags = sorted({*answer["flags"], "conflict"} - {"missing-info"})
        answer.update(state="nothing-fits", recommend=[], flags=flags)
    return {**answer, "area": area}


def _subject(session: "Session", reading: Reading) -> str:
    """The decision that a text is about: the likeliest of those that its answers tell on.

    Where the words speak for two decisions and the answers decide nothing in the first, the
    text is about the second.
    """
    first = next(iter(reading.areas))
    enough = reading.areas[first] * RIVAL
    rivals = (name for name, weight in reading.areas.items() if weight >= enough)
    torn = {field: stated[0].answer for field, stated in reading.conflicts}
    given = as_given({**torn, **reading.answers})
    telling = (n for n in rivals if evaluate(session.ruleset(n), given).state != "ask-for-more")
    return next(telling, first)


def _settled(session: "Session", reading: Reading, area: str) -> tuple[Reading, Json]:
    """A reading without the contradictions that make no difference, and what the others leave.

    "Spiky and rare" says two things on the traffic, and both lead to the same option: the
    first is taken, as a guess. Where they lead to different ones, all of those are left, and none
    for a text that insists on all it says.
    """
    rules = session.ruleset(area)
    torn = [pair for pair in reading.conflicts if pair[0] in rules.fields]
    if not torn or len(torn) > MOST_TORN:
        return reading, {}
    cases = list(product(*(stated for _, stated in torn)))
    plain = dict(reading.answers)
    results = [
        evaluate(rules, as_given({**plain, **{r.field: r.answer for r in case}})) for case in cases
    ]
    if len({result.key for result in results}) > 1:
        left = dict.fromkeys(option for result in results for option in result.recommend)
        if reading.exclusive:
            return reading, {"state": "nothing-fits", "recommend": []}
        return reading, {"state": "narrowed", "recommend": list(left)} if left else {}
    guesses = tuple(replace(read, guess=True) for read in cases[0])
    others = tuple(pair for pair in reading.conflicts if pair not in torn)
    return replace(reading, reads=(*reading.reads, *guesses), conflicts=others), {}


def _leant(session: "Session", text: str, reading: Reading, area: str, *, torn: bool) -> Reading:
    """A reading with what its words lean to, where the rules say less or something else."""
    rules = session.ruleset(area)
    leaning = lean(session.knowledge, area, text)
    if leaning is None or reading.demands.vague or (reading.exclusive and reading.mentions):
        return reading
    now = evaluate(rules, as_given(reading.answers))
    if now.state == "decided" and now.recommend == (leaning.option,) and not torn:
        return reading
    state = "narrowed" if torn else now.state
    if state == "nothing-fits":
        # Where only a guess rules all of them out, it is the guess that is in doubt.
        state = evaluate(rules, as_given(_stated(reading))).state
    if leaning.lead < LEAD[state]:
        return reading
    return suggested(session.knowledge, rules, reading, leaning) or reading


def _stated(reading: Reading) -> dict[str, Answer]:
    return {read.field: read.answer for read in reading.reads if not read.guess}


def _too_little(session: "Session", reading: Reading, area: str) -> bool:
    """Whether a text only begins to ask, by its words and by what it states.

    "How should we host several models?" states one thing, for which rules prefer an option: that
    is no reason to recommend it yet, unless it rules all others out. Who names an option asks
    about that.
    """
    decision = session.knowledge.decisions[area]
    stated = {name: x for name, x in _stated(reading).items() if name in decision.fields}
    if (
        not reading.demands.vague
        or len(stated) > 1
        or set(reading.mentions) & set(decision.options)
    ):
        return False
    standings = evaluate(session.ruleset(area), as_given(stated)).standings
    return sum(not standing.rejected for standing in standings.values()) != 1


def _wanted(session: "Session", text: str, reading: Reading, area: str) -> list[str]:
    """The options that a text takes nothing but: those it names, or the one that it describes.

    A description is less than a name, so it counts where what is stated rules the option out.
    """
    options = session.knowledge.decisions[area].options
    named = [option for option in reading.mentions if option in options]
    if not reading.exclusive or named:
        return named if reading.exclusive else []
    leaning = lean(session.knowledge, area, text)
    described = [leaning.option] if leaning and leaning.lead >= LEAD["narrowed"] else []
    described += described_by(session.knowledge, area, _stated(reading))
    now = evaluate(session.ruleset(area), as_given(_stated(reading)))
    return [option for option in described if now.standings[option].rejected][:1]


def _insisted(knowledge: Knowledge, found: Json, wanted: Sequence[str]) -> Json:
    """What is left for a text that takes nothing but the options it wants.

    The verdict itself weighs all of them: it shows what would fit without that wish.
    """
    if not wanted or found["state"] == "ask-for-more":
        return {}
    out = {o["option"]: o["reasons"][0]["sentence"] for o in found["rejected"]}
    left = sorted(set(wanted) - out.keys())
    state = "nothing-fits" if not left else "decided" if len(left) == 1 else "narrowed"
    only = [
        {"option": name, "label": knowledge.options[name].label, "rejected": out.get(name)}
        for name in wanted
    ]
    return {"only": only, "state": state, "recommend": left}


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
