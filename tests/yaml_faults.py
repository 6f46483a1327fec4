"""Faults in the YAML, one by one and several together, each with what is to be reported."""

import re
from dataclasses import dataclass

from tests import excerpt

NAME = "docs/data/knowledge.yml"
FACT, OPTION, RULE = "serverless.max_payload", "serverless-inference", "INF001"


@dataclass(frozen=True)
class Fault:
    """One edit: in the entry ``place`` (section/id) the first ``old`` becomes ``new``.

    ``at`` is on the line that the message names; None means the entry's own line.
    """

    place: str
    old: str
    new: str
    code: str
    at: str | None
    says: str
    hint: str = ""

    def applied(self, content: str) -> str:
        """The content with the fault in it."""
        section, _, key = self.place.partition("/")
        entry = _entry(content, section, key)
        assert self.old in entry, f"{self.place} has no '{self.old}'"
        return content.replace(entry, entry.replace(self.old, self.new, 1), 1)


def _entry(content: str, section: str, key: str) -> str:
    """The lines of one entry, its key first."""
    (within,) = re.findall(rf"(?ms)^{section}:\n.*?(?=^\S|\Z)", content)
    (entry,) = re.findall(rf"(?ms)^  {re.escape(key)}:\n.*?(?=^  \S|\Z)", within)
    return str(entry)


OTHER_FACT = "serverless.max_timeout"
TWIN = '  "batch-transform": {label: x, decision: inference, page: inference/index.md, summary: x}'


def _sources(key: str) -> str:
    """The lines of a fact's sources."""
    (found,) = re.findall(r"    sources:\n(?:    [- ] .*\n)+", _entry(excerpt.text(), "facts", key))
    return str(found)


FACT_, OPTION_, RULE_ = f"facts/{FACT}", f"options/{OPTION}", f"rules/{RULE}"
DECISION_, TABLE_ = f"decisions/{excerpt.DECISION}", f"tables/{excerpt.table()}"
SCENARIO_ = f"scenarios/{excerpt.scenario()}"

