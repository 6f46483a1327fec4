"""The knowledge in parts: what every visit loads, and what each decision adds.

A page is about one decision, and waits for its rules and facts only.
"""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from checker.cost.options import FORMULAS
from checker.starting.wishes import USED_FACTS

type Json = dict[str, Any]

# No verdict reads these: the site's pages show them, and the wheel for download has them.
UNREAD_SECTIONS = ("capabilities", "tables", "scenarios", "exams", "changes", "tags")
# Only texts are read with these: they are beside the wheel and come with the first text.
WORD_SECTIONS = ("lexicon", "nearby", "ranking", "readings")
# Only configurations are checked with these: they come with the first one.
CONFIGURATION_SECTIONS = ("settings", "shapes")
LATER_SECTIONS = (*WORD_SECTIONS, *CONFIGURATION_SECTIONS)
# Of these each decision has its own part.
SPLIT_SECTIONS = ("rules", "fields", "facts", "sources")
_NAMED = re.compile(r"[a-z0-9_]+(?:\.[a-z0-9_-]+)+")


def split_knowledge(knowledge_json: bytes) -> tuple[bytes, dict[str, bytes]]:
    """What all visits load, as ``knowledge.json``, and what each decision adds to it."""
    known: Json = json.loads(knowledge_json)
    for fact in known["facts"].values():
        if not _bounded(fact, known):
            fact.pop("api", None)
    common = {name: section for name, section in known.items() if name not in SPLIT_SECTIONS}
    common.update((section, {}) for section in (*UNREAD_SECTIONS, *LATER_SECTIONS))
    common.update(_supporting(known, [common]), rules={}, fields={})
    parts = {name: compact(_part(known, name)) for name in known["decisions"]}
    return compact(common), parts


def starting_part(knowledge_json: bytes) -> bytes:
    """The facts of starting points, beside those of the decisions."""
    known: Json = json.loads(knowledge_json)
    for fact in known["facts"].values():
        fact.pop("api", None)
    return compact(_supporting(known, [list(USED_FACTS)]))


def configuration_part(knowledge_json: bytes) -> bytes:
    """The data that checks of configurations need beside the decisions: facts with their bounds."""
    known: Json = json.loads(knowledge_json)
    bounded = [name for name, fact in known["facts"].items() if _bounded(fact, known)]
    cited = [f"api-{name.partition('/')[0]}" for name in known["shapes"]["operations"].values()]
    found = {name: known[name] for name in CONFIGURATION_SECTIONS}
    found |= _supporting(known, [known["settings"], bounded])
    found["sources"] |= {name: known["sources"][name] for name in cited}
    return compact(found)


def _bounded(fact: Json, known: Json) -> bool:
    """Whether a fact bounds a member of a request that configurations have."""
    shapes = known.get("shapes", {})
    return any(b["bound"] in ("min", "max") and b["path"] in shapes for b in fact.get("api", ()))


def _part(known: Json, decision: str) -> Json:
    options = set(known["decisions"][decision]["options"])
    rules = {k: rule for k, rule in known["rules"].items() if options & set(rule["options"])}
    asked = {
        *known["decisions"][decision]["fields"],
        *_strings([r["when"] for r in rules.values()]),
    }
    fields = _with_parents(known["fields"], asked)
    prices = [f for f, fact in known["facts"].items() if fact["kind"] == "price"]
    extra = [prices] if options & FORMULAS.keys() else []
    return {"rules": rules, "fields": fields, **_supporting(known, [rules, fields, *extra])}


def _with_parents(fields: Json, asked: Iterable[str]) -> Json:
    """The questions asked, and those that answers to them are worked out from."""
    found: Json = {}
    left = [name for name in asked if name in fields]
    while left:
        name = left.pop()
        if name not in found:
            found[name] = fields[name]
            left += [other for other in _strings(fields[name]) if other in fields]
    return {name: fields[name] for name in fields if name in found}


def _supporting(known: Json, texts: list[Any]) -> Json:
    """The facts that these entries name, those that the facts name, and their sources."""
    facts: Json = {}
    left = list(texts)
    while left:
        for word in _words(left.pop()):
            if (name := _fact_of(word, known["facts"])) and name not in facts:
                facts[name] = known["facts"][name]
                left.append(facts[name])
    named = {c["source"] for fact in facts.values() for c in fact["sources"]}
    # Figures that other sources give are cited too.
    named |= {word for word in _strings(list(facts.values())) if word in known["sources"]}
    return {
        "facts": {name: known["facts"][name] for name in known["facts"] if name in facts},
        "sources": {name: s for name, s in known["sources"].items() if name in named},
    }


def _fact_of(word: str, facts: Mapping[str, Any]) -> str | None:
    """The fact that a reference names: itself, or the owner of a part."""
    owner = word.rpartition(".")[0]
    return word if word in facts else owner if owner in facts else None


def _words(value: Any) -> list[str]:
    return [word for text in _strings(value) for word in _NAMED.findall(text)]


def _strings(value: Any) -> list[str]:
    """Every string in plain JSON, keys included."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, Mapping):
        return [text for key, item in value.items() for text in (key, *_strings(item))]
    if isinstance(value, list):
        return [text for item in value for text in _strings(item)]
    return []


def compact(data: Mapping[str, Any]) -> bytes:
    """JSON without spaces."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
