"""Cross-checks of the knowledge that no schema can express.

Each check is a function that yields findings for one section.
They never raise, so that one run reports everything.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from checker.config.settings import limits as setting_limits
from checker.knowledge.answers import read_answers
from checker.knowledge.model import Fact, Knowledge, Rule, Term
from checker.knowledge.references import UnknownReference
from checker.problems import did_you_mean
from checker.rules.conditions import compile_condition, inputs
from macros.knowledge import value_checks
from macros.knowledge.capabilities import check_capabilities
from macros.knowledge.lookups import Finding, existing_page, known_name, known_references
from macros.knowledge.page_checks import check_exams, check_scenarios, check_services, check_tables
from macros.knowledge.plain_entries import check_plain
from macros.knowledge.rule_checks import (
    check_decided,
    check_grounds,
    check_unread_questions,
    check_unused_limits,
)
from macros.knowledge.slips import check_slips
from macros.knowledge.text_checks import check_quotes, check_sentences, check_sources, check_words
from macros.knowledge.twins import check_twins
from macros.knowledge.typed_numbers import check_typed_numbers

IDS = {
    "facts": r"[a-z][a-z0-9_]*\.[a-z0-9_]+",
    "rules": r"[A-Z]{3}\d{3}",
    "clashes": r"CLA\d{3}",
    "settings": r"CFG\d{3}",
    "fields": r"[a-z][a-z0-9_]*",
    "tags": r"[a-z0-9-]+(:[a-z0-9-]+)?",
}
SAMPLES = {
    "facts": "serverless.max_payload",
    "rules": "INF001",
    "clashes": "CLA001",
    "settings": "CFG001",
    "fields": "peak_requests",
    "tags": "stage:deploy",
}
KEBAB = r"[a-z0-9]+(-[a-z0-9]+)*"


def check_ids(known: Knowledge) -> Iterator[Finding]:
    """Ids follow their section's form."""
    for section in known.__slots__:
        form = IDS.get(section, KEBAB)
        for key in getattr(known, section):
            if not re.fullmatch(form, key):
                hint = f"write it like {SAMPLES.get(section, 'real-time-endpoint')}"
                yield (section, key), "K010", f"'{key}' does not have the form of an id", hint


def check_facts(known: Knowledge) -> Iterator[Finding]:
    """Facts cite known sources, are dated, and their texts resolve."""
    for key, fact in known.facts.items():
        here = ("facts", key)
        if not fact.sources:
            yield here, "K020", "a fact needs at least one source", "add sources: [{source, says}]"
        yield from _citations(known, here, fact)
        own = {*fact.parts, *(["value"] if fact.value is not None else [])}
        yield from known_references(known, (*here, "text"), fact.text, own)
        for index, bound in enumerate(fact.api):
            if bound.part and bound.part not in fact.parts:
                hint = did_you_mean(bound.part, fact.parts)
                yield (*here, "api", index), "K023", f"no part '{bound.part}' in this fact", hint


def check_prices(known: Knowledge) -> Iterator[Finding]:
    """A fact that the arithmetic of costs reads is a dated number of US dollars."""
    for key, fact in known.facts.items():
        if fact.price is None:
            continue
        here = ("facts", key, "price")
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", fact.price.seen):
            hint = "write YYYY, YYYY-MM or YYYY-MM-DD"
            yield (*here, "seen"), "K024", f"'{fact.price.seen}' is not a date", hint
        priced = tuple(fact.parts.values()) or (fact,)
        numbers = all(isinstance(item.value, int | float) for item in priced)
        if fact.kind != "price" or {item.unit for item in priced} != {"USD"} or not numbers:
            hint = "kind: price, and a number with unit: USD, or one in each part"
            yield here, "K025", "not a price that costs can be computed from", hint


def _citations(known: Knowledge, here: tuple[str | int, ...], fact: Fact) -> Iterator[Finding]:
    cited = [((*here, "sources", i), c) for i, c in enumerate(fact.sources)]
    for number, dispute in enumerate(fact.disputed):
        place = (*here, "disputed", number)
        cited += [((*place, "sources", i), c) for i, c in enumerate(dispute.sources)]
    for path, citation in cited:
        yield from known_name("source", citation.source, known.sources, (*path, "source"))


def check_options(known: Knowledge, docs: Path) -> Iterator[Finding]:
    """Options and decisions name each other, and options point at pages that exist."""
    for key, option in known.options.items():
        here = ("options", key)
        yield from known_name("decision", option.decision, known.decisions, (*here, "decision"))
        if (owner := known.decisions.get(option.decision)) and key not in owner.options:
            yield here, "K031", f"decision '{option.decision}' does not list it", "add it there"
        if option.service:
            yield from known_name("service", option.service, known.services, (*here, "service"))
        if option.successor:
            yield from known_name("option", option.successor, known.options, (*here, "successor"))
        yield from existing_page((*here, "page"), option.page, docs)


def check_decisions(known: Knowledge, docs: Path) -> Iterator[Finding]:
    """Decisions list known options and fields."""
    for key, decision in known.decisions.items():
        here = ("decisions", key)
        for index, name in enumerate(decision.options):
            yield from known_name("option", name, known.options, (*here, "options", index))
        for index, name in enumerate(decision.fields):
            yield from known_name("field", name, known.fields, (*here, "fields", index))
        for list_name in ("together", "goals"):
            for index, name in enumerate(getattr(decision, list_name)):
                yield from known_name("field", name, decision.fields, (*here, list_name, index))
        yield from existing_page((*here, "page"), decision.page, docs)


