"""Starting points for the tests: cases of every option, and what AWS's published models say."""

import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any

from botocore.loaders import Loader
from botocore.model import ServiceModel, Shape
from botocore.validate import ParamValidator
from botocore.waiter import WaiterModel

from tests import support

type Json = dict[str, Any]
type Call = tuple[str, str, Json]

ANSWERS: Mapping[str, tuple[dict[str, str], ...]] = {
    "inference": (
        {},
        {"vpc": "yes", "data_capture": "yes", "accelerator": "gpu", "memory": "9 GB"},
        {"payload": "3.5 MB", "duration": "45 s", "memory": "2.5 GB", "concurrency": "150"},
        {"payload": "300 MB", "duration": "50 min", "accelerator": "inferentia"},
        {"caller": "dataset", "payload": "90 MB", "chunked": "yes", "duration": "20 min"},
        {"requests": "20/s", "duration": "500 ms", "memory": "<= 6000 MB"},
    ),
    "endpoint-type": (
        {},
        {"containers": "7"},
        {"containers": ">= 3", "models": "many"},
        {"zero_instances": "yes", "models": "many"},
    ),
    "rollout": (
        {},
        {"first_share": "10%", "bake": "1 h", "old_fleet": "yes"},
        {"first_share": "33%", "bake": "10 min", "rollout_time": "1 h"},
        {"first_share": "50%", "rollout_time": "20 h", "serving": "async-inference"},
        {"first_share": "5%", "bake": "0 min"},
    ),
    "optimization": (
        {"improve": "follow-load", "serving": "real-time-endpoint"},
        {"improve": "follow-load", "serving": "async-inference"},
        {"improve": "follow-load", "serving": "serverless-inference", "provisioned": "yes"},
    ),
}


@cache
def cases() -> Mapping[str, tuple[str, str, dict[str, str]]]:
    """Each option with each set of answers that leaves it: id to decision, option, answers."""
    return {f"{option}-{n}": (decision, option, given) for decision, option, n, given in _cases()}


def _cases() -> Iterator[tuple[str, str, int, dict[str, str]]]:
    from checker.starting import OPTIONS

    for option in OPTIONS:
        decision = support.known().options[option].decision
        for number, given in enumerate(ANSWERS[decision]):
            if option not in _rejected(decision, number):
                yield decision, option, number, given


@cache
def _rejected(decision: str, number: int) -> set[str]:
    given = ANSWERS[decision][number]
    verdict = support.session().decide([decision], given)["verdicts"][decision]
    return {other["option"] for other in verdict["rejected"]}


@cache
def text_of(case: str, form: str) -> str:
    """The starting point of a case; empty where the form cannot say it."""
    decision, option, given = cases()[case]
    found = support.session().start(decision, given, form, option)
    assert [problem["code"] for problem in found["problems"]] in ([], ["S005"])
    return str(found["text"])


def texts_of(option: str, form: str) -> list[str]:
    """The different starting points of an option."""
    texts = [text_of(case, form) for case, (_, of, _) in cases().items() if of == option]
    return [text for text in dict.fromkeys(texts) if text]


def calls_of(script: str) -> list[Call]:
    """What a script asks of AWS, by running it with clients that only write it down."""
    calls: list[Call] = []
    stub = ModuleType("boto3")
    stub.client = lambda service: _Client(service, calls)  # type: ignore[attr-defined]
    before = sys.modules.get("boto3")
    sys.modules["boto3"] = stub
    try:
        exec(compile(script, "starting-point.py", "exec"), {})  # noqa: S102 - our own text
    finally:
        del sys.modules["boto3"]
        if before is not None:
            sys.modules["boto3"] = before
    return calls


class _Client:
    def __init__(self, service: str, calls: list[Call]) -> None:
        self._service, self._calls = service, calls

    def get_waiter(self, name: str) -> "_Waiter":
        model = WaiterModel(Loader().load_service_model(self._service, "waiters-2"))
        operation = model.get_waiter("".join(w.capitalize() for w in name.split("_"))).operation
        return _Waiter(self._service, operation, self._calls)

    def __getattr__(self, name: str) -> Any:
        operation = "".join(word.capitalize() for word in name.split("_"))

        def call(**settings: Any) -> Json:
            self._calls.append((self._service, operation, settings))
            arn = "arn:aws:autoscaling:us-east-1:111122223333:scalingPolicy:one"
            return {"PolicyARN": arn, "InferenceComponentStatus": "InService"}

        return call


class _Waiter:
    def __init__(self, service: str, operation: str, calls: list[Call]) -> None:
        self._service, self._operation, self._calls = service, operation, calls

    def wait(self, **settings: Any) -> None:
        self._calls.append((self._service, self._operation, settings))


@cache
def _service(name: str) -> ServiceModel:
    return ServiceModel(Loader().load_service_model(name, "service-2"), name)


def faults(call: Call) -> list[str]:
    """What AWS's model says against a call: botocore's validation, and the bounds it skips."""
    service, operation, settings = call
    shape = _service(service).operation_model(operation).input_shape
    report = ParamValidator().validate(settings, shape).generate_report()
    return [*([report] if report else []), *_beyond(shape, settings, operation)]


def _beyond(shape: Shape, value: Any, where: str) -> Iterator[str]:
    """Values above a maximum, outside an enumeration or against a pattern."""
    if shape.type_name == "structure":
        for name, item in value.items():
            yield from _beyond(shape.members[name], item, f"{where}.{name}")
        return
    if shape.type_name == "list":
        for item in value:
            yield from _beyond(shape.member, item, where)
    said = shape.metadata
    size = value if isinstance(value, int | float) else len(value)
    if size > said.get("max", size):
        yield f"{where}: {value} is beyond {said['max']}"
    if isinstance(value, str) and not _fits(said.get("pattern"), value):
        yield f"{where}: {value} does not fit {said['pattern']}"
    if isinstance(value, str) and value not in said.get("enum", [value]):
        yield f"{where}: {value} is not one of {said['enum']}"


def _fits(pattern: str | None, value: str) -> bool:
    java = (r"\p", r"\u", "[:")
    readable = pattern and not any(sign in pattern for sign in java)
    return not readable or re.fullmatch(str(pattern), value) is not None
