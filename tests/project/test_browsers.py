"""The site's own scripts and styles need nothing that Safari 17 lacks."""

import re
from pathlib import Path

import pytest

ASSETS = Path(__file__).resolve().parents[2] / "docs/assets"
OTHERS = {"vendor", "runtime", "verdicts", "download"}
OWN = [
    path
    for path in ASSETS.rglob("*")
    if path.suffix in {".js", ".css"} and OTHERS.isdisjoint(path.relative_to(ASSETS).parts)
]
# What came after Safari 17.0, by caniuse.com, and would stop a page there.
LATER = (
    r"requestIdleCallback|startViewTransition|Promise\.(?:withResolvers|try)|(?:Object|Map)\.groupBy"
    r"|URL\.parse|AbortSignal\.any|checkVisibility|RegExp\.escape|Iterator\.from|scheduler\."
    r"|for await \(const \w+ of \w+\.body\)|with \{ *type|fromBase64|documentPictureInPicture"
    r"|light-dark\(|@scope|@starting-style|(?<![-\w])user-select:|interpolate-size|anchor-name"
)


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(ASSETS).as_posix())
def test_nothing_is_newer_than_safari_17(path: Path) -> None:
    assert not re.findall(LATER, path.read_text(encoding="utf-8"))


def test_folds_open_for_a_print_also_where_no_style_can_open_them() -> None:
    """``::details-content`` came with Safari 18.4."""
    styles = (ASSETS / "stylesheets/print.css").read_text(encoding="utf-8")
    script = (ASSETS / "site.js").read_text(encoding="utf-8")
    assert "::details-content" not in styles or "beforeprint" in script
