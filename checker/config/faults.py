"""Files that cannot be read: what is wrong, on which line, and the remedy."""

from checker.config.model import Finding

LARGEST = 1_000_000
DEEPEST = 60
MANY = 200_000
MOST_REQUESTS = 200
"""How many requests one check compares with each other."""


class Unreadable(Exception):  # noqa: N818 - it says what a file is
    """A file that cannot be read; the text says why, the hint what to do."""

    code = "F001"

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.hint = line, hint

    def finding(self, file: str) -> Finding:
        """The same as a finding."""
        return Finding("problem", self.code, file, self.line, "", str(self), self.hint)


class Unrecognised(Unreadable):
    """A file that can be read and describes nothing that the checker knows."""

    code = "F002"
