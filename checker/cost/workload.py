"""What the reader says about load and instances, read from text and held against its limits."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal

from checker.cost import amounts
from checker.cost.amounts import Reader
from checker.cost.money import USD, plain
from checker.problems import Problem, did_you_mean

MONTHS = (720, 730, 744)
MONTH = 730


@dataclass(frozen=True, slots=True, kw_only=True)
class Workload:
    """One month of one model; None where the reader said nothing.

    Times of a request in seconds, bodies in bytes, memory and volumes in GB, the rest in hours.
    """

    month: Decimal = Decimal(MONTH)
    requests: Decimal | None = None
    duration: Decimal | None = None
    memory: Decimal | None = None
    payload: Decimal = Decimal(0)
    response: Decimal = Decimal(0)
    instance: str = ""
    instances: Decimal = Decimal(1)
    hours: Decimal | None = None
    up_hours: Decimal | None = None
    jobs: Decimal | None = None
    job_hours: Decimal | None = None
    volume: Decimal = Decimal(0)
    volume_hours: Decimal | None = None
    throughput: Decimal | None = None
    concurrency: Decimal | None = None
    warm_hours: Decimal | None = None
    overflow: Decimal = Decimal(0)
    commitment: Decimal | None = None
    saving: Decimal | None = None
    discount: Decimal = Decimal(0)
    currency: str = USD

    @property
    def gigabytes(self) -> Decimal:
        """Data in and out of one request, in the GB of a bill."""
        return (self.payload + self.response) / 1024**3


@dataclass(frozen=True, slots=True)
class Spec:
    """One field of a workload: how it is read, what it accepts, and what holds without it."""

    label: str
    read: Reader
    low: Decimal
    high: Decimal
    takes: str
    assumed: str = ""
    above: bool = False
    """True where the lowest value itself is refused."""
    whole: bool = False


def _spec(
    label: str, read: Reader, low: object, high: object, takes: str, assumed: str = "", **more: bool
) -> Spec:
    return Spec(label, read, Decimal(str(low)), Decimal(str(high)), takes, assumed, **more)


_HOURS = "hours of a month, from 0 to its length"
_SHARE = "a share from 0 to 100 %"

SPECS: Mapping[str, Spec] = {
    "requests": _spec("Requests a month", amounts.per_month(Decimal(MONTH)), 0, 10**12,
                      "requests such as 1M/month, 2000/day or 30/h, up to 1,000,000M a month"),
    "duration": _spec("Compute time per request", amounts.seconds, 0, 604800,
                      "a time above 0, such as 200 ms, up to 7 days", above=True),
    "memory": _spec("Serverless memory size", amounts.gigabytes, 0, 100_000,
                    "a size such as 2 GB", above=True),
    "payload": _spec("Request body", amounts.body, 0, 10**13,
                     "a size such as 20 KB, up to 10 TB", "0 KB"),
    "response": _spec("Response body", amounts.body, 0, 10**13,
                      "a size such as 2 KB, up to 10 TB", "0 KB"),
    "instances": _spec("Instances", amounts.count, 1, 10_000,
                       "a whole number from 1 to 10,000", "1", whole=True),
    "hours": _spec("Hours running, real-time", amounts.hours, 0, 744, _HOURS, "the whole month"),
    "up_hours": _spec("Hours with an instance running", amounts.hours, 0, 744,
                      _HOURS),
    "jobs": _spec("Batch jobs a month", amounts.count, 0, 100_000,
                  "a whole number from 0 to 100,000", whole=True),
    "job_hours": _spec("Hours of one batch job", amounts.hours, 0, 744,
                       "hours above 0, such as 0.5 or 30 min, up to 744", above=True),
    "volume": _spec("Volume per instance", amounts.gigabytes, 0, 16_384,
                    "a size from 0 to 16,384 GB", "0 GB"),
    "volume_hours": _spec("Hours the volumes exist", amounts.hours, 0, 744, _HOURS,
                          "as long as the instances"),
    "throughput": _spec("Capacity of one instance", amounts.per_minute, 0, 10**9,
                        "requests above 0, such as 300/min", "enough", above=True),
    "concurrency": _spec("Warm slots", amounts.count, 1, 200,
                         "a whole number from 1 to 200", whole=True),
    "warm_hours": _spec("Hours the slots are warm", amounts.hours, 0, 744, _HOURS,
                        "the whole month"),
    "overflow": _spec("Requests that find no warm slot", amounts.percent, 0, 1, _SHARE, "0 %"),
    "commitment": _spec("Savings Plan, commitment per hour", amounts.read_price, "0.001", 10**6,
                        "a number from 0.001 to 1,000,000 per hour"),
    "saving": _spec("Savings Plan, saving", amounts.percent, 0, "0.99", "a share from 0 to 99 %"),
    "discount": _spec("Your discount", amounts.percent, 0, 1, _SHARE, "0 %"),
}  # fmt: skip
TEXTS = {"instance": "Instance type", "currency": "Currency label", "month": "Hours in a month"}
NAMES = (*SPECS, *TEXTS)
_INSTANCE = re.compile(r"ml\.[a-z0-9-]{1,14}\.[a-z0-9-]{1,14}")
_IN_A_MONTH = ("hours", "up_hours", "volume_hours", "warm_hours")


def read_workload(
    given: Mapping[str, str], most_slots: Decimal | None = None
) -> tuple[Workload, list[Problem]]:
    """A workload from text by field; every problem at once, each naming its field.

    ``most_slots`` is the platform's limit of concurrency, from the knowledge.
    """
    said = {name: text.strip() for name, text in given.items() if text.strip()}
    problems = [_unknown(name) for name in said if name not in NAMES]
    month = _month(said.get("month", str(MONTH)), problems)
    values: dict[str, object] = {"month": month, **_texts(said, problems)}
    for name, spec in SPECS.items():
        if name in said:
            read = _value(name, _own_limits(name, spec, month, most_slots), said[name])
            if isinstance(read, Problem):
                problems.append(read)
            else:
                values[name] = read
    made = Workload(**values)  # type: ignore[arg-type]
    return made, problems + _together(made, said)


def _own_limits(name: str, spec: Spec, month: Decimal, slots: Decimal | None) -> Spec:
    """The field's limits in this month, and the platform's own."""
    if name == "requests":
        return replace(spec, read=amounts.per_month(month))
    if name in _IN_A_MONTH:
        return replace(spec, high=month, takes=f"hours from 0 to {month} in this month")
    if name == "concurrency" and slots is not None:
        return replace(spec, high=slots, takes=f"a whole number from 1 to {slots}")
    return spec


def _value(name: str, spec: Spec, text: str) -> Decimal | Problem:
    read = spec.read(text, name)
    if isinstance(read, Problem):
        return replace(read, hint=spec.takes) if read.code in ("C002", "C003") else read
    low = read < spec.low or (spec.above and read == spec.low)
    if low or read > spec.high or (spec.whole and read != int(read)):
        message = f"'{text[: amounts.SHORT]}' is not in range"
        return Problem("C004", name, message, spec.takes)
    return read


def _month(text: str, problems: list[Problem]) -> Decimal:
    if text.removesuffix("h").strip() in map(str, MONTHS):
        return Decimal(text.removesuffix("h").strip())
    hint = "720 (30 days), 730 (an average month) or 744 (31 days)"
    problems.append(
        Problem("C005", "month", f"'{text[: amounts.SHORT]}' is not a month length", hint)
    )
    return Decimal(MONTH)


def _texts(said: Mapping[str, str], problems: list[Problem]) -> dict[str, object]:
    found: dict[str, object] = {}
    if instance := said.get("instance", "").lower():
        parts = instance.split(".")
        if (
            len(parts) == 3
            and parts[0] == "ml"
            and all(p.replace("-", "").isalnum() for p in parts)
        ):
            found["instance"] = instance
        else:
            message = f"'{instance[: amounts.SHORT]}' is not an instance type"
            problems.append(Problem("C005", "instance", message, "a type such as ml.m5.large"))
    if currency := said.get("currency", ""):
        if len(currency) <= 8 and currency.replace(" ", "").isalpha():
            found["currency"] = currency.upper()
        else:
            message = f"'{currency[: amounts.SHORT]}' is not a currency label"
            hint = "letters such as USD or EUR, at most 8"
            problems.append(Problem("C005", "currency", message, hint))
    return found


def _unknown(name: str) -> Problem:
    message = f"there is no field '{name[: amounts.SHORT]}'"
    return Problem("C001", name[: amounts.SHORT], message, did_you_mean(name, NAMES))


def _together(made: Workload, said: Mapping[str, str]) -> list[Problem]:
    """What only holds between two fields."""
    problems = []
    for one, other in (("commitment", "saving"), ("saving", "commitment")):
        if getattr(made, one) is not None and other not in said:
            message = f"a Savings Plan needs its {other} as well"
            problems.append(Problem("C007", other, message, SPECS[other].takes))
    if made.jobs and made.job_hours and made.jobs * made.job_hours > 100_000:
        problems.append(Problem("C004", "jobs", "more than 100,000 job hours a month", "fewer"))
    return problems


def as_said(made: Workload) -> dict[str, str]:
    """The fields that differ from an empty workload, as plain numbers in the workload's units."""
    empty = Workload()
    found = {}
    for field in fields(made):
        value = getattr(made, field.name)
        if value != getattr(empty, field.name):
            found[field.name] = plain(value) if isinstance(value, Decimal) else str(value)
    return found
