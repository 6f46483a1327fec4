"""The JSON Schemas that editors complete from, derived from the dataclasses of the model."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from checker.knowledge.model import LEARNED, Knowledge
from macros.files import PARTS, SOURCE

_REFERENCE = re.compile(r'"#/\$defs/(\w+)"')


@cache
def adapter() -> TypeAdapter[Knowledge]:
    """What validates plain data against the model."""
    return TypeAdapter(Knowledge)


def json_schemas() -> dict[str, str]:
    """The JSON Schema of each YAML file, by its path beside the source.

    Editors complete from them; they are derived from the dataclasses.
    """
    elsewhere = {section for sections in PARTS.values() for section in sections}
    main = tuple(name for name in Knowledge.__slots__ if name not in {*elsewhere, *LEARNED})
    return {
        part.replace(".yml", ".schema.json"): _schema_of(part, sections)
        for part, sections in {SOURCE.name: main, **PARTS}.items()
    }


def _schema_of(title: str, sections: Sequence[str]) -> str:
    schema = adapter().json_schema()
    properties = {name: schema["properties"][name] for name in sections}
    schema |= {"title": title, "properties": properties, "required": list(sections)}
    reached = _definitions(properties, schema["$defs"])
    schema["$defs"] = {name: schema["$defs"][name] for name in reached}
    if row := schema["$defs"].get("Row"):
        row["properties"]["cells"] = _by_name_too(row["properties"]["cells"])
    return json.dumps(schema, indent=1, sort_keys=True) + "\n"


def _by_name_too(cells: dict[str, Any]) -> dict[str, Any]:
    """A row's cells as people write them: by position or by column name, see ``table_cells``."""
    by_name = {"type": "object", "additionalProperties": {"type": "string"}}
    return {"title": cells["title"], "anyOf": [cells, by_name]}


def _definitions(node: Any, definitions: Mapping[str, Any]) -> set[str]:
    """The names of all definitions that a part of a schema leads to."""
    found: set[str] = set()
    todo = set(_REFERENCE.findall(json.dumps(node)))
    while todo:
        name = todo.pop()
        found.add(name)
        todo |= set(_REFERENCE.findall(json.dumps(definitions[name]))) - found
    return found


def keys_beside(error: dict[str, Any]) -> list[str]:
    """The keys that the object with the unknown key may have, found in the JSON Schema."""
    schema: Any = adapter().json_schema()
    here = schema
    for step in error["loc"][:-1]:
        here = _resolve(here, schema)
        inner = here.get("properties", {}).get(step) or here.get("additionalProperties")
        here = inner if isinstance(inner, dict) else here.get("items", here)
    return list(_resolve(here, schema).get("properties", {}))


def _resolve(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    if options := node.get("anyOf"):
        node = next((option for option in options if "$ref" in option), options[0])
    if reference := node.get("$ref"):
        return dict(schema["$defs"][reference.rsplit("/", 1)[-1]])
    return node
