"""Tables: whole, readable by everybody, each number a fact with its note."""

import re

import pytest

from checker.formatting import spell_measure
from macros.draw import facts, tables
from tests.markup import PAGE, one, shown, soup, with_table
from tests.support import known

each_table = pytest.mark.parametrize("key", known().tables)


@each_table
def test_a_table_has_caption_headers_and_a_cell_for_each(key: str) -> None:
    table = known().tables[key]
    found = soup(tables.comparison(key, known(), PAGE))
    head = [cell.get_text() for cell in found.select("thead th[scope=col]")]
    assert one(found, "table > caption").get_text() == table.caption
    assert head == [table.corner, *table.columns]
    for row, drawn in zip(table.rows, found.select("tbody tr"), strict=True):
        assert one(drawn, "th[scope=row]").get_text() == row.label.replace("`", "")
        assert len(drawn.select("td")) == len(table.columns)


@each_table
def test_a_table_scrolls_by_keyboard_and_says_what_it_is(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    box = one(found, "div.table-box")
    assert (box["role"], box["tabindex"]) == ("region", "0")
    assert box["aria-label"] == known().tables[key].caption
    assert one(box, f"table#table-{key}")


@each_table
def test_no_words_of_two_cells_are_glued_together(key: str) -> None:
    drawn = tables.comparison(key, known(), PAGE)
    assert not re.search(r"</(td|th|tr|caption|li)><(td|th|tr|thead|tbody|li)", drawn)
    assert not re.search(r"</(thead|tbody|caption|table|div)><", drawn)


def test_the_words_of_each_cell_are_on_a_separate_line() -> None:
    drawn = tables.comparison("t", with_table(("one", "two", "three")), PAGE)
    words = [word for word in soup(drawn).get_text().split("\n") if word]
    assert words[-4:] == ["Row", "one", "two", "three"]


@each_table
def test_every_number_of_a_table_is_the_facts_own_and_footnoted(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    notes = {str(note["id"]): note for note in found.select("ol.table-notes > li")}
    for row, drawn in zip(known().tables[key].rows, found.select("tbody tr"), strict=True):
        for cell, box in zip(row.cells, drawn.select("td"), strict=True):
            references = re.findall(r"\{([a-z0-9_.]+)\}", cell)
            marks = [str(link["href"]) for link in box.select("sup a")]
            assert len(marks) == len(references)
            for reference, mark in zip(references, marks, strict=True):
                assert shown(reference) in box.get_text()
                fact_id = facts.owner(reference, known())[0]
                note = notes[mark.removeprefix("#")]
                assert note.select(f'a[href$="limits/#{fact_id}"]')
                assert known().facts[fact_id].checked in note.get_text()


@each_table
def test_the_notes_of_a_table_are_numbered_in_reading_order(key: str) -> None:
    found = soup(tables.comparison(key, known(), PAGE))
    marks = [int(link.get_text()) for link in found.select("tbody sup a")]
    firsts = list(dict.fromkeys(marks))
    assert firsts == list(range(1, len(firsts) + 1))
    assert len(found.select("ol.table-notes > li")) == len(firsts)
    assert all(str(a["aria-label"]).endswith(a.get_text()) for a in found.select("tbody sup a"))


def test_a_table_without_references_has_no_list_of_notes() -> None:
    assert not soup(tables.comparison("t", with_table(("a",)), PAGE)).select("ol")


def test_the_limits_page_holds_every_fact_once_by_its_id() -> None:
    found = soup(tables.limits_list(known()))
    ids = [str(name["id"]) for name in found.select(".fact-row > h3")]
    assert sorted(ids) == sorted(known().facts)
    kinds = {str(row["data-kind"]) for row in found.select(".fact-row")}
    assert {str(box["value"]) for box in found.select("[name=kind]")} == kinds
    topics = [str(head["id"]) for head in found.select("h2")]
    assert len(topics) == len(set(topics))


def test_every_disputed_fact_shows_all_its_values_with_their_sources() -> None:
    rows = {str(row["id"]): row for row in soup(tables.disputed_facts(known())).select("tbody tr")}
    assert set(rows) == {key for key, fact in known().facts.items() if fact.disputed}
    for key, row in rows.items():
        links = "".join(link.get_text() for link in row.select("td")[0].select("a"))
        assert len(row.select("td")[0].get_text()) > len(links) + 5, key
        for dispute in known().facts[key].disputed:
            text = row.get_text()
            assert spell_measure(dispute.value, dispute.unit) in text
            assert all(known().sources[c.source].title in text for c in dispute.sources)


def test_each_cell_of_a_table_names_its_column_for_narrow_screens() -> None:
    for key, table in known().tables.items():
        found = soup(tables.comparison(key, known(), PAGE))
        for row in found.select("tbody tr"):
            names = [str(cell["data-label"]) for cell in row.select("td")]
            assert names == list(table.columns), key
