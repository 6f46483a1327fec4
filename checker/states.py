"""The state of an advice, and the options it names: the one place where both are found.

All thresholds between "use it", "probably", a question, and "nothing fits" are here.
"""

from checker.knowledge.model import State
from checker.rules.evaluation import evaluate
from checker.rules.verdict import as_given
from checker.text.reading import Statement
from checker.units import Interval
from checker.weighing import Matter

# A combination so much less likely than the likeliest one does not keep a verdict open.
PLAUSIBLE = 0.2
# A text says too little where the ranking is so sure of it and little was read.
TOO_LITTLE = 0.35
# Nothing fits where that is likelier than not, and the ranking does not rule it out.
NO_FIT, CONCEIVABLE = 0.5, 0.05
NO_FIT_TOO, TOO_MUCH = 0.35, 0.3
# Who insists so much, as the ranking has it, gets no option that leaves a stated wish unmet.
INSISTS = 0.5
# "Use X" needs this part of what speaks for all options; "probably X" that part.
AGREED, PROBABLE, CLOSE = 0.7, 0.5, 0.1
# Below this part no option is named first before the person has answered a question.
NAMED = 0.52
# Two statements that have nothing to do with each other support an advice nobody asked for.
SUPPORT = 2
# Where the option that a text is about is ruled out, another one needs this much to be named.
SECOND_BEST = 0.15
# An option that a limit may rule out, so likely, is not recommended: it is asked.
RISKY = 0.25
# The same for a wish, where the text may say two things in the same words.
CONTESTED = 0.15


def lone_limit(matter: Matter) -> Statement | None:
    """The number of the text without which something would fit, where now nothing does."""
    for item in matter.reading.statements:
        if isinstance(item.answer, Interval):
            rest = {name: v for name, v in matter.stated.items() if name != item.field}
            standings = evaluate(matter.rules, as_given(rest)).standings.values()
            if any(all(o.strength != "must" for o in s.broken) for s in standings):
                return item
    return None


def ruled_out(matter: Matter) -> bool:
    """Whether limits of the platform leave no option."""
    return all(matter.limited(option) for option in matter.rules.options)


def find_state(matter: Matter) -> tuple[State, list[str]]:
    """The state and the options, best first: the one place where both are found."""
    labels = dict(matter.ranking.labels)
    if state := _where_nothing_fits(matter, labels.get("nothing-fits", 0.0)):
        return state, []
    if labels.get("ask-for-more", 0.0) >= TOO_LITTLE and len(matter.stated) < SUPPORT:
        return "ask-for-more", []
    order = [option for option in matter.standing if not matter.limited(option)]
    safe = [option for option in order if matter.risk(option) < RISKY]
    if not safe or (safe[0] != order[0] and matter.standing[safe[0]] < SECOND_BEST):
        return "ask-for-more", []
    order = safe
    first = order[0]
    favourite = max(matter.prior, key=lambda option: matter.prior[option])
    unsupported = matter.sure.standings[first].score == 0 and matter.prior[first] < SECOND_BEST
    if matter.limited(favourite) and unsupported:
        return "ask-for-more", []
    if _settled(matter, first):
        return "decided", [first]
    if _contested(matter, first) and not matter.answered:
        return "ask-for-more", []
    by_rules = matter.sure.state == "decided" and matter.sure.recommend == (first,)
    if matter.standing[first] < NAMED and not by_rules and not matter.answered:
        return "ask-for-more", []
    return "narrowed", [first, *(o for o in order[1:4] if matter.standing[o] >= CLOSE)]


def _where_nothing_fits(matter: Matter, expected: float) -> State | None:
    """The state where limits or wishes leave no option; ``expected`` is what the ranking says."""
    nothing = sum(case.weight for case in matter.cases if case.result.state == "nothing-fits")
    limited = ruled_out(matter)
    if limited and expected < CONCEIVABLE and lone_limit(matter):
        return "ask-for-more"
    likely = nothing >= NO_FIT and expected >= CONCEIVABLE
    likely = likely or (nothing >= NO_FIT_TOO and expected >= TOO_MUCH)
    likely = likely or (expected >= INSISTS and _each_lacks_a_wish(matter))
    return "nothing-fits" if limited or likely else None


def _each_lacks_a_wish(matter: Matter) -> bool:
    """Whether each option is ruled out, or leaves a stated wish unmet that another one meets."""
    standings = evaluate(matter.rules, as_given(matter.stated)).standings
    chosen = {name for name, answer in matter.stated.items() if isinstance(answer, str)}
    met = {
        option: {name for o in standing.held for name in o.prepared.fields & chosen}
        for option, standing in standings.items()
    }
    wishes = set().union(*met.values())
    return all(standings[option].rejected or wishes - met[option] for option in standings)


def _contested(matter: Matter, option: str) -> bool:
    """Whether the words for one answer may as well mean another, which rules an option out.

    Of two meanings the one counts less that leaves little of what texts like this are about.
    """
    for doubt in matter.doubts:
        if doubt.field in matter.reading.rivals:
            ways = [(matter.likely_with(said) * weight, said) for weight, said in doubt.ways]
            total = sum(weight for weight, _ in ways)
            if any(
                said
                and weight >= CONTESTED * total
                and matter.with_these(said).standings[option].rejected
                for weight, said in ways
            ):
                return True
    return False


def _settled(matter: Matter, first: str) -> bool:
    """Whether all plausible readings lead to one option, with enough behind it to say "use it"."""
    top = max(case.weight for case in matter.cases)
    same = all(
        case.result.state == "decided" and case.result.recommend == (first,)
        for case in matter.cases
        if case.weight >= PLAUSIBLE * top
    )
    return same and matter.standing[first] >= AGREED and len(matter.stated) >= SUPPORT
