"""A static host on the loopback: plain or compressing, as fast as it can or on a shaped line."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlsplit

from bench.packing import packed
from tests.serving import Handler, served

# What GitHub Pages sends compressed, by type; .zip, .whl and the like go out as they are.
COMPRESSED = (".html", ".js", ".mjs", ".css", ".json", ".svg", ".wasm", ".xml", ".txt")
CHUNK = 16_384


@dataclass(frozen=True)
class Line:
    """How a host answers: encoding ("", "gzip" or "br"), bits a second (0: no limit), delay."""

    encoding: str = ""
    bits: float = 0.0
    delay: float = 0.0


PLAIN = Line()
COMPRESSING = Line("gzip")
# 20 Mbit/s with 40 ms for each request, Brotli.
DSL = Line("br", 20e6, 0.04)


@dataclass
class Host:
    """A running server: its address, and the (path, bytes) of each answer's body."""

    url: str
    log: list[tuple[str, int]] = field(default_factory=list)


class _Pipe:
    """One line that all answers share: each byte needs its time."""

    def __init__(self, bits: float) -> None:
        self._seconds = 8 / bits if bits else 0.0
        self._free = 0.0
        self._lock = threading.Lock()

    def pass_through(self, size: int) -> None:
        """Wait until ``size`` bytes have gone through."""
        if not self._seconds:
            return
        with self._lock:
            self._free = max(self._free, time.monotonic()) + size * self._seconds
            wait = self._free - time.monotonic()
        time.sleep(max(wait, 0))


@cache
def body_of(path: Path, stamp: int, encoding: str) -> tuple[bytes, str]:
    """A file as it goes over the line, and its encoding; ``stamp`` is its time: edits are seen."""
    used = encoding if path.suffix in COMPRESSED else ""
    return packed(path, used), used


class _Shaped(Handler):
    def __init__(self, *args: object, host: Host, line: Line, pipe: _Pipe, **more: object) -> None:
        self._host, self._line, self._pipe = host, line, pipe
        super().__init__(*args, **more)  # type: ignore[arg-type]

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - the base class calls it so
        """Send a file, or 404."""
        path = Path(self.translate_path(urlsplit(self.path).path))
        path = path / "index.html" if path.is_dir() else path
        time.sleep(self._line.delay)
        if not path.is_file():
            self.send_error(404)
            return
        body, encoding = body_of(path, path.stat().st_mtime_ns, self._line.encoding)
        self._head(path, len(body), encoding)
        self._host.log.append((self.path, len(body)))
        for start in range(0, len(body), CHUNK):
            part = body[start : start + CHUNK]
            self._pipe.pass_through(len(part))
            self.wfile.write(part)

    def _head(self, path: Path, size: int, encoding: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(size))
        self.send_header("Cache-Control", "max-age=600")
        self.send_header("Last-Modified", self.date_time_string(path.stat().st_mtime))
        if encoding:
            self.send_header("Content-Encoding", encoding)
        self.end_headers()


@contextmanager
def host(folder: Path, line: Line = COMPRESSING) -> Iterator[Host]:
    """Serve a folder."""
    made = Host("")
    handler = partial(_Shaped, host=made, line=line, pipe=_Pipe(line.bits), directory=str(folder))
    with served(handler) as made.url:
        yield made
