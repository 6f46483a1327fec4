"""What is said about costs, in sentences: crossings, caveats, what is missing or not counted."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from checker.cost.break_even import Crossing
from checker.cost.meters import Course, Meter
from checker.cost.money import USD, money, number, plain, unit_price
from checker.cost.options import FORMULAS
from checker.cost.prices import OLD_DAYS, is_old
from checker.cost.workload import SPECS, TEXTS, Workload

NOT_COUNTED = (
    "taxes, support plans, credits and the free tier",
    "Amazon S3 storage and requests, also those of asynchronous and batch bodies",
    "CloudWatch metrics, logs and alarms; data capture and monitoring jobs",
    "data transfer to the internet and between Regions; VPC endpoints and NAT gateways",
    "container images in Amazon ECR",
    "time in which an instance starts and stops, unless your hours include it: each wake from zero "
    "keeps an instance for many minutes",
    "cold starts and failed requests",
)


def label(option: str) -> str:
    """An option's name."""
    return FORMULAS[option].label


def crossing(point: Crossing, w: Workload) -> dict[str, Any]:
    """A break-even as JSON with its sentence."""
    last = point.requests // 1
    cost = money(point.cost, w.currency)
    below, above = label(point.cheaper_below), label(point.cheaper_above)
    said = (
        f"{below} is cheaper up to {number(last)} requests a month, {above} from "
        f"{number(last + 1)} on; there both cost {cost}."
    )
    slots = _slots(point, w)
    return {
        "below": point.cheaper_below,
        "above": point.cheaper_above,
        "requests": plain(last),
        "exact": plain(round(point.requests, 6)),
        "cost": plain(round(point.cost, 2)),
        "cost_shown": cost,
        "busy": None if slots is None else plain(round(slots, 4)),
        "sentence": said if slots is None else f"{said} {_busy(slots)}",
    }


def _slots(point: Crossing, w: Workload) -> Decimal | None:
    """How many slots the requests keep busy all month, where one side is billed by the second."""
    sides = {point.cheaper_below, point.cheaper_above}
    if "serverless-inference" not in sides or w.duration is None:
        return None
    return point.requests * w.duration / (w.month * 3600)


def _busy(slots: Decimal) -> str:
    if slots < 1:
        return f"That is one slot busy {number(slots * 100, 1)} % of the month."
    return f"That is {number(slots, 1)} slots busy all month."


def throughout(cheaper: str | None, one: Course, other: Course) -> str:
    """What is said of two options whose costs do not cross."""
    ends = [course for course in (one, other) if course.carries is not None]
    first = min(ends, key=lambda course: course.carries or Decimal(0), default=None)
    far = f" up to {_most(first)}" if first else " at any number of requests"
    if cheaper is None:
        return f"{label(one.option)} and {label(other.option)} cost the same{far}."
    costlier = other.option if cheaper == one.option else one.option
    return f"{label(cheaper)} is cheaper than {label(costlier)}{far}."


def _most(course: Course) -> str:
    most = number((course.carries or Decimal(0)) // 1)
    return f"{most} requests a month, the most that {course.carrier} can process"


def carries(course: Course) -> str:
    """Why an option does not do for so many requests."""
    return f"{course.carrier[:1].upper()}{course.carrier[1:]} can process at most {_count(course)}."


def _count(course: Course) -> str:
    return f"{number((course.carries or Decimal(0)) // 1)} requests a month"


def missing(name: str) -> dict[str, str]:
    """A field or price that an option requires, and which values it accepts."""
    if name.startswith("price of"):
        said = f"No source shows the {name}: enter your own."
        return {"name": name, "sentence": said}
    takes = SPECS[name].takes if name in SPECS else "a type such as ml.m5.large"
    what = SPECS[name].label if name in SPECS else TEXTS[name]
    return {"name": name, "sentence": f"{what} is missing: {takes}."}


def warm(share: Decimal, w: Workload) -> str:
    """When a warm slot is worth its price."""
    size = f"{number(w.memory or Decimal(0))} GB"
    if share > 1:
        return f"At {size} and these prices, a warm slot never costs less than on demand."
    said = (
        f"At {size}, a warm slot costs less than on demand only while it is busy more than "
        f"{number(share * 100, 1)} % of its warm time"
    )
    busy = _busy_share(w)
    return f"{said}." if busy is None else f"{said}; yours are busy {number(busy * 100, 1)} %."


def _busy_share(w: Workload) -> Decimal | None:
    hours = w.month if w.warm_hours is None else w.warm_hours
    if w.requests is None or w.duration is None or not w.concurrency or not hours:
        return None
    seconds = w.requests * (1 - w.overflow) * w.duration
    return min(seconds / (w.concurrency * hours * 3600), Decimal(1))


def notes(w: Workload, used: Sequence[Meter], today: str | None) -> list[str]:
    """What the reader has to know about the prices behind the figures."""
    found = []
    defaults = [meter.price for meter in used if not meter.price.own]
    if defaults and w.currency != USD:
        found.append(
            f"Default prices are in US dollars and only labelled {w.currency} here: enter yours."
        )
    if old := sorted({price.seen for price in defaults if price.seen and is_old(price, today)}):
        found.append(
            f"Some default prices are older than {OLD_DAYS} days (from {old[0]}): check them."
        )
    for meter in used:
        if others := meter.price.disputed:
            seen = " and ".join(unit_price(other, w.currency) for other in others)
            shown = unit_price(meter.price.value, w.currency)
            what = f"{meter.label[:1].lower()}{meter.label[1:]}"
            found.append(f"Sources differ on {what}: {shown} is used, {seen} also seen.")
    if w.discount:
        found.append(f"All prices are after your discount of {number(w.discount * 100)} %.")
    return list(dict.fromkeys(found))
