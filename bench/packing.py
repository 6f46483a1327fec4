"""Files as they go over a line, packed once: Brotli's best needs half a minute for the largest."""

import gzip
import hashlib
from pathlib import Path

import brotli

from bench.environment import HOME


def packed(path: Path, encoding: str) -> bytes:
    """A file's bytes in an encoding ("gzip" or "br", each at its best; "" for as it is)."""
    content = path.read_bytes()
    if not encoding:
        return content
    kept = HOME / "packed" / f"{hashlib.sha256(content).hexdigest()[:24]}.{encoding}"
    if not kept.is_file():
        kept.parent.mkdir(parents=True, exist_ok=True)
        best = brotli.compress if encoding == "br" else _gzip
        kept.write_bytes(best(content))
    return kept.read_bytes()


def _gzip(content: bytes) -> bytes:
    return gzip.compress(content, 9, mtime=0)
