"""The table of how well texts are read shows the figures that were measured, row by row."""

from typing import Any

from macros.draw.accuracy import accuracy_table
from tests.support import known

ROW: dict[str, Any] = {
    "right": {"percent": 81.5, "of": 1234},
    "recommends": {"percent": 90.0, "of": 1234},
    "hard": {"count": 2, "of": 40},
}


def test_each_figure_is_in_its_row_and_a_missing_figure_is_a_dash() -> None:
    html = accuracy_table({"rollout": ROW, "none": ROW, "all": ROW}, known())
    assert html.count("<table") == 2
    assert html.count("<tr") == 8
    assert html.count("81.5\u00a0%") == html.count("1,234") == html.count(">2</td>") == 3
    assert html.index(known().decisions["rollout"].label) < html.index("Another subject")
    assert "–" in html
