"""Wheels and zips, byte for byte the same from the same content."""

import base64
import csv
import hashlib
import io
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

# 2020-02-02 00:00 UTC, the moment that hatchling uses where none is set.
EPOCH = 1580601600
MOMENT = (2020, 2, 2, 0, 0, 0)


# The command line: no page needs it, and it would load argparse.
COMMAND_LINE = ("checker/__main__.", "checker/cli/")

# Rooms that most visits do not ask for; a page loads each with the first request that needs it.
# The name of a room stays in the wheel, for its constants.
ROOMS = {"starting.zip": "checker/starting/", "config.zip": "checker/config/"}


def build_wheel(root: Path, folder: Path) -> Path:
    """The project's wheel, built by hatchling in this process; ``folder`` holds nothing else."""
    from hatchling.builders.wheel import WheelBuilder  # only when something changed: it is slow

    for old in folder.glob("*.whl"):
        old.unlink()
    before = os.environ.get("SOURCE_DATE_EPOCH")
    os.environ["SOURCE_DATE_EPOCH"] = str(EPOCH)
    try:
        (path,) = WheelBuilder(str(root)).build(directory=str(folder), versions=["standard"])
    finally:
        os.environ.pop("SOURCE_DATE_EPOCH")
        if before is not None:
            os.environ["SOURCE_DATE_EPOCH"] = before
    return Path(path)


def unpacked(archive: bytes) -> dict[str, bytes]:
    """A zip's files by name."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def packed(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these files in the order of their names, with one fixed time and mode."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.compress_type, entry.external_attr = compression, 0o644 << 16
            archive.writestr(entry, files[name])
    return buffer.getvalue()


def compiled_wheel(source: Path, changed: Mapping[str, bytes], tag: str) -> tuple[str, bytes]:
    """The wheel with its sources replaced by bytecode, and its name.

    Without the command line: a page has none, and argparse would come along for it. Without the
    rooms that come later, see ``rooms``.

    Args:
        source: a pure wheel ``name-version-py3-none-any.whl``.
        changed: the .pyc of each .py in it, and other files that replace a file, by name.
        tag: the interpreter that the bytecode fits, ``cp314``; it replaces ``py3`` in
            the name, as ``pyodide py-compile`` does it.
    """
    left_out = (".py", ".dist-info/entry_points.txt")
    files = {n: c for n, c in unpacked(source.read_bytes()).items() if not n.endswith(left_out)}
    kept = (n for n in changed if not n.startswith(COMMAND_LINE) and not room_of(n))
    files.update((name, changed[name]) for name in kept)
    info = next(name for name in files if name.endswith(".dist-info/WHEEL"))
    files[info] = files[info].replace(b"Tag: py3-none-any", f"Tag: {tag}-none-any".encode())
    record = info.removesuffix("WHEEL") + "RECORD"
    files[record] = _record(files, record)
    return source.name.replace("-py3-none-any", f"-{tag}-none-any"), packed(files)


def room_of(name: str) -> str | None:
    """The archive that holds a module; None for those of the wheel."""
    module = not name.endswith("/__init__.pyc")
    found = (room for room, place in ROOMS.items() if name.startswith(place) and module)
    return next(found, None)


def rooms(bytecode: Mapping[str, bytes]) -> dict[str, bytes]:
    """The archives beside the wheel, by name."""
    return {
        room: packed({name: code for name, code in bytecode.items() if room_of(name) == room})
        for room in ROOMS
    }


def _record(files: Mapping[str, bytes], record: str) -> bytes:
    """A wheel's list of files with their sha256 and size; its own line has neither."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    for name in sorted(files.keys() - {record}):
        digest = base64.urlsafe_b64encode(hashlib.sha256(files[name]).digest()).rstrip(b"=")
        lines.writerow([name, f"sha256={digest.decode()}", len(files[name])])
    lines.writerow([record, "", ""])
    return text.getvalue().encode()
