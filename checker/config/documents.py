"""From documents to requests: which operation an object is for, and where it is."""

import re
from collections.abc import Iterator

from checker.config.cloudformation import is_template, template_requests
from checker.config.faults import LARGEST, Unreadable, Unrecognised
from checker.config.json_reader import read_json
from checker.config.model import Request
from checker.config.nodes import Node
from checker.config.shapes import Shapes
from checker.config.terraform import is_plan, plan_requests
from checker.config.yaml_reader import read_yaml

# What Describe calls and the command line add to a request.
DESCRIBED = frozenset({
    "CreationTime", "LastModifiedTime", "EndpointConfigArn", "ModelArn", "EndpointArn",
    "EndpointStatus", "ResponseMetadata", "TransformJobArn", "TransformJobStatus",
    "MonitoringScheduleArn", "MonitoringScheduleStatus", "DeploymentRecommendation",
})  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LISTED = (
    ("ProductionVariants", "CreateEndpointConfig", "VariantName"),
    ("Containers", "CreateModel", "Image"),
)


def decode(content: bytes) -> str:
    """The text of a file, without a byte-order mark and with plain line ends.

    Raises:
        Unreadable: too large, not UTF-8, or not text at all.
    """
    if len(content) > LARGEST:
        said = f"{len(content):,} bytes, more than {LARGEST:,}"
        raise Unreadable(1, said, "split the file, or give the part that describes the endpoint")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(1, "not UTF-8 but UTF-16", "save the file as UTF-8")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(line, "not UTF-8 text", "save the file as UTF-8") from None


def documents(text: str, name: str) -> tuple[Node, ...]:
    """The documents of a text; a name that ends in .json is JSON, and so is what begins like it.

    Raises:
        Unreadable: empty, no text, or neither JSON nor YAML.
    """
    if match := _CONTROL.search(text):
        line = text.count("\n", 0, match.start()) + 1
        raise Unreadable(line, f"the control character U+{ord(match[0]):04X}: no text file")
    start = text.lstrip()
    if not start:
        raise Unreadable(1, "the file is empty", "give a JSON or YAML configuration")
    if name.endswith(".json") or start[0] in "{[":
        return (read_json(text),)
    return read_yaml(text)


def requests(shapes: Shapes, documents: tuple[Node, ...], file: str) -> Iterator[Request]:
    """The requests that documents state.

    Raises:
        Unreadable: a document that is no configuration of an endpoint.
    """
    for document in documents:
        if is_template(document):
            yield from template_requests(shapes, document, file)
        elif is_plan(document):
            yield from plan_requests(shapes, document, file)
        else:
            yield from _plain(shapes, document, file)


def _plain(shapes: Shapes, document: Node, file: str) -> Iterator[Request]:
    """Requests as boto3 accepts them: one, several by their operation, or a list of either."""
    if document.items:
        yield from _listed(shapes, document, file)
        return
    named = {key: found for key in document.members if (found := operation(shapes, key))}
    if named:
        for key, name in named.items():
            inner = document.members[key]
            for one in inner.items or (inner,):
                yield Request(name, one, file, inner.line)
        return
    recognised = _recognised(shapes, document)
    if recognised is None:
        known = ", ".join(shapes.operations)
        raise Unrecognised(document.line, "no configuration that is known", f"known: {known}")
    yield Request(recognised, _without(document), file, document.line)


def _listed(shapes: Shapes, document: Node, file: str) -> Iterator[Request]:
    for member, name, sign in _LISTED:
        if all(sign in item.members for item in document.items):
            whole = Node({member: document}, document.line)
            yield Request(name, whole, file, document.line, form="part")
            return
    for item in document.items:
        yield from _plain(shapes, item, file)


def operation(shapes: Shapes, key: str) -> str | None:
    """The operation that a key names, also as ``create-model`` or ``create_model``."""
    plain = key.replace("-", "").replace("_", "").lower()
    return next((name for name in shapes.operations if name.lower() == plain), None)


def _recognised(shapes: Shapes, document: Node) -> str | None:
    """The operation whose members an object has; the one with the fewest missing of several."""
    given = document.members.keys() - DESCRIBED
    best, most = None, 0.0
    for name in shapes.operations:
        _, shape = shapes.of(name)
        required = set(shape.get("required", ()))
        score = 2 * len(given & shape["members"].keys()) - 0.5 * len(required - given)
        score -= len(given - shape["members"].keys())
        if len(given & shape["members"].keys()) >= min(2, len(given)) and score > most:
            best, most = name, score
    return best


def _without(document: Node) -> Node:
    return Node({k: v for k, v in document.members.items() if k not in DESCRIBED}, document.line)
