"""Browser code from ``node_modules`` that the site serves itself, copied as it was locked."""

import os
from pathlib import Path

ASSETS = "docs/assets/vendor"
# What is copied, by library; source maps stay behind.
LIBRARIES = {
    "mermaid": ("dist", ("mermaid.esm.min.mjs", "chunks/mermaid.esm.min/*.mjs")),
    "minisearch": ("dist/es", ("index.js",)),
}


class VendorError(Exception):
    """A library is not installed; the text says how to install it."""


def vendor(root: Path) -> None:
    """Copy each library into ``docs/assets/vendor/``; unchanged files are left alone.

    Raises:
        VendorError: ``node_modules`` lacks a library.
    """
    for name, (folder, patterns) in LIBRARIES.items():
        source = root / "node_modules" / name / folder
        for pattern in patterns:
            files = sorted(source.glob(pattern))
            if not files:
                raise VendorError(f"node_modules/{name} holds no {pattern}: run 'make setup'")
            for file in files:
                _copy(file, root / ASSETS / name / file.relative_to(source))


def _copy(file: Path, target: Path) -> None:
    before, now = file.stat(), target.stat() if target.is_file() else None
    if now and (now.st_size, now.st_mtime_ns) == (before.st_size, before.st_mtime_ns):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(file.read_bytes())
    # Same times mean the same file next time, without reading either.

    os.utime(target, ns=(before.st_atime_ns, before.st_mtime_ns))
