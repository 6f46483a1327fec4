"""Fixtures for the tests of the browser's runtime."""

import io
import zipfile

import pytest

from macros.files import DOCS, ROOT
from macros.knowledge.reading import knowledge_json
from macros.runtime import contents
from macros.runtime.bundle import Runtime, ensure_runtime
from macros.runtime.wheels import unpacked
from tests import support


@pytest.fixture(scope="session")
def made() -> Runtime:
    """This checkout's runtime."""
    return ensure_runtime(ROOT, knowledge_json(support.known()))


@pytest.fixture(scope="session")
def wheel(made: Runtime) -> dict[str, bytes]:
    """The files of the wheel that the browser loads."""
    return unpacked((DOCS / made.checker_path / made.wheel).read_bytes())


@pytest.fixture(scope="module")
def library(made: Runtime) -> zipfile.ZipFile:
    """The standard library that the browser loads."""
    return zipfile.ZipFile(io.BytesIO((DOCS / made.path / contents.SERVED_STDLIB).read_bytes()))
