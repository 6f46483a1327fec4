"""The preview for contributors: ``python -m macros serve``, MkDocs' own live reload.

MkDocs builds an edited page alone (``--dirty``). After an edit of the YAML all pages are built
anew. While the YAML has problems, the pages stay as they were and show the problems on top.
"""

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from macros.files import ROOT
from macros.knowledge.reading import KnowledgeError

# Set for MkDocs by ``serve``: tells the macros that a person is editing.
SERVING = "FIELD_GUIDE_SERVING"
PORTS = 50


def serve(port: int) -> int:
    """Build and serve until interrupted; uses the next free port where ``port`` is in use."""
    free = next((number for number in range(port, port + PORTS) if _is_free(number)), None)
    if free is None:
        print(f"no free port from {port} to {port + PORTS - 1}; name one: PORT=...", file=sys.stderr)
        return 1
    if free != port:
        print(f"port {port} is in use; serving on {free} instead")
    address = f"127.0.0.1:{free}"
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--no-strict"]
    for folder in ("macros", "checker", "overrides"):
        command += ["--watch", folder]
    env = {**os.environ, SERVING: "1", "SITE_URL": f"http://{address}/"}
    try:
        return subprocess.run([*command, "--dev-addr", address], cwd=ROOT, env=env).returncode
    except KeyboardInterrupt:
        return 0


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def editing() -> bool:
    """Whether this is a preview, which a person waits for after each edit."""
    return SERVING in os.environ


def last_good[Made](make: Callable[[], Made], before: Made | None) -> tuple[Made, str]:
    """What ``make`` makes, or while a person edits what it made before, and the problems.

    Raises:
        KnowledgeError: the YAML has problems, and nobody edits or nothing was made before.
    """
    try:
        return make(), ""
    except KnowledgeError as error:
        if before is None or not editing():
            raise
        return before, str(error)


def forget_built(site: Path) -> None:
    """Let MkDocs build every page anew although no page was edited."""
    if editing():
        for page in site.rglob("*.html"):
            os.utime(page, (0, 0))
