"""The words and lists of a reply to a text: one headline for every state, flags, what was read."""

from collections.abc import Sequence

from checker.formatting import in_sentence
from checker.knowledge.model import Knowledge, State
from checker.rules.headlines import advice
from checker.rules.verdict import Json
from checker.states import PROBABLE, lone_limit, ruled_out
from checker.text.reading import Reading, plain_statement
from checker.weighing import Matter


def headline(knowledge: Knowledge, state: str, options: Sequence[str], part: float = 1.0) -> str:
    """The one sentence that page, command line and JSON show for a state.

    ``part`` is what the first option has of all that speaks for the options.
    """
    labels = [knowledge.options[option].label for option in options]
    match state:
        case "decided":
            return advice(knowledge, options[0])
        case "narrowed" if part >= PROBABLE:
            return f"Probably {labels[0]}."
        case "narrowed" if len(labels) > 1:
            return f"{labels[0]} or {labels[1]}."
        case "narrowed":
            return f"Perhaps {labels[0]}."
        case "nothing-fits":
            return "No option meets everything that the text asks for."
        case "ask-for-more":
            return "The text does not say enough to decide."
    return "This guide does not decide that."


def headline_of(
    knowledge: Knowledge, matter: Matter, found: Json, state: State, recommend: Sequence[str]
) -> str:
    """The headline of a reply, and which options that the text names do not fit.

    Where one number rules out everything, it says so: the number may be misread.
    """
    suspect = lone_limit(matter) if state == "ask-for-more" and ruled_out(matter) else None
    if suspect:
        label = in_sentence(knowledge.fields[suspect.field].label)
        return f"No option fits if the {label} is {suspect.quote}."
    line = headline(knowledge, state, recommend, matter.standing[recommend[0]] if recommend else 1)
    if state == "decided" == found["state"] and recommend == found["recommend"]:
        line = found["sentence"]
    out = {other["option"] for other in found["rejected"]} if recommend else set()
    named = [knowledge.options[name].label for name in matter.reading.mentions if name in out]
    return line + "".join(f" {label}, which you named, does not fit." for label in named)


def flags_of(knowledge: Knowledge, reading: Reading, found: Json, state: str) -> list[str]:
    flags = {*found["flags"], *(["conflict"] if reading.torn else [])}
    if any(_status(knowledge, option) == "ended" for option in reading.mentions):
        flags.add("discontinued")
    if not _over_its_limit(reading, found, state):
        flags.discard("limit-exceeded")
    if state in ("narrowed", "ask-for-more"):
        flags.add("missing-info")
    return sorted(flags)


def _status(knowledge: Knowledge, option: str) -> str:
    service = knowledge.services.get(knowledge.options[option].service or "")
    return service.status if service else "current"


def _over_its_limit(reading: Reading, found: Json, state: str) -> bool:
    """Whether a limit stops what the text asks for: one of an option that it names, or of all."""
    named = {other["option"] for other in found["rejected"]} & set(reading.mentions)
    return state == "nothing-fits" or any(
        reason["strength"] == "must" and reason["limit"]
        for other in found["rejected"]
        if other["option"] in named
        for reason in other["reasons"]
    )


def shown(knowledge: Knowledge, reading: Reading, beside: Sequence[Reading]) -> Json:
    """What was read, and what was not, each with the words of the text."""
    mine = knowledge.decisions[reading.decision].fields
    elsewhere = {
        (item.field, item.start): item
        for other in beside
        for item in other.statements
        if item.field not in mine and not item.guess
    }
    return {
        "read": [plain_statement(knowledge, item) for item in reading.statements],
        "elsewhere": [plain_statement(knowledge, item) for item in elsewhere.values()],
        "unplaced": [
            {"quote": loose.quote, "fields": list(loose.fields), "at": loose.start}
            for loose in reading.unplaced
        ],
        "conflicts": [
            {"field": options[0].field, "quotes": [option.quote for option in options]}
            for options in reading.torn
        ],
        "context": [{"quote": quote, "role": role} for quote, role in reading.context],
    }
