"""The files of the checker's folder: compiled wheel, lock file, and what pages load later."""

import hashlib
import importlib.util
import json
from collections.abc import Mapping
from pathlib import Path

from macros.runtime.split import (
    WORD_SECTIONS,
    compact,
    configuration_part,
    split_knowledge,
    starting_part,
)
from macros.runtime.wheels import ROOMS, compiled_wheel, packed, rooms, unpacked

PACKAGE = "sagemaker-checker"
LOCK = "pyodide-lock.json"
STDLIB = "python_stdlib.zip"
# Hosts compress text on the way and leave archives alone; this one is stored, so a third remains.
SERVED_STDLIB = f"{STDLIB}.txt"
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm")
WORDS = "words.json"
CONFIGURATION = "configuration.json"
# PyYAML's sources, which a page loads with the first configuration in YAML.
YAML = "yaml.zip"
STARTING = "starting.json"
# What a page loads when somebody gives a text or a configuration, or wants a starting point.
LATER = (WORDS, CONFIGURATION, YAML, STARTING, *ROOMS)
CARRIED = "checker/knowledge.json"


class RuntimeBuildError(Exception):
    """The runtime cannot be made; the text names the place and the remedy."""


def checker_files(pyodide: Path, source: Path, bytecode: Mapping[str, bytes]) -> dict[str, bytes]:
    """The compiled wheel and the lock file that names it."""
    version = json.loads((pyodide / LOCK).read_bytes())["info"]["python"]
    tag = "cp" + "".join(version.split(".")[:2])
    carried = unpacked(source.read_bytes())[CARRIED]
    common, parts = split_knowledge(carried)
    name, content = compiled_wheel(source, {**bytecode, CARRIED: common}, tag)
    return {
        name: content,
        LOCK: lock(pyodide, source, name, content),
        **rooms(bytecode),
        WORDS: words_of(carried),
        STARTING: starting_part(carried),
        CONFIGURATION: configuration_part(carried),
        YAML: yaml_sources(),
        **{f"{decision}.json": part for decision, part in parts.items()},
    }


def yaml_sources() -> bytes:
    """The installed PyYAML without its part in C.

    Raises:
        RuntimeBuildError: it is not installed.
    """
    found = importlib.util.find_spec("yaml")
    if found is None or found.origin is None:
        raise RuntimeBuildError("PyYAML is not installed in this Python: make setup")
    place = Path(found.origin).parent
    return packed({f"yaml/{path.name}": path.read_bytes() for path in place.glob("*.py")})


def words_of(knowledge_json: bytes) -> bytes:
    """What texts are read with, beside that."""
    known = json.loads(knowledge_json)
    return compact({section: known[section] for section in WORD_SECTIONS})


def lock(pyodide: Path, source: Path, name: str, content: bytes) -> bytes:
    """A lock file with the checker alone: Pyodide's own packages are neither shipped nor named."""
    # Only when something changed, because the import is slow.
    from pyodide_lock import PyodideLockSpec
    from pyodide_lock.utils import add_wheels_to_spec

    stock = PyodideLockSpec.from_json(pyodide / LOCK)
    ours = add_wheels_to_spec(PyodideLockSpec(stock.info, {}), [source])
    entry = ours.packages[PACKAGE]
    entry.file_name, entry.sha256 = name, hashlib.sha256(content).hexdigest()
    ours.check_wheel_filenames()
    text = json.dumps(ours.to_dict(), indent=1, sort_keys=True)
    return text.encode()