def check_fields(known: Knowledge) -> Iterator[Finding]:
    """Choices have values and quantities none."""
    for key, field in known.fields.items():
        here = ("fields", key)
        if (field.kind == "choice") is not bool(field.values):
            hint = "add values: {id: label}" if not field.values else "remove values"
            with_them = f"a {field.kind} with{'out' if not field.values else ''} values"
            yield here, "K032", with_them, hint
        if field.example:
            _, problems = read_answers(known, {key: field.example})
            for problem in problems:
                yield (*here, "example"), "K033", problem.message, problem.hint


def check_rules(known: Knowledge) -> Iterator[Finding]:
    """Rules name known options, fields and facts; a platform limit rests on a fact."""
    for key, rule in known.rules.items():
        here = ("rules", key)
        yield from _options_of(known, here, rule)
        if rule.fact:
            yield from known_name("fact", rule.fact, known.facts, (*here, "fact"))
        elif rule.strength == "must":
            yield here, "K040", "a must rule without a fact", "add fact: the limit it rests on"
        elif not rule.judgement:
            hint = "add fact: its source, or judgement: true"
            yield here, "K044", "a rule without a source", hint
        if rule.weight not in (1, 2, 3):
            yield (*here, "weight"), "K041", f"weight {rule.weight}", "1, 2 or 3"
        for name in ("reason", "support"):
            yield from known_references(known, (*here, name), getattr(rule, name) or "")
        yield from _condition(known, here, rule)


def _options_of(known: Knowledge, here: tuple[str, str], rule: Rule) -> Iterator[Finding]:
    for key in ("options", "unmet_by"):
        for index, name in enumerate(getattr(rule, key)):
            yield from known_name("option", name, known.options, (*here, key, index))


def _condition(known: Knowledge, here: tuple[str, str], rule: Rule) -> Iterator[Finding]:
    try:
        node = compile_condition(rule.when, known, rule.options)
    except UnknownReference as error:
        place = ("facts", error.fact) if error.fact in known.facts else (*here, "when")
        yield place, "K042", str(error), error.hint
        return
    owners = {known.options[name].decision for name in rule.options if name in known.options}
    for owner in sorted(owners & known.decisions.keys()):
        for name in sorted(set(inputs(node)) - set(known.decisions[owner].fields)):
            message = f"field '{name}' is not asked by decision '{owner}'"
            yield (*here, "when"), "K043", message, "add it to the decision's fields"


def check_clashes(known: Knowledge) -> Iterator[Finding]:
    """Clashes name options of different decisions and a fact."""
    for key, clash in known.clashes.items():
        here = ("clashes", key)
        for side in ("one", "other"):
            for index, name in enumerate(getattr(clash, side)):
                yield from known_name("option", name, known.options, (*here, side, index))
        yield from known_name("fact", clash.fact, known.facts, (*here, "fact"))
        for name in ("says", "fix_one", "fix_other"):
            yield from known_references(known, (*here, name), getattr(clash, name))


def check_settings(known: Knowledge) -> Iterator[Finding]:
    """Settings rest on known facts and numbers, and their texts resolve."""
    for key, setting in known.settings.items():
        here = ("settings", key)
        yield from known_name("fact", setting.fact, known.facts, (*here, "fact"))
        for name in ("says", "fix"):
            yield from known_references(known, (*here, name), getattr(setting, name))
        for part in ("when", "then"):
            for reference in setting_limits(getattr(setting, part)):
                yield from known_references(known, (*here, part), f"{{{reference}}}")


def check_lexicon(known: Knowledge) -> Iterator[Finding]:
    """Terms have one use, and name what exists."""
    for key, term in known.lexicon.items():
        here = ("lexicon", key)
        yield from _one_use(here, term)
        for name, section in (
            ("field", known.fields),
            ("option", known.options),
            ("only", known.decisions),
        ):
            if value := getattr(term, name):
                yield from known_name(name, value, section, (*here, name))
        if term.field and term.field in known.fields and term.value:
            for value in (term.value, term.negated or term.value):
                _, problems = read_answers(known, {term.field: value})
                for problem in problems:
                    yield (*here, "value"), "K071", problem.message, problem.hint


def _one_use(here: tuple[str, str], term: Term) -> Iterator[Finding]:
    if (number := sum(bool(use) for use in (term.field, term.option))) != 1:
        yield here, "K070", f"{number} uses", "one of field, option"
    elif term.field and not term.value:
        yield here, "K070", "a field without a value", "add value"


_PLAIN = (
    check_ids,
    check_facts,
    check_prices,
    check_fields,
    check_rules,
    check_clashes,
    check_settings,
    check_capabilities,
    check_grounds,
    check_unused_limits,
    check_tables,
    check_lexicon,
    check_exams,
    check_unread_questions,
    check_decided,
    check_sentences,
    check_sources,
    check_quotes,
    check_slips,
    check_twins,
)


def all_findings(known: Knowledge, data: Any, docs: Path, today: date) -> Iterator[Finding]:
    """Every finding of every check.

    ``data`` is the document as it is written; ``docs`` is the folder that pages are looked for in.
    """
    yield from check_words(known, data)
    yield from check_typed_numbers(known, data)
    yield from check_plain(data)
    yield from value_checks.check_values(known, today)
    yield from value_checks.check_changes(known, today)
    yield from value_checks.check_circles(known)
    for key, change in known.changes.items():
        yield from existing_page(("changes", key, "page"), change.page, docs)
    yield from value_checks.check_filled(known)
    for plain in _PLAIN:
        yield from plain(known)
    for paged in (check_services, check_options, check_decisions, check_scenarios):
        yield from paged(known, docs)
