"""What a build needs before the first page: checked knowledge and the browser's runtime."""

from dataclasses import dataclass

from checker.model import Knowledge
from macros.knowledge import (
    BUNDLED,
    ROOT,
    SCHEMA,
    json_schema,
    knowledge_json,
    read_knowledge,
    write_if_changed,
)
from macros.runtime import Runtime, ensure_runtime
from macros.vendor import vendor

DOWNLOAD = "assets/download/knowledge.json"


@dataclass(frozen=True)
class Inputs:
    """The validated knowledge and where the browser finds its runtime."""

    knowledge: Knowledge
    runtime: Runtime


def build_inputs() -> Inputs:
    """Validate the YAML, write the schema and the checker's data, make the runtime.

    Raises:
        macros.knowledge.KnowledgeError: the YAML is not fit; nothing was written.
    """
    knowledge = read_knowledge()
    data = knowledge_json(knowledge)
    write_if_changed(SCHEMA, json_schema().encode())
    write_if_changed(BUNDLED, data)
    write_if_changed(ROOT / "docs" / DOWNLOAD, data)
    vendor(ROOT)
    return Inputs(knowledge, ensure_runtime(ROOT, data))
