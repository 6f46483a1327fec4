"""What all classes of the model share."""

from typing import ClassVar

Number = int | float


class Strict:
    """Makes pydantic refuse unknown keys at build time; means nothing anywhere else."""

    __slots__ = ()
    __pydantic_config__: ClassVar = {"extra": "forbid", "strict": False}
