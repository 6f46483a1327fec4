"""What an instance type says: its accelerator, its storage and whether it is burstable."""

import re
from collections.abc import Iterator

from checker.config.model import Request, Sign
from checker.config.nodes import Node

GPU = ("ml.g", "ml.p")
INFERENTIA = ("ml.inf", "ml.trn")
INF1 = "ml.inf1."
# Types with local storage as AWS's pages name them (fact mme.disk_cache): a "d" behind the
# generation, and g5. Others may have some too; a key for their volume is not called a fault.
LOCAL_STORAGE = re.compile(r"ml\.(?:[a-z]+\d+[a-z]*d[a-z]*|g5)\.")
BURSTABLE = ("ml.t2.", "ml.t3.")


def instance_signs(request: Request, node: Node, path: str) -> Iterator[Sign]:
    """What follows from the type at a path."""
    text = node.text or ""
    if text.startswith(GPU):
        yield Sign("accelerator", "gpu", request, node, path)
    if text.startswith(INFERENTIA):
        yield Sign("accelerator", "inferentia", request, node, path)
    if LOCAL_STORAGE.match(text):
        yield Sign("local_storage", "yes", request, node, path)
    if text.startswith("ml."):
        yield Sign("excluded_kind", "yes" if text.startswith(INF1) else "no", request, node, path)
        yield Sign("burstable", "yes" if text.startswith(BURSTABLE) else "no", request, node, path)
