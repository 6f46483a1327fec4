"""What three tools say of the configurations in ``tests/data/configurations``.

``python -m tests.fault_table`` measures them anew and writes ``docs/data/fault-table.json``, which
the page on configurations shows.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from checker.config import Report, check
from checker.config.cloudformation import TYPES
from macros.files import FAULT_TABLE
from tests.support import known

type Json = dict[str, Any]

FOLDER = Path(__file__).parent / "data/configurations"
INDEX: Json = yaml.load((FOLDER / "index.yml").read_bytes(), Loader=yaml.CSafeLoader)
FAULTS, VALID = INDEX["faults"], INDEX["valid"]
UNKNOWN_TYPE = "E3006"
SCALING = ("RegisterScalableTarget", "PutScalingPolicy")
RESOURCES = {operation: kind for kind, operation in TYPES.items()}
RESOURCES["UpdateEndpoint"] = RESOURCES["CreateEndpoint"]


def fault_file(name: str) -> Path:
    return FOLDER / "faults" / f"{name}.json"


def ours(path: Path) -> Report:
    return check({path.name: path.read_bytes()}, known())


# What measures the other tools imports them: most tests need the configurations alone.


@cache
def model(operation: str) -> Any:
    import botocore.loaders
    import botocore.model

    service = "application-autoscaling" if operation in SCALING else "sagemaker"
    found = botocore.loaders.Loader().load_service_model(service, "service-2")
    return botocore.model.ServiceModel(found).operation_model(operation).input_shape


def by_botocore(path: Path) -> bool:
    """Whether the SDK refuses a request before it sends it."""
    import botocore.validate

    validator = botocore.validate.ParamValidator()
    requests = json.loads(path.read_text(encoding="utf-8"))
    return any(validator.validate(r, model(name)).has_errors() for name, r in requests.items())


def template(requests: Mapping[str, Any]) -> Json:
    """The same requests as a CloudFormation template."""
    resources = {
        operation: {"Type": RESOURCES[operation], "Properties": given}
        for operation, given in requests.items()
    }
    return {"AWSTemplateFormatVersion": "2010-09-09", "Resources": resources}


def by_cfn_lint(path: Path) -> bool | None:
    """Whether cfn-lint reports an error in the template; None: it knows no such resource type."""
    from tests.linting import errors

    made = json.dumps(template(json.loads(path.read_text(encoding="utf-8"))), indent=1)
    rules = errors(made)
    return None if rules == {UNKNOWN_TYPE} else bool(rules)


def codes(name: str) -> list[str]:
    """What the checker reports of a fault: each problem, and the warnings that the fault is."""
    expected = FAULTS[name]["codes"]
    found = ours(fault_file(name)).findings
    return [f.code for f in found if f.level == "problem" or f.code in expected]


def rows() -> Iterator[Json]:
    for name, fault in FAULTS.items():
        path = fault_file(name)
        yield {
            "says": fault["says"],
            "source": fault["source"],
            "botocore": by_botocore(path),
            "cfn-lint": by_cfn_lint(path),
            "ours": codes(name),
        }


def measure() -> Json:
    alarms = [name for name in VALID if ours(FOLDER / "valid" / name).problems]
    return {
        "botocore": version("botocore"),
        "cfn-lint": version("cfn-lint"),
        "valid": len(VALID),
        "false alarms": len(alarms),
        "faults": list(rows()),
    }


if __name__ == "__main__":
    text = json.dumps(measure(), indent=1, ensure_ascii=False)
    FAULT_TABLE.write_text(f"{text}\n", encoding="utf-8")
