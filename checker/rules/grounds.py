"""The certainty of a verdict: its confidence, its doubts, and the answers that exclude all."""

from dataclasses import replace

from checker.formatting import in_sentence
from checker.knowledge.answers import Given, show_answer
from checker.knowledge.model import Knowledge
from checker.knowledge.references import fill
from checker.rules.conditions import Bound, leaves, truth, values, worked_out
from checker.rules.evaluation import Outcome, Result, Ruleset, Standing, evaluate
from checker.rules.reasons import Json, derived_item, doubtful, following
from checker.rules.wording import asked
from checker.units import Interval


def confidence(now: Result, doubts: list[Json]) -> str:
    """How sure a recommendation is, from the least sure.

    - ``none``: there is not one option.
    - ``likely``: an open question could change it, or a guess carries it.
    - ``provided``: conditions of the option are still open.
    - ``judged``: no question is open, but no source ranks the options: judgement does.
    - ``certain``.
    """
    if now.state != "decided":
        return "none"
    winner = now.standings[now.recommend[0]]
    others = [s for s in now.standings.values() if s is not winner and not s.rejected]
    kinds = {doubt["kind"] for doubt in doubts}
    if "guess" in kinds or any(s.reach >= winner.score for s in others):
        return "likely"
    if winner.open:
        return "provided"
    return "judged" if "judgement" in kinds else "certain"


def doubts(knowledge: Knowledge, ruleset: Ruleset, given: Given, now: Result) -> list[Json]:
    """What keeps a recommendation from being certain, besides open questions."""
    found: list[Json] = [
        {
            "kind": outcome.prepared.rule.doubt,
            "option": option,
            "rule": outcome.prepared.id,
            "sentence": fill(outcome.prepared.rule.reason, knowledge),
        }
        for option in now.recommend
        for outcome in now.standings[option].open
        if doubtful(knowledge, given, outcome)
    ]
    found += _exceeded(knowledge, given, now)
    if now.state != "decided":
        return found
    if rules := _judgement(ruleset, given, now):
        sentence = "No source ranks these options, so engineering judgement decides."
        found.append({"kind": "judgement", "rules": rules, "sentence": sentence})
    if fields := _guesses(ruleset, given, now):
        labels = " and ".join(in_sentence(knowledge.fields[name].label) for name in fields)
        sentence = f"The recommendation depends on a guess: {labels}."
        found.append({"kind": "guess", "fields": fields, "sentence": sentence})
    return found


def _exceeded(knowledge: Knowledge, given: Given, now: Result) -> list[Json]:
    """Stated quantities of the recommended options that other answers exceed."""
    found: dict[str, Json] = {}
    for option in now.recommend:
        for outcome in now.standings[option].outcomes:
            for leaf, way in following(outcome, given):
                stated, other = given.answers.get(leaf.field), worked_out(way, given.answers)
                if isinstance(stated, Interval) and other and other.lo > stated.hi:
                    item = derived_item(knowledge, given, leaf.field, way)
                    answer = show_answer(knowledge.fields[leaf.field], stated)
                    sentence = (
                        f"{item['label']}: you said {answer}, "
                        f"and your other answers make {item['answer']}."
                    )
                    doubt = {"kind": "exceeded", "option": option, "sentence": sentence}
                    found.setdefault(leaf.field, {**doubt, "fields": [leaf.field]})
    return list(found.values())


def _judgement(ruleset: Ruleset, given: Given, now: Result) -> list[str]:
    """The rules of judgement that carry a recommendation; none where it holds without them."""
    if evaluate(ruleset.sourced, given).key == now.key:
        return []
    judged = {
        outcome.prepared.id
        for option, standing in now.standings.items()
        for outcome in (standing.held if option in now.recommend else standing.broken)
        if outcome.prepared.rule.judgement
    }
    return sorted(judged)


def _guesses(ruleset: Ruleset, given: Given, now: Result) -> list[str]:
    """The guessed answers that carry a recommendation."""
    return [
        name
        for name in ruleset.fields
        if name in given.guessed and evaluate(ruleset, _without(given, name)).key != now.key
    ]


def _without(given: Given, *names: str) -> Given:
    kept = {name: answer for name, answer in given.answers.items() if name not in names}
    return replace(given, answers=kept)


