"""What a build needs before the first page: checked knowledge and the browser's runtime."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from checker.knowledge.model import Knowledge
from macros.files import BUNDLED, DOCS, ROOT, SOURCE, write_if_changed
from macros.knowledge.reading import knowledge_json, read_with_lines
from macros.knowledge.schema import json_schemas
from macros.knowledge.verdict import verdict_schema
from macros.knowledge.yaml_lines import YamlSource
from macros.pages.source import read_pages
from macros.practise.write import Practise, write_practise
from macros.runtime.bundle import Runtime, ensure_runtime
from macros.runtime.vendor import vendor, vendor_theme
from macros.runtime.verdicts import links_of, write_verdicts

DOWNLOAD = "assets/download/knowledge.json"
VERDICT_SCHEMA = "data/verdict.schema.json"
_LINK = re.compile(r"""(?:checker_link|home_verdict)\(\s*"([\w-]+)",\s*"([^"]*)\"""")


@dataclass(frozen=True)
class Inputs:
    """The validated knowledge, the YAML with the place of each entry, and what was made of it."""

    knowledge: Knowledge
    document: YamlSource
    runtime: Runtime
    practise: Practise


def build_inputs() -> Inputs:
    """Validate the YAML, write the schema and the checker's data, make the runtime.

    Raises:
        macros.knowledge.reading.KnowledgeError: the YAML is not fit; nothing was written.
    """
    knowledge, document = read_with_lines()
    runtime = build_runtime(write_data(knowledge))
    return Inputs(knowledge, document, runtime, write_practise(ROOT, knowledge, read_pages(DOCS)))


def write_data(knowledge: Knowledge) -> bytes:
    """Write the schemas, and the knowledge as JSON for the checker; returns the latter."""
    data = knowledge_json(knowledge)
    for path, schema in json_schemas().items():
        write_if_changed(SOURCE.parent / path, schema.encode())
    write_if_changed(ROOT / "docs" / VERDICT_SCHEMA, verdict_schema().encode())
    write_if_changed(BUNDLED, data)
    write_if_changed(ROOT / "docs" / DOWNLOAD, data)
    return data


def build_runtime(data: bytes) -> Runtime:
    """Make the browser's runtime with this ``knowledge.json``."""
    vendor(ROOT)
    vendor_theme(ROOT)
    return ensure_runtime(ROOT, data)


def write_known_verdicts(inputs: Inputs, pages: Iterable[str]) -> frozenset[str]:
    """Write the verdicts of all links in these pages' sources; returns the names of the files."""
    queries = [(found[1], found[2]) for text in pages for found in _LINK.finditer(text)]
    links = links_of(inputs.knowledge, queries)
    # The folder is named by the content of code and data.
    return frozenset(write_verdicts(ROOT, inputs.knowledge, links, inputs.runtime.checker_path))
