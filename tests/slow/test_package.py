"""The package as a person installs it: the wheel alone, offline, in a bare environment."""

import json
import os
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_string
from functools import cache
from pathlib import Path

import pytest

from macros.files import ROOT
from macros.runtime.wheels import build_wheel, unpacked
from tests import support

UV = ROOT / ".venv/bin/uv"
VERSIONS = ("3.12", "3.13", "3.14")


def python_of(version: str) -> Path | None:
    """A Python of this version that the machine has: this one's own, on the PATH, uv's, pyenv's."""
    name = f"python{version}"
    kept = (".local/share/uv/python", ".pyenv/versions")
    folders = [Path(sys.base_prefix, "bin"), *map(Path, os.environ["PATH"].split(":"))]
    folders += [
        found.parent for home in kept for found in (Path.home() / home).glob(f"*/bin/{name}")
    ]
    return next((folder / name for folder in folders if _runs(folder / name, version)), None)


def _runs(python: Path, version: str) -> bool:
    """Whether it starts and is of this version: the shims of pyenv may have none."""
    show = "import sys; print('%d.%d' % sys.version_info[:2])"
    if not python.is_file():
        return False
    done = subprocess.run([python, "-c", show], capture_output=True, text=True, check=False)
    return done.stdout.strip() == version


PYTHONS = {version: found for version in VERSIONS if (found := python_of(version))}


@cache
def wheel() -> Path:
    folder = ROOT / ".cache/package"
    folder.mkdir(parents=True, exist_ok=True)
    return build_wheel(ROOT, folder)


@pytest.fixture(scope="module", params=PYTHONS)
def installed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a new environment that has the wheel and nothing else."""
    place = tmp_path_factory.mktemp(f"bare{request.param}")
    python = PYTHONS[request.param]
    subprocess.run([UV, "venv", "--quiet", "--offline", "--python", python, place], check=True)
    install = [UV, "pip", "install", "--quiet", "--offline", "--no-index", "--python", place]
    subprocess.run([*install, wheel()], check=True)
    return place / "bin"


def run(place: Path, command: str) -> subprocess.CompletedProcess[str]:
    """A command line with the environment's commands first, elsewhere than in the checkout."""
    environment = {"PATH": f"{place}:{os.environ['PATH']}", "HOME": str(place)}
    return subprocess.run(
        ["bash", "-c", command],
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_machine_has_the_python_that_the_site_is_built_with() -> None:
    assert PYTHONS.keys() & {"3.12", "3.13"}


COMMANDS = {
    "sagemaker-checker --version": 0,
    "sagemaker-checker decide inference payload=6MB traffic=intermittent --json": 1,
    "sagemaker-checker ask '3.5 MB payload, 45 s, a few requests a day'": 0,
    "sagemaker-checker start rollout --option canary --as terraform": 0,
    "sagemaker-checker cost serverless-inference requests=1M/month duration=200ms memory=2GB": 0,
    "sagemaker-checker explain INF001": 0,
    "python -m checker options | head -1; exit ${PIPESTATUS[0]}": 0,
    "python -c 'import checker; checker.bundled_knowledge()'": 0,
}


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_works_in_a_bare_environment(installed: Path, command: str) -> None:
    done = run(installed, command)
    assert (done.returncode, done.stderr) == (COMMANDS[command], "")
    assert done.stdout != "" or "import" in command


def test_it_decides_as_the_checkout_does(installed: Path) -> None:
    done = run(installed, "sagemaker-checker decide inference payload=6MB --json")
    wanted = support.session().decide(["inference"], {"payload": "6MB"})["verdicts"]["inference"]
    assert json.loads(done.stdout) == json.loads(json.dumps(wanted))


def test_what_needs_an_extra_names_it(installed: Path) -> None:
    done = run(installed, "sagemaker-checker mcp")
    assert done.returncode == 2
    assert 'pip install "sagemaker-checker[mcp]"' in done.stderr


def test_the_metadata_is_whole() -> None:
    files = unpacked(wheel().read_bytes())
    (name,) = [name for name in files if name.endswith(".dist-info/METADATA")]
    data = message_from_string(files[name].decode())
    knowledge = json.loads(files["checker/knowledge.json"])
    assert data["Version"] == knowledge["version"]
    assert data["Requires-Python"] == ">=3.12"
    assert data["License-Expression"] == "MIT"
    assert set(data.get_all("Provides-Extra")) == {"mcp", "yaml"}
    assert all("extra ==" in needed for needed in data.get_all("Requires-Dist"))
    assert data.get_payload().startswith("# sagemaker-checker\n")
    assert "](docs/" not in data.get_payload()
    assert "checker/py.typed" in files
    assert not [name for name in files if name.startswith(("tests", "macros", "docs"))]


def test_the_source_archive_makes_the_same_wheel(tmp_path: Path) -> None:
    from hatchling.builders.sdist import SdistBuilder

    (archive,) = SdistBuilder(str(ROOT)).build(directory=str(tmp_path), versions=["standard"])
    with tarfile.open(archive) as opened:
        opened.extractall(tmp_path, filter="data")
    (source,) = [path for path in tmp_path.iterdir() if path.is_dir()]
    (tmp_path / "wheel").mkdir()
    made = build_wheel(source, tmp_path / "wheel")
    assert zipfile.ZipFile(made).namelist() == zipfile.ZipFile(wheel()).namelist()
    assert unpacked(made.read_bytes()) == unpacked(wheel().read_bytes())
