"""The locks: whole, hashed, and silent about where packages come from."""

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
# Training has a separate lock, so that setting up stays quick.
LOCKS = ("requirements.txt", "requirements-training.txt")
LOCK = "".join((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
NPM: dict[str, Any] = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
GROUPS: dict[str, list[str]] = PROJECT["dependency-groups"]
ENTRY = re.compile(r"^(?P<name>[a-z0-9._-]+)==(?P<version>[^ ]+)(?P<rest>.*(?:\n[ ]{4}.*)*)", re.M)
PINNED = {match["name"]: match for match in ENTRY.finditer(LOCK)}
WANTED = [Requirement(text) for group in GROUPS.values() for text in group]
NPM_PACKAGES = {path: entry for path, entry in NPM["packages"].items() if path}


def test_the_python_lock_names_no_place() -> None:
    assert "://" not in LOCK
    options = [line for line in LOCK.splitlines() if line.lstrip().startswith("-")]
    assert [line for line in options if not line.lstrip().startswith("--hash=sha256:")] == []
    assert not re.search(r"(?m)^\S*/|@ |\.\./|file:", LOCK)


def test_each_python_package_is_pinned_by_hashes() -> None:
    hashed = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
    assert [name for name, match in PINNED.items() if not hashed.search(match["rest"])] == []


def test_each_python_dependency_is_locked_within_its_range() -> None:
    for wanted in WANTED:
        pinned = PINNED[canonicalize_name(wanted.name)]["version"]
        assert wanted.specifier.contains(pinned, prereleases=True), wanted.name


def test_every_group_is_in_the_lock_and_the_site_needs_no_registry_lock() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert all(f"--group {group}" in makefile for group in GROUPS)
    assert not (ROOT / "uv.lock").exists()


def test_the_theme_is_never_older_than_its_security_fix() -> None:
    version = tuple(map(int, PINNED["mkdocs-material"]["version"].split(".")))
    assert version >= (9, 7, 7)  # CVE-2026-73295


def test_the_checker_itself_depends_on_nothing() -> None:
    assert PROJECT["project"]["dependencies"] == []


def test_each_npm_package_is_pinned_by_its_integrity_and_names_no_place() -> None:
    for path, entry in NPM_PACKAGES.items():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]+=*", entry["integrity"]), path
        assert "resolved" not in entry, path
        assert re.fullmatch(r"\d+\.\d+\.\d+\S*", entry["version"]), path


def test_npm_installs_exactly_what_package_json_says() -> None:
    asked = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    direct = {**asked["dependencies"], **asked["devDependencies"]}
    locked = {name: NPM_PACKAGES[f"node_modules/{name}"]["version"] for name in direct}
    assert direct == locked


def test_npm_runs_no_scripts_and_is_reported_of_no_registry() -> None:
    settings = (ROOT / ".npmrc").read_text(encoding="utf-8").split()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)
    assert not [line for line in settings if "registry=" in line or "://" in line]
