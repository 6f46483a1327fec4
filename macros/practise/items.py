"""All practice items, and what they refer to, as plain values."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from checker.formatting import spell_measure
from checker.knowledge.answers import show_answer
from checker.knowledge.model import Fact, Knowledge
from checker.knowledge.references import fact_text, fill
from checker.rules.eras import difference
from checker.rules.evaluation import Ruleset, evaluate, prepare
from macros.pages.source import Page
from macros.practise.situations import Situation, given_of, situation

type ItemEra = Literal["both", "today", "exam"]

CARD_KINDS = ("hard-limit", "default", "quota")
EXAM = "mla-c02"


@dataclass(frozen=True)
class Choice:
    """One option of a question, and the rules that speak for it or reject it."""

    option: str
    right: bool
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Item:
    """One question or card; ``id`` comes from its scenario or fact and never changes."""

    id: str
    kind: Literal["one", "two", "card"]
    stem: str
    page: str
    era: ItemEra = "both"
    decision: str = ""
    also: tuple[tuple[str, str], ...] = ()
    choices: tuple[Choice, ...] = ()
    why: str = ""
    eras: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    turn: str = ""
    """An option that one changed answer makes the verdict."""


@dataclass(frozen=True)
class Bank:
    """The items, and how many scenarios and facts made none, by reason."""

    items: tuple[Item, ...]
    left_out: Mapping[str, int]


def bank(known: Knowledge, pages: Mapping[str, Page]) -> Bank:
    """Make every item, in the order of the data."""
    left: Counter[str] = Counter()
    items = [*_questions(known, pages, left), *_cards(known, pages, left)]
    return Bank(tuple(items), dict(sorted(left.items())))


# --- Questions ----------------------------------------------------------------------------------


def _questions(known: Knowledge, pages: Mapping[str, Page], left: Counter[str]) -> Iterator[Item]:
    rulesets = {decision: prepare(known, decision) for decision in known.decisions}
    for key, scenario in known.scenarios.items():
        rules = rulesets[scenario.decision]
        today = situation(known, rules, scenario)
        if isinstance(today, str):
            left[today] += 1
            continue
        told = difference(known, rules, given_of(known, today.answers))
        yield _question(known, rules, key, today, pages, "today" if told else "both")
        if told:
            exam = situation(known, rules, scenario, "exam")
            if isinstance(exam, str):
                left[f"in the exam era, {exam}"] += 1
            else:
                yield _question(known, rules, f"{key}.exam", exam, pages, "exam")


def _question(
    known: Knowledge,
    rules: Ruleset,
    key: str,
    found: Situation,
    pages: Mapping[str, Page],
    era: ItemEra,
) -> Item:
    scenario = found.scenario
    choices = [Choice(o, right=True, rules=_speaking(found, o)) for o in found.right]
    choices += [Choice(option, right=False, rules=(rule,)) for option, rule in found.wrong]
    used = [known.rules[rule].fact for choice in choices for rule in choice.rules]
    return Item(
        key,
        "one" if len(found.right) == 1 else "two",
        scenario.text,
        scenario.page,
        era,
        scenario.decision,
        tuple(_shown(known, found.added)),
        tuple(choices),
        fill(scenario.why, known) if era != "exam" else "",
        _eras(known, rules, found) if era != "both" else "",
        found.answers,
        _tags(scenario.page, pages, known.decisions[scenario.decision].tags),
        tuple(dict.fromkeys(filter(None, used))),
        _turn(known, rules, found) if era != "exam" else "",
    )


def _speaking(found: Situation, option: str) -> tuple[str, ...]:
    """The rules with a sentence for a right option, the heaviest first."""
    standing = found.result.standings[option]
    kept = [o for o in standing.outcomes if o.truth is True and o.strength != "prefer"]
    said = [o.prepared for o in (*standing.held, *kept) if o.prepared.rule.support]
    return tuple(prepared.id for prepared in said)[:2]


def _shown(known: Knowledge, answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    typed = given_of(known, answers).answers
    for name, answer in typed.items():
        yield known.fields[name].label, show_answer(known.fields[name], answer)


def _eras(known: Knowledge, rules: Ruleset, found: Situation) -> str:
    told = difference(known, rules, given_of(known, found.answers))
    if told is None:
        return ""
    today, exam = (_labels(known, told[era]) for era in ("today", "exam"))
    return " ".join((f"Today: {today}. Exam-era material: {exam}.", *told["because"]))


def _labels(known: Knowledge, options: Iterable[str]) -> str:
    return " or ".join(known.options[option].label for option in options) or "no option"


def _tags(page: str, pages: Mapping[str, Page], more: Iterable[str]) -> tuple[str, ...]:
    record = pages.get(page.partition("#")[0])
    return tuple(sorted({*(record.tags if record else ()), *more}))


def _turn(known: Knowledge, rules: Ruleset, found: Situation) -> str:
    """An option that another answer to one question makes the only recommendation."""
    given = given_of(known, found.answers)
    for name in found.answers:
        known_field = known.fields[name]
        if known_field.fixed or name not in given.answers:
            continue
        for value in known_field.values:
            after = evaluate(rules, given.having({name: value})).recommend
            if len(after) == 1 and after[0] not in found.right:
                return after[0]
    return ""


# --- Cards --------------------------------------------------------------------------------------


def _cards(known: Knowledge, pages: Mapping[str, Page], left: Counter[str]) -> Iterator[Item]:
    by_fact = _pages_of_facts(pages)
    for key, fact in known.facts.items():
        if fact.kind not in CARD_KINDS:
            continue
        if fact.disputed:
            left["sources disagree on the fact"] += 1
            continue
        page = by_fact.get(key, "limits.md")
        tags = _tags(page, pages, ("kind:limit",))
        yield Item(f"fact.{key}", "card", fact.label, page, tags=tags, facts=(key,))


def _pages_of_facts(pages: Mapping[str, Page]) -> dict[str, str]:
    """The first topic page that shows a fact."""
    found: dict[str, str] = {}
    for path, page in pages.items():
        for part in page.body.split('("')[1:]:
            name = part.partition('"')[0]
            found.setdefault(name, path)
    return found


def short_answer(fact: Fact) -> str:
    """The value alone, where the fact has one."""
    return "" if fact.value is None else spell_measure(fact.value, fact.unit)


def long_answer(fact: Fact, known: Knowledge) -> str:
    """The fact's own sentence."""
    return fact_text(fact, known)
