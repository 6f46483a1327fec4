"""The quantities that the form asks for, and the units that people write them in."""

from tests import support

# The units that a field can have, each with the ones that people write instead.
UNITS = {
    "MB": ("bytes", "KB", "MB", "GB", "KiB", "MiB", "GiB"),
    "s": ("ms", "s", "min", "h", "d", "weeks"),
    "ms": ("ms", "s", "min", "h"),
    "h": ("min", "h", "d"),
    "/h": ("/s", "/min", "/h", "/day"),
    "%": ("%",),
    "records": ("records",),
    None: ("",),
}


QUANTITIES = sorted(k for k, f in support.known().fields.items() if f.kind == "quantity")