FAULTS = {
    "duplicate key": Fault(
        FACT_, "    kind:", "    topic: twice\n    kind:", "K002", "    topic: dep",
        "the key 'topic' is listed twice", "keep one of them",
    ),
    "duplicate id": Fault(
        OPTION_, f"  {OPTION}:", f"{TWIN}\n  {OPTION}:", "K002", "  batch-transform:",
        "the key 'batch-transform' is listed twice", "keep one of them",
    ),
    "unknown key": Fault(
        FACT_, "    checked:", "    noted: x\n    checked:", "K003", "    noted:",
        "unknown key 'noted'", "did you mean note?",
    ),
    "unknown key of a source": Fault(
        FACT_, "      says:", "      sais: x\n      says:", "K003", "      sais:",
        "unknown key 'sais'", "did you mean says?",
    ),
    "missing key": Fault(
        OPTION_, "    summary:", "    successor:", "K004", None, "the key 'summary' is missing",
        "add it",
    ),
    "unknown source": Fault(
        FACT_, "    - source: ", "    - source: no-", "K005", "    - source: no-",
        "unknown source 'no-", "did you mean",
    ),
    "unknown fact": Fault(
        RULE_, "    fact: serverless", "    fact: serverles", "K005", "    fact:",
        "unknown fact 'serverles.max_payload'", "did you mean serverless.max_payload?",
    ),
    "unknown option": Fault(
        RULE_, "- serverless-inference", "- serverles-inference", "K005",
        "    - serverles-inference", "unknown option 'serverles-inference'",
        "did you mean serverless-inference?",
    ),
    "unknown decision": Fault(
        OPTION_, "    decision: inference", "    decision: inferense", "K005", "    decision:",
        "unknown decision 'inferense'", "did you mean inference?",
    ),
    "unknown service": Fault(
        OPTION_, "    service: serverless", "    service: serverles", "K005", "    service:",
        "unknown service 'serverles-inference'", "did you mean serverless-inference?",
    ),
    "unknown page": Fault(
        OPTION_, "    page: inference/serverless", "    page: inference/serverles", "K006",
        "    page:", "there is no page 'inference/serverles.md'",
        "did you mean inference/serverless.md?",
    ),
    "wrong word": Fault(
        FACT_, "    kind: hard-limit", "    kind: limit", "K007", "    kind:",
        "'limit' is not accepted here", "did you mean hard-limit?",
    ),
    "text for a list": Fault(
        RULE_, "    options:\n", "    options: serverless\n    weight:\n", "K007", "    options:",
        "'serverless' is not accepted here", "write a list",
    ),
    "number for a text": Fault(
        OPTION_, "    summary: ", "    summary: 12 #", "K007", "    summary:",
        "12 is not accepted here", "write a text",
    ),
    "nothing for a text": Fault(
        FACT_, "    label: ", "    label: #", "K007", "    label:",
        "nothing is written here", "write a text",
    ),
    "text for a number": Fault(
        RULE_, "    strength:", "    weight: heavy\n    strength:", "K007", "    weight:",
        "'heavy' is not accepted here", "write a whole number",
    ),
    "unknown operator": Fault(
        RULE_, "at_most:", "atmost:", "K007", "        atmost:",
        "'atmost' is not accepted here", "did you mean at_most?",
    ),
    "id of a wrong form": Fault(
        RULE_, f"  {RULE}:", "  INF1:", "K010", "  INF1:", "'INF1' does not have the form of an id",
        "write it like INF001",
    ),
    "fact without source": Fault(
        f"facts/{OTHER_FACT}", _sources(OTHER_FACT), "    sources: []\n", "K020", None,
        "a fact needs at least one source", "add sources",
    ),
    "unknown reference": Fault(
        RULE_, "{serverless.max_payload}", "{serverless.max_paylod}", "K021", "    reason:",
        "unknown fact 'serverless.max_paylod'", "did you mean serverless.max_payload?",
    ),
    "stray brace": Fault(
        RULE_, "    reason: ", "    reason: About } ", "K022", "    reason:", "a stray '}'",
        "references look like {service.property}",
    ),
    "bad date": Fault(
        FACT_, "    checked: '", "    checked: '31.", "K024", "    checked:", "is not a date",
        "write YYYY-MM-DD",
    ),
    "option that its decision leaves out": Fault(
        DECISION_, "    - serverless-inference\n", "", "K031", f"  {OPTION}:",
        "decision 'inference' does not list it", "add it there",
    ),
    "quantity with values": Fault(
        "fields/payload", "    unit: MB", "    unit: MB\n    values: {a: A}", "K032", None,
        "a quantity with values",
    ),
    "example that cannot be read": Fault(
        "fields/payload", "    example: ", "    example: 5 parsecs #", "K033", "    example:",
        "'parsecs' is not a unit of this field", "accepted: bytes, KB",
    ),
    "must rule without a fact": Fault(
        RULE_, "    fact: ", "    # fact: ", "K040", None, "a must rule without a fact",
        "add fact",
    ),
    "weight out of range": Fault(
        RULE_, "    strength:", "    weight: 9\n    strength:", "K041", "    weight:", "weight 9",
        "1, 2 or 3",
    ),
    "unit that does not fit": Fault(
        RULE_, "at_most: serverless.max_payload", "at_most: serverless.max_timeout", "K042",
        "    when:", "fact 'serverless.max_timeout' is in s, field 'payload' in MB",
    ),
    "unknown field in a condition": Fault(
        RULE_, "      payload:", "      paylod:", "K042", "    when:", "unknown field 'paylod'",
    ),
    "test of the wrong kind": Fault(
        RULE_, "at_most:", "is:", "K042", "    when:", "'is' is not a test for the quantity field",
    ),
    "field that the decision does not ask": Fault(
        DECISION_, "    - vpc\n", "", "K043", "    when:",
        "field 'vpc' is not asked by decision 'inference'", "add it to the decision's fields",
    ),
    "row with a cell too few": Fault(
        TABLE_, "      - ", "      #", "K050", "    - label:", "cells, ",
        "one cell for each column",
    ),
    "answer that cannot be read": Fault(
        SCENARIO_, "    answers:\n", "    answers:\n      payload: 5 parsecs\n", "K061",
        "      payload:", "payload: 'parsecs' is not a unit", "accepted: bytes, KB",
    ),
    "answer to no field": Fault(
        SCENARIO_, "    answers:\n", "    answers:\n      paylod: 5 MB\n", "K061", "      paylod:",
        "there is no such field", "did you mean payload?",
    ),
    "expected option of no decision": Fault(
        SCENARIO_, "    expect:\n", "    expect:\n    - nobody\n", "K005", "    - nobody",
        "unknown option 'nobody'",
    ),
    "state that does not go with what is expected": Fault(
        SCENARIO_, "    expect:", "    state: nothing-fits\n    expect:", "K062", "    expect:",
        "state nothing-fits does not go with 1 expected options",
    ),
}  # fmt: skip


def faulty(*names: str) -> str:
    """The excerpt with several faults in it."""
    content = excerpt.text()
    for name in names:
        content = FAULTS[name].applied(content)
    return content


TOGETHER = {
    "five that cross-checks find": (
        "unknown fact", "unknown decision", "fact without source", "answer that cannot be read",
        "example that cannot be read",
    ),
    "five that the schema finds": (
        "wrong word", "missing key", "text for a number", "duplicate key",
        "unknown key of a source",
    ),
    "five of all kinds": (
        "duplicate key", "unknown key of a source", "unknown decision", "fact without source",
        "answer that cannot be read",
    ),
}  # fmt: skip
