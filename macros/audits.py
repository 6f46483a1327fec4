"""The audit of the rules as a page shows it, and the files that the site offers for download."""

import hashlib
import json
from dataclasses import asdict
from pathlib import Path

from checker.audit import Audit, Finding, audit
from checker.loading import to_plain
from checker.model import Knowledge
from macros.html import Html, boxed_table, data_row, el, head_row, lines
from macros.knowledge import ROOT, write_if_changed
from macros.pages import relative_url

CACHE = ROOT / ".cache" / "audit.json"


def audit_table(known: Knowledge) -> Html:
    """One row a decision: what was tried, and what it showed."""
    rows = [
        data_row(
            known.decisions[found.decision].label,
            *(f"{number:,}" for number in (found.rules, found.options, found.cases)),
            "; ".join(f"{item.kind}: {item.what}" for item in found.findings) or "none",
        )
        for found in audits(known)
    ]
    head = head_row("Decision", "Rules", "Options", "Cases tried", "Findings")
    return boxed_table("Audit of this build", head, rows, "comparison")


def audits(known: Knowledge) -> list[Audit]:
    """Every decision's audit; kept between builds of the same knowledge."""
    state = _state(known)
    kept = json.loads(CACHE.read_bytes()) if CACHE.is_file() else {}
    if kept.get("state") != state:
        found = [asdict(audit(known, name)) for name in known.decisions]
        kept = {"state": state, "audits": found}
        write_if_changed(CACHE, json.dumps(kept).encode())
    return [
        Audit(**{**item, "findings": tuple(Finding(**one) for one in item["findings"])})
        for item in kept["audits"]
    ]


def _state(known: Knowledge) -> str:
    """What an audit depends on: the rules with all they name, and the code that tries them."""
    sections = ("facts", "options", "fields", "decisions", "rules", "services")
    data = {name: to_plain(getattr(known, name)) for name in sections}
    digest = hashlib.sha256(json.dumps(data, sort_keys=True).encode())
    for file in sorted((ROOT / "checker").glob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def downloads(files: dict[str, str], docs: Path, page: str) -> Html:
    """A list of files with their sizes; ``files`` maps a path below docs to what it is."""
    items = [
        el(
            "li",
            None,
            el("a", {"href": relative_url(path, page), "download": True}, Path(path).name),
            f" ({(docs / path).stat().st_size / 1000:,.0f} KB): {words}",
        )
        for path, words in files.items()
    ]
    return el("ul", None, "\n", lines(*items), "\n")
