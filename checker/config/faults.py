"""Files that cannot be read: what is wrong, on which line, and the remedy."""

from checker.config.model import Finding

LARGEST = 1_000_000
DEEPEST = 60
MANY = 200_000


class Unreadable(Exception):  # noqa: N818 - it says what a file is
    """A file that cannot be read; the text says why, the hint what to do."""

    def __init__(self, line: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line, self.hint = line, hint

    def finding(self, file: str) -> Finding:
        """The same as a finding."""
        return Finding("problem", "F001", file, self.line, "", str(self), self.hint)
