"""What a build needs before the first page: checked knowledge and the browser's runtime."""

from collections.abc import Mapping
from dataclasses import dataclass

from checker.model import Knowledge
from macros.knowledge import (
    BUNDLED,
    ROOT,
    SCHEMA,
    json_schema,
    knowledge_json,
    read_with_lines,
    write_if_changed,
)
from macros.runtime import Runtime, ensure_runtime
from macros.vendor import vendor
from macros.yaml_source import Path_

DOWNLOAD = "assets/download/knowledge.json"


@dataclass(frozen=True)
class Inputs:
    """The validated knowledge, the YAML's line of each entry, and the browser's runtime."""

    knowledge: Knowledge
    lines: Mapping[Path_, int]
    runtime: Runtime


def build_inputs() -> Inputs:
    """Validate the YAML, write the schema and the checker's data, make the runtime.

    Raises:
        macros.knowledge.KnowledgeError: the YAML is not fit; nothing was written.
    """
    knowledge, lines = read_with_lines()
    return Inputs(knowledge, lines, build_runtime(write_data(knowledge)))


def write_data(knowledge: Knowledge) -> bytes:
    """Write the schema and the knowledge as JSON, which the checker carries; returns the latter."""
    data = knowledge_json(knowledge)
    write_if_changed(SCHEMA, json_schema().encode())
    write_if_changed(BUNDLED, data)
    write_if_changed(ROOT / "docs" / DOWNLOAD, data)
    return data


def build_runtime(data: bytes) -> Runtime:
    """Make the browser's runtime with this ``knowledge.json``."""
    vendor(ROOT)
    return ensure_runtime(ROOT, data)
