"""What an instance type says: its accelerator, its storage and whether it is burstable."""

from collections.abc import Iterator

from checker.config.model import Request, Sign
from checker.config.nodes import Node

GPU = ("ml.g", "ml.p")
INFERENTIA = ("ml.inf", "ml.trn")
INF1 = "ml.inf1."
# Types with an instance store: https://docs.aws.amazon.com/ec2/latest/instancetypes/
LOCAL_STORAGE = tuple(f"ml.{family}." for family in (
    "c5d", "m5d", "r5d", "c6id", "m6id", "r6id", "g4dn", "g5", "g6", "g6e", "p4d", "p4de", "p5",
    "p5e", "p5en", "trn1", "trn1n",
))  # fmt: skip
BURSTABLE = ("ml.t2.", "ml.t3.")


def instance_signs(request: Request, node: Node, path: str) -> Iterator[Sign]:
    """What follows from the type at a path."""
    text = node.text or ""
    if text.startswith(GPU):
        yield Sign("accelerator", "gpu", request, node, path)
    if text.startswith(INFERENTIA):
        yield Sign("accelerator", "inferentia", request, node, path)
    if text.startswith(LOCAL_STORAGE):
        yield Sign("local_storage", "yes", request, node, path)
    if text.startswith("ml."):
        yield Sign("excluded_kind", "yes" if text.startswith(INF1) else "no", request, node, path)
        yield Sign("burstable", "yes" if text.startswith(BURSTABLE) else "no", request, node, path)
