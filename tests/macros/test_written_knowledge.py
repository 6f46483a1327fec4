"""What is written from the YAML: what the checker carries, and the schemas for editors."""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from checker.knowledge.loading import load_knowledge, to_plain
from checker.knowledge.model import LEARNED, Knowledge
from macros.files import write_if_changed
from macros.knowledge.reading import knowledge_json
from macros.knowledge.schema import json_schemas
from tests import support


def test_what_the_checker_carries_is_the_knowledge_itself() -> None:
    carried = load_knowledge(knowledge_json(support.known()))
    assert to_plain(carried) == to_plain(support.known())
    assert carried.facts == support.known().facts
    assert carried.scenarios == support.known().scenarios


def test_what_the_checker_carries_is_the_same_every_time() -> None:
    again = load_knowledge(knowledge_json(support.known()))
    assert knowledge_json(again) == knowledge_json(support.known())


def test_a_key_that_the_model_does_not_have_is_refused_by_the_checker_too() -> None:
    plain = json.loads(knowledge_json(support.known()))
    plain["fields"]["payload"]["colour"] = "red"
    carried = load_knowledge(json.dumps(plain))
    assert carried.fields["latency"].label
    with pytest.raises(ValueError, match="Field has no 'colour'"):
        carried.fields["payload"]


def test_a_section_that_the_model_does_not_have_is_refused_at_once() -> None:
    plain = json.loads(knowledge_json(support.known()))
    with pytest.raises(ValueError, match="Knowledge has no 'colours'"):
        load_knowledge(json.dumps({**plain, "colours": {}}))


def test_the_schema_for_editors_knows_every_section_and_refuses_others() -> None:
    schemas = [json.loads(schema) for schema in json_schemas().values()]
    sections = [section for schema in schemas for section in schema["properties"]]
    assert sorted(sections) == sorted({field.name for field in fields(Knowledge)} - set(LEARNED))
    assert all(schema["additionalProperties"] is False for schema in schemas)


def test_a_generated_file_is_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "file.json"
    written = [write_if_changed(path, content) for content in (b"one", b"one", b"two")]
    assert (written, path.read_bytes()) == ([True, False, True], b"two")
