"""What the site serves itself: browser code, and the theme's styles in a layer."""

import importlib.util
import os
import re
from pathlib import Path

ASSETS = "docs/assets/vendor"
# What is copied, by library; source maps stay behind.
LIBRARIES = {
    "mermaid": ("dist", ("mermaid.esm.min.mjs", "chunks/mermaid.esm.min/*.mjs")),
    "minisearch": ("dist/es", ("index.js",)),
    "ts-fsrs": ("dist", ("index.mjs",)),
}

THEME = "docs/assets/vendor/theme.css"
# Later layers win over earlier ones, whatever their selectors weigh.
LAYERS = "@layer theme, tokens, base, components, print;"
_OUTSIDE_LAYERS = re.compile(r'@charset "[^"]*";|/\*# sourceMappingURL=.*?\*/')


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


def vendor_theme(root: Path) -> None:
    """Write the theme's styles as the lowest layer, so that ours need no heavier selectors.

    Raises:
        VendorError: the theme is not where its package says, or has other files than it had.
    """
    spec = importlib.util.find_spec("material")
    place = Path(spec.origin).parent if spec and spec.origin else root
    styles = place / "templates/assets/stylesheets"
    files = [file for name in ("main", "palette") for file in styles.glob(f"{name}.*.min.css")]
    if len(files) != 2:
        raise VendorError(f"{styles}: expected main.*.min.css and palette.*.min.css, one of each")
    rules = "\n".join(_OUTSIDE_LAYERS.sub("", file.read_text("utf-8")) for file in files)
    text = f"{LAYERS}\n@layer theme {{\n{rules.strip()}\n}}\n"
    target = root / THEME
    if not target.is_file() or target.read_text("utf-8") != text:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
