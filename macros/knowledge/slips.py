"""Small slips that a form lets through: two choices with one name, an answer that is there twice.

Each check yields findings as ``checks`` does: (path in the YAML, code, message, hint).
"""

import re
from collections.abc import Iterator

from checker.knowledge.model import Fact, Field, Knowledge, Rule, Scenario
from macros.knowledge.lookups import Finding

type Path = tuple[str | int, ...]


def check_slips(known: Knowledge) -> Iterator[Finding]:
    """Each entry says one thing once, in the form in which it is read."""
    yield from _said_twice(known)
    for section in ("fields", "decisions"):
        for key, asked in getattr(known, section).items():
            yield from _question((section, key, "question"), asked.question)
    for key, rule in known.rules.items():
        yield from _weight(("rules", key, "weight"), rule)
    for key, near in known.nearby.items():
        yield from _address(("nearby", key, "url"), near.url)
    for key, setting in known.settings.items():
        for part in ("when", "then"):
            yield from _multiples(("settings", key, part), getattr(setting, part))


def _said_twice(known: Knowledge) -> Iterator[Finding]:
    for key, fact in known.facts.items():
        yield from _citations(("facts", key), fact)
    for key, field in known.fields.items():
        yield from _choices(("fields", key, "values"), field)
    for key, scenario in known.scenarios.items():
        yield from _expected(("scenarios", key), scenario)


def _address(path: Path, url: str) -> Iterator[Finding]:
    if not re.fullmatch(r"https://\S+", url):
        said = f"'{url[:60]}' is not the address of a page"
        yield path, "K037", said, "write https:// and the whole address"


def _citations(here: Path, fact: Fact) -> Iterator[Finding]:
    seen = set()
    for index, citation in enumerate(fact.sources):
        same = citation.source, " ".join(citation.says.split())
        if same in seen:
            said = f"'{citation.source}' is cited twice for the same words"
            yield (*here, "sources", index), "K054", said, "cite it once"
        seen.add(same)


def _question(path: Path, text: str) -> Iterator[Finding]:
    if not text.rstrip().endswith("?"):
        said = f"ends with '{text.strip()[-20:]}'"
        yield path, "K036", said, "end the question with a question mark"


def _choices(path: Path, field: Field) -> Iterator[Finding]:
    names: dict[str, str] = {}
    for value, label in field.values.items():
        if (first := names.setdefault(label.strip().lower(), value)) != value:
            said = f"'{first}' and '{value}' are both called '{label}'"
            yield (*path, value), "K053", said, "give each choice its own label"


def _weight(path: Path, rule: Rule) -> Iterator[Finding]:
    if rule.strength != "prefer" and rule.weight != 1:
        said = f"a {rule.strength} rule with weight {rule.weight}"
        yield path, "K041", said, "remove weight: only prefer rules are weighed"


def _expected(here: Path, scenario: Scenario) -> Iterator[Finding]:
    for index, name in enumerate(scenario.accept):
        if name in scenario.expect:
            said = f"'{name}' is expected already"
            yield (*here, "accept", index), "K054", said, "list it once"


def _multiples(path: Path, test: object) -> Iterator[Finding]:
    if isinstance(test, dict):
        for name, limit in test.items():
            if name == "multiple_of" and isinstance(limit, int | float) and limit <= 0:
                said = f"a multiple of {limit:g}"
                yield (*path, name), "K025", said, "write a number greater than zero"
            yield from _multiples((*path, name), limit)
    elif isinstance(test, list | tuple):
        for index, part in enumerate(test):
            yield from _multiples((*path, index), part)
