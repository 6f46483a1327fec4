"""What a starting point is made of, in the words of AWS's APIs and of no tool's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

type Kind = Literal[
    "model", "config", "endpoint", "component", "transform", "target", "policy", "alarm"
]


@dataclass(frozen=True, slots=True)
class Blank:
    """Something that only the person knows: a name, an ARN, an address. See ``BLANKS``."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    """The name, or for a policy the ARN, of another resource of the same starting point."""

    of: str


@dataclass(frozen=True, slots=True)
class Text:
    """Text with blanks in it, such as the id of a scalable target."""

    parts: tuple[str | Blank, ...]


@dataclass(frozen=True, slots=True)
class Resource:
    """One resource: ``settings`` have the members of the request that creates it.

    ``name`` is what it is called where it needs a name; ``says`` are sentences above it; ``after``
    are resources that have to be there first, although no setting names them.
    """

    kind: Kind
    id: str
    name: Text | Blank
    settings: Mapping[str, Any]
    says: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The resources of one option in the order in which they are made.

    ``replaces`` says that the endpoint exists and is updated; ``notes`` are sentences
    for the top.
    """

    option: str
    resources: tuple[Resource, ...]
    notes: tuple[str, ...] = ()
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Placeholder:
    """How a blank is shown: an example that cannot be mistaken for a real one."""

    example: str | tuple[str, ...]
    says: str


BLANKS: Mapping[str, Placeholder] = {
    "endpoint_name": Placeholder("YOUR-ENDPOINT", "Name of the endpoint"),
    "role_arn": Placeholder(
        "arn:aws:iam::111122223333:role/YOUR-EXECUTION-ROLE",
        "Role with which SageMaker AI reads the model and writes logs",
    ),
    "image_uri": Placeholder(
        "111122223333.dkr.ecr.us-east-1.amazonaws.com/YOUR-IMAGE:YOUR-TAG",
        "Container image in Amazon ECR",
    ),
    "model_data_url": Placeholder("s3://YOUR-BUCKET/YOUR-MODEL/model.tar.gz", "Model artifact"),
    "models_prefix": Placeholder(
        "s3://YOUR-BUCKET/YOUR-MODELS/", "Prefix in Amazon S3 that contains all models"
    ),
    "new_model_data_url": Placeholder(
        "s3://YOUR-BUCKET/YOUR-NEW-MODEL/model.tar.gz", "Artifact of the new version"
    ),
    "subnet_ids": Placeholder(("subnet-YOUR-SUBNET",), "Subnets of your VPC"),
    "security_group_ids": Placeholder(("sg-YOUR-GROUP",), "Security groups of your VPC"),
    "capture_uri": Placeholder("s3://YOUR-BUCKET/captured/", "Prefix for captured requests"),
    "input_uri": Placeholder("s3://YOUR-BUCKET/input/", "Prefix of the objects to score"),
    "output_uri": Placeholder("s3://YOUR-BUCKET/output/", "Prefix for the results"),
    "failure_uri": Placeholder("s3://YOUR-BUCKET/failed/", "Prefix for requests that failed"),
    "job_name": Placeholder("YOUR-JOB", "Name of the job, different in each run"),
    "schedule": Placeholder("cron(0 3 * * ? *)", "When the job starts, in UTC"),
    "scheduler_role_arn": Placeholder(
        "arn:aws:iam::111122223333:role/YOUR-SCHEDULER-ROLE",
        "Role that may call sagemaker:CreateTransformJob and iam:PassRole",
    ),
}


def blanks_in(value: Any) -> list[str]:
    """The blanks that a value names, each once, in the order of their first use."""
    return list(dict.fromkeys(_blanks(value)))


def _blanks(value: Any) -> list[str]:
    match value:
        case Blank(name):
            return [name]
        case Text(parts):
            return [part.name for part in parts if isinstance(part, Blank)]
        case Mapping():
            return [name for item in value.values() for name in _blanks(item)]
        case list() | tuple():
            return [name for item in value for name in _blanks(item)]
    return []
