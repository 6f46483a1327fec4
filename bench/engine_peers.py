"""One peer's speed on the situations of a job, after a check that it comes to the same survivors.

Runs in the bench's own environment: ``engine_peers.py zen-engine|rule-engine JOB``.
"""

import json
import sys
import time
from pathlib import Path


def rule_engine(expressions):
    """rule-engine: one compiled rule for each option."""
    import rule_engine as peer

    rules = {option: peer.Rule(text) for option, text in expressions.items()}
    return lambda case: sorted(option for option, rule in rules.items() if rule.matches(case))


def zen_engine(expressions):
    """zen-engine: one decision with an expression for each option."""
    import zen

    listed = [{"id": o, "key": o.replace("-", "_"), "value": t} for o, t in expressions.items()]
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "do", "type": "expressionNode", "name": "do", "content": {"expressions": listed}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "do"},
        {"id": "2", "type": "edge", "sourceId": "do", "targetId": "out"},
    ]
    decision = zen.ZenEngine().create_decision(json.dumps({"nodes": nodes, "edges": edges}))

    def once(case):
        found = decision.evaluate(case)["result"]
        return sorted(key.replace("_", "-") for key, kept in found.items() if kept)

    return once


def main(name: str, path: str) -> None:
    """Print the rate."""
    job = json.loads(Path(path).read_text(encoding="utf-8"))
    once = {"rule-engine": rule_engine, "zen-engine": zen_engine}[name](job["expressions"])
    cases = job["situations"]
    for case, expected in zip(cases, job["survivors"], strict=True):
        found = once(case)
        if found != expected:
            raise SystemExit(f"{name} differs on {case}: {found}, not {expected}")
    done, started = 0, time.perf_counter()
    while time.perf_counter() - started < 1.0:
        for case in cases:
            once(case)
        done += len(cases)
    print(done / (time.perf_counter() - started))


main(*sys.argv[1:])
