"""The headline of a verdict: the sentence that page, command line and JSON show for a state.

The headlines of a reply to a text are in ``checker.replies``.
"""

from collections.abc import Iterator, Sequence

from checker.formatting import in_sentence
from checker.knowledge.answers import Given
from checker.knowledge.model import Knowledge
from checker.rules import grounds
from checker.rules.evaluation import Outcome, Result, Ruleset, Standing
from checker.rules.reasons import miss
from checker.rules.wishes import Wish, unmet_wishes
from checker.rules.wording import asked


def advice(knowledge: Knowledge, option: str) -> str:
    """What to do: the option's advice, or "Use <label>."."""
    record = knowledge.options[option]
    return f"{record.advice or f'Use {record.label}'}."


def headline(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    now: Result,
    out: Sequence[Standing],
    blamed: list[str],
) -> str:
    """The headline of a verdict; ``out`` are the rejected options, the nearest first."""
    told = _told_of(knowledge, ruleset, given, now, out, blamed)
    if not now.recommend:
        return told
    gaps = (_gap(knowledge, ruleset, given, now, need, out) for need in now.unmet)
    return " ".join([told, *gaps, *_wishes(knowledge, ruleset, given, now, out)])


def _wishes(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, now: Result, out: Sequence[Standing]
) -> Iterator[str]:
    """The wishes that stay unmet, those with the same way out in one sentence."""
    same: dict[tuple[str, ...], list[Wish]] = {}
    for wish in unmet_wishes(ruleset, given, now):
        same.setdefault(wish.able, []).append(wish)
    for wishes in same.values():
        yield _dropped(knowledge, given, now, wishes, out)


def _gap(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    now: Result,
    need: str,
    out: Sequence[Standing],
) -> str:
    """A need that no option meets, beside others that are met, and the nearest option."""
    able = {o for s in ruleset.speaking.values() if s.alone and s.need == need for o in s.options}
    nearest = next(standing for standing in out if standing.option in able)
    told = asked(knowledge.fields[need], given.answers[need])
    missed = _nearest(knowledge, given, nearest)
    if able & {*now.recommend}:
        return f"Your need “{told}” is met in part only. Missing: {missed}."
    return f"Your need “{told}” is not met. Nearest: {missed}."


def _dropped(
    knowledge: Knowledge,
    given: Given,
    now: Result,
    wishes: Sequence[Wish],
    out: Sequence[Standing],
) -> str:
    """Wishes that the recommendation leaves unmet, and the option that meets them or is nearest.

    One that is left over meets them, and fits the rest less well.
    """
    told = [f"“{asked(knowledge.fields[w.field], given.answers[w.field])}”" for w in wishes]
    one, able = len(wishes) == 1, wishes[0].able
    line = f"Your wish{'' if one else 'es'} {' and '.join(told)} {'is' if one else 'are'} not met."
    left = [o for o in able if not now.standings[o].rejected]
    if left:
        best = max(left, key=lambda option: now.standings[option].score)
        return f"{line} {knowledge.options[best].label} would meet {'it' if one else 'them'}."
    nearest = next((standing for standing in out if standing.option in able), None)
    return f"{line} Nearest: {_nearest(knowledge, given, nearest)}." if nearest else line


def _told_of(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    now: Result,
    out: Sequence[Standing],
    blamed: list[str],
) -> str:
    labels = [knowledge.options[option].label for option in now.recommend]
    match now.state:
        case "decided":
            return advice(knowledge, now.recommend[0])
        case "narrowed" if ruleset.together:
            return f"Use {_count(len(labels))} together: {', '.join(labels)}."
        case "narrowed":
            return f"{_count(len(labels)).capitalize()} options are left: {', '.join(labels)}."
        case "nothing-fits":
            nearest = _nearest(knowledge, given, out[0])
            return grounds.nothing_fits(knowledge, ruleset, given, blamed, nearest)
        case _:
            about = in_sentence(knowledge.decisions[ruleset.decision].label)
            return f"Not enough information yet to choose: {about}."


def _nearest(knowledge: Knowledge, given: Given, standing: Standing) -> str:
    """An option with all that it misses: distances first, then separate sentences."""
    misses = [miss(knowledge, given, outcome) for outcome in _told_once(standing)]
    measured = [text for text in misses if text.startswith("with ")]
    told = [text for text in misses if text not in measured]
    label = knowledge.options[standing.option].label
    return ". ".join([", ".join([label, *([" and ".join(measured)] if measured else [])]), *told])


def _told_once(standing: Standing) -> list[Outcome]:
    """The broken rules, without those whose fact a rule of all options states as well."""
    common = {o.prepared.rule.fact for o in standing.broken if o.prepared.shared}
    return [o for o in standing.broken if o.prepared.shared or o.prepared.rule.fact not in common]


def _count(number: int) -> str:
    words = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return words[number] if number < len(words) else str(number)