def culprits(ruleset: Ruleset, given: Given, now: Result) -> list[str]:
    """The answers that together exclude every option, or every one that meets some need.

    Without one of them, an option is left.
    """
    if now.state != "nothing-fits" and not now.unmet:
        return []
    needed = [name for name in ruleset.fields if name in given.answers]
    for name in tuple(needed):
        rest = [other for other in needed if other != name]
        less = {other: given.answers[other] for other in rest}
        found = evaluate(ruleset, replace(given, answers=less))
        if found.state == now.state == "nothing-fits" or 0 < len(now.unmet) == len(found.unmet):
            needed = rest
    return needed


def limits_alone(ruleset: Ruleset, given: Given, names: list[str]) -> bool:
    """Whether limits of the platform alone exclude every option."""
    only = replace(given, answers={name: given.answers[name] for name in names})
    standings = evaluate(ruleset, only).standings.values()
    return all(any(o.strength == "must" for o in standing.broken) for standing in standings)


def nothing_fits(
    knowledge: Knowledge, ruleset: Ruleset, given: Given, names: list[str], nearest: str
) -> str:
    """The sentence that says why nothing fits: limits, or the person's wishes."""
    items = [asked(knowledge.fields[name], given.answers[name]) for name in names]
    told = "; ".join(items)
    if limits_alone(ruleset, given, names):
        # One answer alone beyond the limits is what the nearest option's sentence is about.
        which = f" ({told})" if len(items) > 1 else ""
        return f"No option meets all limits{which}. Nearest: {nearest}."
    which = (
        "No option meets everything that you ask for"
        if len(items) > 1
        else "No option supports this"
    )
    return f"{which} ({told}). Nearest: {nearest}."


def flags(
    knowledge: Knowledge,
    ruleset: Ruleset,
    given: Given,
    views: tuple[Result, Result],
    doubts: list[Json],
    clashes: list[Json],
    blamed: list[str],
) -> list[str]:
    """The flags of a verdict, which a person should notice at once; ``views`` are both eras'."""
    now, exam = views
    tied = now.state == "narrowed" and not ruleset.together
    status = {service_status(knowledge, option) for option in (*now.recommend, *exam.recommend)}
    mine = [now.standings[option] for option in now.recommend]
    outcomes = [outcome for standing in mine for outcome in standing.outcomes]
    kinds = {doubt["kind"] for doubt in doubts}
    found = {
        "limit-exceeded": any(_over_limit(s, given) for s in now.standings.values()),
        "on-the-limit": any(_on_limit(outcome, given) for outcome in outcomes),
        "missing-info": tied or now.state == "ask-for-more" or any(s.open for s in mine),
        "discontinued": "ended" in status,
        "lifecycle": bool(status & {"closed-to-new", "legacy"}),
        "conflict": bool(clashes) or len(blamed) > 1,
        "disputed": "disputed" in kinds,
        "undocumented": "undocumented" in kinds,
    }
    return sorted(flag for flag, raised in found.items() if raised)


def service_status(knowledge: Knowledge, option: str) -> str:
    """The status of the service behind an option."""
    service = knowledge.services.get(knowledge.options[option].service or "")
    return service.status if service else "current"


def _over_limit(standing: Standing, given: Given) -> bool:
    """Whether a quantity breaks a limit; a rule can name one and be broken by a choice."""
    return any(
        isinstance(leaf, Bound) and truth(leaf, given.answers) is False
        for outcome in standing.broken
        if outcome.strength == "must"
        for leaf in leaves(outcome.prepared.node)
    )


def _on_limit(outcome: Outcome, given: Given) -> bool:
    if outcome.strength != "must" or outcome.truth is not True:
        return False
    return any(
        _touches(value, leaf)
        for leaf in leaves(outcome.prepared.node)
        if isinstance(leaf, Bound)
        for value in values(leaf, given.answers)
    )


def _touches(answer: Interval, leaf: Bound) -> bool:
    """Whether an answer that keeps a limit reaches it exactly; "under 4 MB" does not."""
    if leaf.op in ("at_most", "below"):
        return answer.hi == leaf.limit and not answer.hi_open
    return answer.lo == leaf.limit and not answer.lo_open
