"""What a preview shows after edits of the YAML is what a build of everything makes of it."""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.slow.test_reproducible import clone

# Run in a checkout of its own: builds as `mkdocs serve --dirty` does, edits, and builds it all.
DRIVER = """
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

YAML = Path("docs/data/knowledge.yml")


def built(folder, dirty, start=False):
    config = load_config("mkdocs.yml", site_dir=folder)
    if start:
        config.plugins.on_startup(command="serve", dirty=dirty)
    build(config, dirty=dirty)


def times(folder):
    return {str(file): file.stat().st_mtime_ns for file in Path(folder).rglob("index.html")}


preview, whole = sys.argv[1:3]
built(preview, dirty=True, start=True)
# One page edited, too.
PAGE = Path("docs/inference/serverless.md")
PAGE.write_text(PAGE.read_text(encoding="utf-8") + "Edited.", encoding="utf-8")
built(preview, dirty=True)
for section, field in (("facts", "text"), ("scenarios", "text"), ("rules", "reason")):
    # A line more above, so that all others move, and another word in the section's first entry.
    text = "# Edited\\n" + YAML.read_text(encoding="utf-8")
    head, name, rest = text.partition(f"\\n{section}:\\n")
    key, colon, words = rest.partition(f"    {field}: ")
    assert name and colon, (section, field)
    first = words[0] if words[0] in "'\\"" else ""
    YAML.write_text(f"{head}{name}{key}{colon}{first}Edited {words[len(first):]}", encoding="utf-8")
    before = times(preview)
    built(preview, dirty=True)
    after = times(preview)
    print(section, sum(before[file] != after[file] for file in after), len(after))
    built(preview, dirty=True)  # the browser's runtime follows
built(whole, dirty=False, start=True)
"""
# An edit moves what stands below it; the preview links to where it was.
LINE = re.compile(r"knowledge\.yml#L\d+")


def found_by_search(site: Path) -> list[dict[str, object]]:
    index = json.loads((site / "search/search_index.json").read_text(encoding="utf-8"))
    return sorted(index["docs"], key=lambda entry: str(entry["location"]))


def pages(site: Path) -> dict[str, str]:
    return {
        str(file.relative_to(site)): LINE.sub("knowledge.yml", file.read_text(encoding="utf-8"))
        for file in site.rglob("*.html")
    }


def test_a_preview_builds_few_pages_after_an_edit_and_none_is_out_of_date(tmp_path: Path) -> None:
    preview, whole = tmp_path / "preview", tmp_path / "whole"
    done = subprocess.run(
        [sys.executable, "-c", DRIVER, str(preview), str(whole)],
        cwd=clone(tmp_path / "clone"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    shown, made = pages(preview), pages(whole)
    assert shown.keys() == made.keys()
    assert [name for name in made if made[name] != shown[name]] == []
    assert found_by_search(preview) == found_by_search(whole)
    for section, again, of in (line.split() for line in done.stdout.splitlines()):
        assert 1 <= int(again) < int(of) / 3, section
