"""The browser's entry: one function, text in and text out, so that only plain JSON crosses."""

import json
from functools import cache
from typing import Any

from checker.api import Session, bundled_knowledge


@cache
def _session() -> Session:
    return Session(bundled_knowledge())


def handle(request: str) -> str:
    """Answer one request of the page.

    Args:
        request: JSON ``{"text": ...}`` for a plain description, or ``{"decisions": [...],
            "answers": {...}, "hard": [...], "soft": [...], "chosen": {...}}``, the last three
            optional.

    Returns:
        what ``Session.ask`` or ``checker.decide`` returns, as JSON text.
    """
    asked: dict[str, Any] = json.loads(request)
    if "text" in asked:
        return json.dumps(_session().ask(asked["text"]), ensure_ascii=False)
    marks = {key: asked[key] for key in ("hard", "soft", "chosen") if key in asked}
    result = _session().decide(asked["decisions"], asked["answers"], **marks)
    return json.dumps(result, ensure_ascii=False)
