"""What a page rests on is noted while it is built, and an edit reaches just those pages."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from checker.model import Knowledge
from macros.dependencies import Dependencies, Macro
from tests.unit.support import known

FACT, OTHER = tuple(known().facts)[:2]


def macros(knowledge: Knowledge) -> dict[str, Macro]:
    """One that reads an entry, one that reads a whole section, one that reads nothing."""
    return {
        "one": lambda key, page: knowledge.facts[key].label,
        "all": lambda page: " ".join(f.label for f in knowledge.facts.values()),
        "none": lambda page: page,
    }


class Site:
    """Pages that are built again and again; each calls one macro."""

    def __init__(self, calls: Mapping[str, tuple[str, ...]]) -> None:
        self.calls = calls
        self.kept = Dependencies()

    def build(self, knowledge: Knowledge) -> set[str]:
        """Build what is out of date; returns which pages that was."""
        made = macros(self.kept.noting(knowledge))
        outdated = self.kept.outdated(knowledge, made)
        recorded = self.kept.recorded(made)
        for page, (name, *arguments) in self.calls.items():
            recorded[name](*arguments, page=page)
        return outdated


@pytest.fixture
def site() -> Site:
    made = Site(
        {"a.md": ("one", FACT), "b.md": ("one", OTHER), "c.md": ("all",), "d.md": ("none",)}
    )
    assert made.build(known()) == set()
    return made


def edited(key: str, **values: object) -> Knowledge:
    facts = {**known().facts, key: replace(known().facts[key], **values)}  # type: ignore[arg-type]
    return replace(known(), facts=facts)


def test_nothing_changed_reaches_no_page(site: Site) -> None:
    assert site.build(known()) == set()


def test_an_edit_reaches_the_pages_that_say_something_else(site: Site) -> None:
    assert site.build(edited(FACT, label="Another")) == {"a.md", "c.md"}
    assert site.build(known()) == {"a.md", "c.md"}


def test_an_edit_of_what_no_page_says_reaches_none(site: Site) -> None:
    assert site.build(edited(FACT, checked="2001-01-01")) == set()


def test_an_entry_that_goes_reaches_the_pages_that_named_it(site: Site) -> None:
    facts = {key: fact for key, fact in known().facts.items() if key != OTHER}
    made = macros(site.kept.noting(replace(known(), facts=facts)))
    # The page calls for what is gone: building it says so, with its place.
    assert site.kept.outdated(replace(known(), facts=facts), made) == {"b.md", "c.md"}


def test_a_page_that_was_forgotten_rests_on_what_it_calls_from_then_on(site: Site) -> None:
    site.kept.forget("a.md")
    site.calls = {**site.calls, "a.md": ("none",)}
    site.build(known())
    assert site.build(edited(FACT, label="Another")) == {"c.md"}


def test_the_lines_of_links_to_the_source_may_be_those_of_before() -> None:
    kept, knowledge = Dependencies(), known()
    line = 7

    def linked(page: str) -> str:
        return f"{noted.facts[FACT].kind} k.yml#L{line}"

    noted = kept.noting(knowledge)
    kept.outdated(knowledge, {"linked": linked})
    kept.recorded({"linked": linked})["linked"](page="a.md")
    line, knowledge = 8, edited(FACT, label="Another")
    noted = kept.noting(knowledge)
    assert kept.outdated(knowledge, {"linked": linked}) == set()


def test_pages_are_found_by_the_macros_they_call(site: Site) -> None:
    assert site.kept.pages_calling({"one", "none"}) == {"a.md", "b.md", "d.md"}
