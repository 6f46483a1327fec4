"""Cross-checks of what pages show beside facts: life cycles, tables, scenarios and exams."""

import re
from collections.abc import Iterator
from pathlib import Path

from checker.knowledge.answers import read_answers
from checker.knowledge.model import Knowledge, Scenario, Table
from macros.knowledge.lookups import Finding, existing_page, iso_date, known_name, known_references

SHORTEST_CELL = 2
_HISTORY = "add history: [{date, what}]"


def check_services(known: Knowledge, docs: Path) -> Iterator[Finding]:
    """Services point at pages that exist and have a dated history."""
    for key, service in known.services.items():
        here = ("services", key)
        yield from existing_page((*here, "page"), service.page, docs)
        if service.status != "current" and not service.history:
            yield here, "K030", f"status {service.status} without a dated history", _HISTORY
        for index, event in enumerate(service.history):
            path = (*here, "history", index)
            if not re.fullmatch(r"\d{4}(-\d\d){0,2}", event.date):
                yield (
                    path,
                    "K024",
                    f"'{event.date}' is not a date",
                    "write YYYY, YYYY-MM or YYYY-MM-DD",
                )
            if event.fact:
                yield from known_name("fact", event.fact, known.facts, path)
            yield from known_references(known, path, event.what)


def check_tables(known: Knowledge) -> Iterator[Finding]:
    """Every row has a cell for every column, and its references resolve."""
    for key, table in known.tables.items():
        labels = [" ".join(row.label.lower().split()) for row in table.rows]
        for number, row in enumerate(table.rows):
            here = ("tables", key, "rows", number)
            if (first := labels.index(labels[number])) < number:
                message = f"the label '{row.label}' is there twice (first in row {first})"
                yield (*here, "label"), "K056", message, "write in one row what both say"
            for index, cell in enumerate(row.cells):
                if len(cell.strip()) < SHORTEST_CELL:
                    where = _column(table, index)
                    message = f"row '{row.label}': the cell of '{where}' is '{cell.strip()}'"
                    yield (*here, "cells", index), "K057", message, "write it out, or None"
            if len(row.cells) != len(table.columns):
                message = f"row '{row.label}': {len(row.cells)} cells, {len(table.columns)} columns"
                yield here, "K050", message, "one cell for each column"
            for index, cell in enumerate(row.cells):
                yield from known_references(known, (*here, "cells", index), cell)


def _column(table: Table, index: int) -> str:
    return table.columns[index] if index < len(table.columns) else f"column {index}"


def check_scenarios(known: Knowledge, docs: Path) -> Iterator[Finding]:
    """Scenarios state readable answers and expect options of their decision."""
    for key, scenario in known.scenarios.items():
        here = ("scenarios", key)
        yield from known_name("decision", scenario.decision, known.decisions, (*here, "decision"))
        yield from existing_page((*here, "page"), scenario.page, docs)
        yield from _expected(known, here, scenario)
        yield from known_references(known, (*here, "why"), scenario.why)
        _, problems = read_answers(known, scenario.answers)
        for problem in problems:
            path = (*here, "answers", problem.where)
            yield path, "K061", f"{problem.where}: {problem.message}", problem.hint


def _expected(known: Knowledge, here: tuple[str, str], scenario: Scenario) -> Iterator[Finding]:
    decision = known.decisions.get(scenario.decision)
    for part in ("expect", "accept"):
        for index, name in enumerate(getattr(scenario, part) if decision else ()):
            offered = decision.options if decision else ()
            yield from known_name("option", name, offered, (*here, part, index))
    if bool(scenario.expect) is not (scenario.state in ("decided", "narrowed")):
        message = f"state {scenario.state} does not go with {len(scenario.expect)} expected options"
        hint = "decided and narrowed expect options, the other states expect none"
        yield (*here, "expect"), "K062", message, hint


def check_exams(known: Knowledge) -> Iterator[Finding]:
    """Exams rest on known facts and carry dates."""
    for key, exam in known.exams.items():
        for index, name in enumerate(exam.facts):
            yield from known_name("fact", name, known.facts, ("exams", key, "facts", index))
        for domain, reference in exam.domains.items():
            here = ("exams", key, "domains", domain)
            yield from known_references(known, here, f"{{{reference}}}")
        for number, task in exam.tasks.items():
            place = ("exams", key, "tasks", number)
            yield from known_name("domain", task.domain, exam.domains, (*place, "domain"))
            for index, name in enumerate(task.decisions):
                yield from known_name(
                    "decision", name, known.decisions, (*place, "decisions", index)
                )
        for name in ("starts", "ends"):
            if text := getattr(exam, name):
                yield from iso_date(("exams", key, name), text)
