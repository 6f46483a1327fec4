"""Two builds of one commit are byte for byte the same."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.serving import ROOT

URL = "https://guide.example/field/"


def build(checkout: Path, site: Path, **environment: str) -> dict[str, str]:
    """Build a checkout with everything before and after; each file's sha256."""
    steps = (
        ["macros", "build"],
        ["mkdocs", "build", "--strict", "--quiet", "-d", str(site)],
        ["macros", "finish", "--site", str(site)],
    )
    quiet = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "SITE_URL": URL}
    kept = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    for step in steps:
        done = subprocess.run(
            [sys.executable, "-m", *step],
            cwd=checkout,
            env={**kept, **quiet, **environment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return {
        str(file.relative_to(site)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in sorted(site.rglob("*"))
        if file.is_file()
    }


def clone(folder: Path) -> Path:
    """The sources alone, as a fresh clone has them, with the vendored code of this checkout."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    for name in filter(None, listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_file():
            shutil.copy2(ROOT / name, folder / name)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    return folder


def test_a_fresh_build_elsewhere_at_another_time_is_the_same_site(tmp_path: Path) -> None:
    here = build(ROOT, tmp_path / "one", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati")
    there = build(
        clone(tmp_path / "clone"),
        tmp_path / "two",
        PYTHONHASHSEED="2",
        TZ="America/Los_Angeles",
        SOURCE_DATE_EPOCH="86400",
        LC_ALL="C",
    )
    assert len(here) > 150
    assert {name for name in here.keys() | there.keys() if here.get(name) != there.get(name)} == (
        set()
    )
