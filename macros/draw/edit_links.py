"""Links from what a page shows to the line of the YAML that says it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from macros.draw.html import Html, el
from macros.knowledge.yaml_lines import YamlSource


@dataclass(frozen=True)
class SourceLinks:
    """The address of the repository's root and the YAML's entries; "" links nowhere."""

    address: str = ""
    document: YamlSource = field(default=YamlSource("", None, {}))

    def edit(self, section: str, key: str, label: str, words: str = "Edit") -> Html:
        """A link to an entry's line, or nothing where the repository is not known."""
        if not self.address:
            return Html("")
        file, line = self.document.place((section, key)).rsplit(":", 1)
        href = f"{self.address}/{file}#L{line}"
        # The words repeat in each row, so search leaves them out.
        attributes = {
            "class": "statement__source source-link",
            "href": href,
            "aria-label": f"{words}: {label}",
            "data-search-exclude": True,
        }
        return el("a", attributes, words)


NOWHERE = SourceLinks()


def repository_address(config: Mapping[str, Any]) -> str:
    """The address of the repository's files from the configuration's ``edit_uri``; "" without one.

    ``edit_uri`` is the one place that names the repository. It points at an editor of ``docs/``,
    which has no lines to jump to; the same address with ``blob`` has.
    """
    edit = str(config.get("edit_uri") or "").rstrip("/")
    if "/edit/" not in edit:
        return ""
    return edit.replace("/edit/", "/blob/", 1).removesuffix("/docs")
