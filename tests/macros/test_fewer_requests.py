"""A built page asks for one stylesheet and for no sections of the search."""

import json
from pathlib import Path

from macros.site.fewer_requests import INDEX, JOINED, SECTIONS, join_styles, set_sections_apart

LINK = '<link rel="stylesheet" href="{}assets/{}.css">'
DOCS = [{"location": "a/", "title": "A", "text": "words"}]


def page(root: str) -> str:
    links = (LINK.format(root, name) for name in ("vendor/theme", "stylesheets/base"))
    return f"<head>\n{'<title>t</title>'.join(links)}</head>"


def test_styles_are_one_file_in_their_order(tmp_path: Path) -> None:
    for name in ("vendor/theme", "stylesheets/base"):
        file = tmp_path / f"assets/{name}.css"
        file.parent.mkdir(parents=True)
        file.write_text(f"/* {name} */")
    home, below = tmp_path / "index.html", tmp_path / "a/index.html"
    pages = join_styles(tmp_path, {home: page(""), below: page("../")})
    assert pages[home].count("stylesheet") == pages[below].count("stylesheet") == 1
    assert f'href="../{JOINED}"' in pages[below]
    assert "<title>t</title>" in pages[below]
    assert (tmp_path / JOINED).read_text() == "/* vendor/theme */\n/* stylesheets/base */"
    assert join_styles(tmp_path, pages) == pages


def test_sections_are_apart_from_the_index_that_each_page_loads(tmp_path: Path) -> None:
    index = tmp_path / INDEX
    index.parent.mkdir()
    index.write_text(json.dumps({"config": {"lang": ["en"]}, "docs": DOCS}))
    for _ in range(2):
        set_sections_apart(tmp_path)
        assert json.loads(index.read_text()) == {"config": {"lang": ["en"]}, "docs": []}
        assert json.loads((tmp_path / SECTIONS).read_text()) == DOCS
