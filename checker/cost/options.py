"""The formula of each option: which meters run, for how long, and what they count."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from checker.cost.meters import ZERO, Course, Meter, Piece
from checker.cost.money import cents, number
from checker.cost.prices import Key, Price
from checker.cost.workload import Workload

type Prices = Mapping[Key, Price]

# PLANNED are the options that AWS names among the uses of a SageMaker AI Savings Plan.
PLANNED = frozenset({"real-time-endpoint", "inference-components", "batch-transform"})


@dataclass(frozen=True, slots=True)
class Formula:
    """How an option is computed, and the fields that it cannot do without."""

    label: str
    make: Callable[[str, Workload, Prices], Course]
    needs: tuple[str, ...]
    words: str
    """The formula as people read it."""


def course(option: str, w: Workload, prices: Prices, slots: Decimal | None = None) -> Course:
    """An option's cost over the requests of a month, or what is missing for it.

    ``slots`` is how many requests one serverless endpoint computes at once, at most.
    """
    formula = FORMULAS[option]
    missing = [name for name in formula.needs if getattr(w, name) in (None, "")]
    missing += [_name(key) for key in _priced(formula, w) if key not in prices]
    if missing:
        return Course(option, (), missing=tuple(missing))
    made = _without_plan(formula.make(option, w, prices), w, formula.label)
    return _within(made, w, slots) if "duration" in formula.needs else made


def _without_plan(made: Course, w: Workload, label: str) -> Course:
    """The course, with a note where a commitment was entered and the plan does not reach it."""
    if w.commitment is None or made.option in PLANNED:
        return made
    note = f"No Savings Plan is applied: AWS does not name {label} among the uses that it covers."
    return replace(made, notes=(*made.notes, note))


def _within(made: Course, w: Workload, slots: Decimal | None) -> Course:
    """The capacity of Serverless Inference: its slots, busy all month."""
    if slots is None or not w.duration:
        return made
    most = slots * w.month * 3600 / w.duration
    return Course(made.option, made.pieces, most, f"{slots} slots", notes=made.notes)


def _priced(formula: Formula, w: Workload) -> list[Key]:
    """The prices that an option rests on for this workload."""
    size = memory_size(w)
    keys: list[Key] = []
    if "instance" in formula.needs:
        keys += [("instance", w.instance)] if w.instance else []
        keys += [("storage", "")] if w.volume else []
    if "memory" in formula.needs and size:
        keys += [("serverless", size)]
        if "concurrency" in formula.needs:
            keys += [("warm", size), ("executing", size)]
    if w.gigabytes and formula.make is not _batch:
        keys.append(("data", ""))
    return keys


def _name(key: Key) -> str:
    """ "price of ml.m5.large", for what is missing."""
    meter, of = key
    words = {"instance": of, "serverless": f"serverless at {of} GB", "warm": f"warm at {of} GB",
             "executing": f"executing at {of} GB"}  # fmt: skip
    return f"price of {words.get(meter, meter)}"


def memory_size(w: Workload) -> str:
    """The memory size as prices name it: "2"."""
    return "" if w.memory is None else number(w.memory)


def counted(w: Workload) -> str:
    """ "1 instance", "3 instances"."""
    return f"{w.instances:f} instance{'' if w.instances == 1 else 's'}"


def _volumes(w: Workload, prices: Prices, hours: Decimal) -> tuple[Meter, ...]:
    if not w.volume:
        return ()
    kept = hours if w.volume_hours is None else w.volume_hours
    months = w.volume * w.instances * kept / w.month
    return (Meter("storage", "Volumes", "GB-month", prices["storage", ""], months),)


def _data(w: Workload, prices: Prices) -> tuple[Meter, ...]:
    if not w.gigabytes:
        return ()
    price = prices["data", ""]
    return (Meter("data", "Data in and out", "GB", price, each=w.gigabytes),)


def _instances(w: Workload, prices: Prices, hours: Decimal, *, plan: bool) -> tuple[Meter, ...]:
    """Hours of instances; under a Savings Plan the commitment is paid every hour, used or not."""
    price = prices["instance", w.instance]
    if not plan or w.commitment is None or w.saving is None:
        return (Meter("instance", f"{w.instance} hours", "h", price, w.instances * hours),)
    reduced = price.value * (1 - w.saving)
    covered = min(w.instances, w.commitment / reduced) if reduced else w.instances
    commitment = Meter("commitment", "Savings Plan", "h", Price(w.commitment), w.month)
    beyond = (w.instances - covered) * hours
    rest = Meter("instance", f"{w.instance} hours beyond the plan", "h", price, beyond)
    return (commitment, rest) if beyond else (commitment,)


def _unused(w: Workload, prices: Prices, hours: Decimal) -> Decimal:
    """The part of a commitment that is paid and not used."""
    if w.commitment is None or w.saving is None:
        return ZERO
    used = prices["instance", w.instance].value * (1 - w.saving) * w.instances
    return w.commitment * w.month - min(w.commitment, used) * hours


def _hosted(
    option: str,
    w: Workload,
    prices: Prices,
    hours: Decimal,
    *,
    data: bool = True,
) -> Course:
    """An option that runs on instances for so many hours each."""
    plan = option in PLANNED
    meters = (
        *_instances(w, prices, hours, plan=plan),
        *_volumes(w, prices, hours),
        *(_data(w, prices) if data else ()),
    )
    notes = []
    if plan and (unused := cents(_unused(w, prices, hours))):
        notes.append(f"{unused} of the Savings Plan is paid for and not used.")
    if w.throughput is None:
        handle = "handles" if w.instances == 1 else "handle"
        notes.append(f"Valid if {counted(w)} {handle} the load.")
    most = None if w.throughput is None else w.instances * hours * 60 * w.throughput
    return Course(option, (Piece(ZERO, None, meters),), most, counted(w), notes=tuple(notes))


def _real_time(option: str, w: Workload, prices: Prices) -> Course:
    return _hosted(option, w, prices, w.month if w.hours is None else w.hours)


def _asynchronous(option: str, w: Workload, prices: Prices) -> Course:
    return _hosted(option, w, prices, w.up_hours or ZERO)


def _components(option: str, w: Workload, prices: Prices) -> Course:
    return _hosted(option, w, prices, w.up_hours or ZERO)


def _batch(option: str, w: Workload, prices: Prices) -> Course:
    hours = (w.jobs or ZERO) * (w.job_hours or ZERO)
    return _hosted(option, w, prices, hours, data=False)


def _on_demand(w: Workload, prices: Prices, base: Decimal, each: Decimal) -> Meter:
    size = memory_size(w)
    price = prices["serverless", size]
    return Meter("serverless", f"Compute at {size} GB", "s", price, base, each)


def _serverless(option: str, w: Workload, prices: Prices) -> Course:
    compute = _on_demand(w, prices, ZERO, w.duration or ZERO)
    return Course(option, (Piece(ZERO, None, (compute, *_data(w, prices))),))


def _provisioned(option: str, w: Workload, prices: Prices) -> Course:
    """Requests run in warm slots until those are busy all the time, and on demand beyond."""
    duration, inside = w.duration or ZERO, (w.duration or ZERO) * (1 - w.overflow)
    hours = w.month if w.warm_hours is None else w.warm_hours
    seconds = (w.concurrency or ZERO) * hours * 3600
    warm = Meter(
        "warm", f"Warm slots at {memory_size(w)} GB", "s", prices["warm", memory_size(w)], seconds
    )
    below = (
        warm,
        _executing(w, prices, ZERO, inside),
        *([_on_demand(w, prices, ZERO, duration * w.overflow)] if w.overflow else []),
        *_data(w, prices),
    )
    full = (
        warm,
        _executing(w, prices, seconds, ZERO),
        _on_demand(w, prices, -seconds, duration),
        *_data(w, prices),
    )
    if not inside:
        return Course(option, (Piece(ZERO, None, below),))
    full_at = seconds / inside
    return Course(option, (Piece(ZERO, full_at, below), Piece(full_at, None, full)))


def _executing(w: Workload, prices: Prices, base: Decimal, each: Decimal) -> Meter:
    size = memory_size(w)
    price = prices["executing", size]
    return Meter("executing", f"Compute in warm slots at {size} GB", "s", price, base, each)


FORMULAS: Mapping[str, Formula] = {
    "real-time-endpoint": Formula(
        "Real-time endpoint", _real_time, ("instance",),
        "price per hour × instances × hours running + storage + data"),
    "async-inference": Formula(
        "Asynchronous Inference", _asynchronous, ("instance", "up_hours"),
        "price per hour × instances × hours with an instance running + storage + data"),
    "batch-transform": Formula(
        "Batch transform", _batch, ("instance", "jobs", "job_hours"),
        "price per hour × instances × hours of a job × jobs + storage"),
    "serverless-inference": Formula(
        "Serverless Inference", _serverless, ("duration", "memory"),
        "requests × seconds × price per second at the memory size + data"),
    "serverless-provisioned-concurrency": Formula(
        "Serverless Inference with Provisioned Concurrency", _provisioned,
        ("duration", "memory", "concurrency"),
        "slots × warm seconds × warm price + seconds in slots × executing price "
        "+ seconds outside them × on-demand price + data"),
    "inference-components": Formula(
        "Inference components, zero instances while idle", _components, ("instance", "up_hours"),
        "price per hour × instances × hours with an instance running + storage + data"),
}  # fmt: skip
