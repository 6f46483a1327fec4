"""Where the project's files are, and how generated ones are written."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SOURCE = DOCS / "data" / "knowledge.yml"
# Files beside the source, and the sections that each of them holds.
PARTS = {
    "facts.yml": ("sources", "facts"),
    "changes.yml": ("changes",),
    "capabilities.yml": ("capabilities",),
    "scenarios.yml": ("scenarios",),
    "settings.yml": ("settings",),
    "reading/phrases.yml": ("lexicon",),
    "reading/nearby.yml": ("nearby",),
}
# What `python -m macros accuracy` measured.
FIGURES = SOURCE.parent / "reading" / "accuracy.json"
# What `python -m tests.fault_table` measured.
FAULT_TABLE = SOURCE.parent / "fault-table.json"
BUNDLED = ROOT / "checker" / "knowledge.json"


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write a generated file; an unchanged one stays, so that live reload does not start."""
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True
