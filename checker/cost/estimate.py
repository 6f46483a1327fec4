"""From text to an answer as plain JSON: costs by option and meter, crossings, prices, caveats."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Any

from checker.cost import chart, sentences
from checker.cost.amounts import SHORT, read_price
from checker.cost.break_even import busy_share, cheaper_throughout, crossings
from checker.cost.meters import Course, Meter
from checker.cost.money import cents, money, number, plain, unit_price
from checker.cost.options import FORMULAS, Prices, course, memory_size
from checker.cost.prices import METERS, Key, Price, default_prices, is_old, merged
from checker.cost.workload import SPECS, Workload, as_said, read_workload
from checker.knowledge.model import Knowledge
from checker.problems import Problem, did_you_mean

SLOTS, SIZES = "serverless.max_concurrency", "serverless.memory_sizes"
"""The platform's limits on concurrency and memory, as facts; knowledge in parts may lack them."""

type Json = dict[str, Any]
type Out = Mapping[str, Json]
"""Options that a limit rules out: ``{option: {"rule": ..., "sentence": ...}}``."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: fields as text, options, the reader's own prices, and the day it is."""

    given: Mapping[str, str]
    options: Sequence[str]
    own: Mapping[str, str]
    today: str | None = None
    width: int = 0
    """How wide the chart may be, in pixels; none is made for 0."""


@dataclass(frozen=True, slots=True)
class Computed:
    """A request with everything read and every option computed."""

    request: Request
    workload: Workload
    prices: Prices
    courses: tuple[Course, ...]
    ruled_out: Out


def estimate(knowledge: Knowledge, request: Request, ruled_out: Out | None = None) -> Json:
    """Costs a month of the options; with any problem there are no costs.

    Returns:
        ``inputs``, ``assumed``, ``month``, ``currency``, ``options`` (each with ``total``,
        ``meters``, ``out``, ``missing``, ``carries``), ``crossings``, ``throughout``, ``warm``,
        ``prices``, ``notes``, ``not_counted``, ``problems`` and, if a width was given, ``chart``.
    """
    most_slots = knowledge.facts.get(SLOTS)
    slots = Decimal(str(most_slots.value)) if most_slots else None
    workload, problems = read_workload(_with_instance(request), slots)
    own, more = _own_prices(request.own, workload)
    problems += [*more, *_memory(knowledge, request, workload, ruled_out or {})]
    problems += [_no_option(name) for name in request.options if name not in FORMULAS]
    if problems:
        return {"problems": [problem.plain() for problem in problems]}
    prices = merged(default_prices(knowledge), own, 1 - workload.discount)
    courses = tuple(course(name, workload, prices, slots) for name in request.options)
    computed = Computed(request, workload, prices, courses, ruled_out or {})
    return _plain(knowledge, computed)


def _with_instance(request: Request) -> Mapping[str, str]:
    """The one instance type that has an own price is the one that is meant."""
    types = [name for name in request.own if name.startswith("ml.")]
    if request.given.get("instance") or len(types) != 1:
        return request.given
    return {**request.given, "instance": types[0]}


def _own_prices(own: Mapping[str, str], w: Workload) -> tuple[dict[Key, Decimal], list[Problem]]:
    found: dict[Key, Decimal] = {}
    problems = []
    for name, text in own.items():
        key = _key(name, w)
        read = read_price(text, f"price {name[:SHORT]}")
        if key is None:
            known = ("an instance type such as ml.m5.large", *METERS)
            hint = did_you_mean(name, METERS) if not name.startswith("ml.") else ", ".join(known)
            message = f"there is no price '{name[:SHORT]}'"
            problems.append(Problem("C001", "price", message, hint))
        elif isinstance(read, Problem):
            problems.append(read)
        elif not 0 <= read <= 10**6:
            message = f"'{text[:SHORT]}' is not in range"
            problems.append(Problem("C004", f"price {name}", message, "from 0 to 1,000,000"))
        else:
            found[key] = read
    return found, problems


def _key(name: str, w: Workload) -> Key | None:
    if name.startswith("ml.") or name == "instance":
        return "instance", w.instance if name == "instance" else name
    if name in ("serverless", "warm", "executing"):
        return name, memory_size(w)
    return (name, "") if name in METERS else None


def _memory(knowledge: Knowledge, request: Request, w: Workload, out: Out) -> list[Problem]:
    """A memory size that serverless does not have; one beyond its largest is ruled out instead."""
    asked = [name for name in request.options if "memory" in FORMULAS.get(name, _NONE).needs]
    fact = knowledge.facts.get(SIZES)
    if w.memory is None or fact is None or all(name in out for name in asked):
        return []
    sizes = fact.parts
    step, low, high = (Decimal(str(sizes[name].value)) for name in ("step", "min", "max"))
    megabytes = w.memory * 1024
    if low <= megabytes <= high and megabytes % step == 0:
        return []
    fitting = ", ".join(number(Decimal(mb) / 1024) for mb in range(int(low), int(high), int(step)))
    hint = f"{fitting} or {number(high / 1024)} GB"
    message = f"a serverless endpoint has no {number(w.memory)} GB of memory"
    return [Problem("C005", "memory", message, hint)]


_NONE = FORMULAS["real-time-endpoint"]


def _no_option(name: str) -> Problem:
    message = f"there is no option '{name[:SHORT]}'"
    return Problem("C009", "option", message, did_you_mean(name, FORMULAS))


def _plain(knowledge: Knowledge, c: Computed) -> Json:
    w = c.workload
    drawn = [course for course in c.courses if _drawn(course, c)]
    pairs = list(combinations(drawn, 2))
    points = sorted(
        (point for pair in pairs for point in crossings(*pair)), key=lambda point: point.requests
    )
    used = _used(c.courses)
    found = {
        "inputs": as_said(w),
        "assumed": _assumed(c),
        "month": plain(w.month),
        "currency": w.currency,
        "options": [_option(course, c) for course in c.courses],
        "crossings": [sentences.crossing(point, w) for point in points],
        "throughout": _throughout(pairs, w),
        "warm": _warm(c),
        "prices": [_price(knowledge, meter, c) for meter in used],
        "notes": sentences.notes(w, used, c.request.today),
        "not_counted": list(sentences.NOT_COUNTED),
        "problems": [],
    }
    if c.request.width:
        found["chart"] = chart.chart(drawn, points, w, c.request.width)
    return found


def _drawn(course: Course, c: Computed) -> bool:
    return not course.missing and course.option not in c.ruled_out


def _throughout(pairs: Iterable[tuple[Course, Course]], w: Workload) -> list[str]:
    """Pairs of which one is cheaper wherever both can be had."""
    return [
        sentences.throughout(cheaper_throughout(one, other), one, other)
        for one, other in pairs
        if not crossings(one, other)
    ]


def _assumed(c: Computed) -> dict[str, str]:
    """Fields that nobody filled in, and the value used; only those that a named option reads."""
    given = c.request.given
    hosted = any("instance" in FORMULAS[course.option].needs for course in c.courses)
    named = ["payload", "response", "discount"]
    named += ["instances", "volume", "throughput"] if hosted else []
    names = {course.option for course in c.courses}
    named += ["hours"] if "real-time-endpoint" in names else []
    named += ["warm_hours", "overflow"] if "serverless-provisioned-concurrency" in names else []
    return {name: SPECS[name].assumed for name in named if not given.get(name, "").strip()}


def _option(course: Course, c: Computed) -> Json:
    w, requests = c.workload, c.workload.requests
    missing = [sentences.missing(name) for name in course.missing]
    if requests is None and not course.missing:
        missing = [sentences.missing("requests")]
    known = not missing and requests is not None
    piece = course.piece(requests) if known and requests is not None else None
    total = course.total(requests) if piece and requests is not None else None
    return {
        "option": course.option,
        "label": FORMULAS[course.option].label,
        "formula": FORMULAS[course.option].words,
        "total": None if total is None else plain(total),
        "shown": None if total is None else money(total, w.currency),
        "meters": [_meter(m, c) for m in piece.meters] if piece else [],
        "out": c.ruled_out.get(course.option) or _too_many(course, w),
        "missing": missing,
        "carries": None if course.carries is None else plain(_floor(course.carries)),
        "notes": list(course.notes),
    }


def _too_many(course: Course, w: Workload) -> Json | None:
    """An option must not be shown as cheap for requests that it cannot process."""
    if w.requests is None or course.carries is None or w.requests <= course.carries:
        return None
    return {"rule": None, "sentence": sentences.carries(course)}


def _floor(value: Decimal) -> Decimal:
    return value // 1


def _meter(meter: Meter, c: Computed) -> Json:
    requests, currency = c.workload.requests or Decimal(0), c.workload.currency
    amount = meter.amount(requests)
    return {
        "meter": meter.name,
        "label": meter.label,
        "quantity": plain(round(meter.quantity(requests), 6)),
        "quantity_shown": number(meter.quantity(requests), 3),
        "unit": meter.unit,
        "price": plain(meter.price.value),
        "price_shown": unit_price(meter.price.value, currency),
        "amount": plain(cents(amount)),
        "amount_shown": money(amount, currency),
        "fact": meter.price.fact,
    }


def _used(courses: Iterable[Course]) -> list[Meter]:
    """Each price that is used, once, by a meter that uses it."""
    by_price: dict[tuple[str, Decimal, str | None], Meter] = {}
    for found in courses:
        for piece in found.pieces:
            for meter in piece.meters:
                by_price.setdefault((meter.name, meter.price.value, meter.price.fact), meter)
    return list(by_price.values())


def _price(knowledge: Knowledge, meter: Meter, c: Computed) -> Json:
    price, currency = meter.price, c.workload.currency
    return {
        "meter": meter.name,
        "label": meter.label,
        "unit": meter.unit,
        "price": plain(price.value),
        "shown": unit_price(price.value, currency),
        "own": price.own,
        "region": price.region,
        "seen": price.seen,
        "old": is_old(price, c.request.today),
        "disputed": [unit_price(other, currency) for other in price.disputed],
        "source": _source(knowledge, price),
    }


def _source(knowledge: Knowledge, price: Price) -> Json | None:
    if price.fact is None:
        return None
    source = knowledge.sources[knowledge.facts[price.fact].sources[0].source]
    return {"fact": price.fact, "title": source.title, "url": source.url}


def _warm(c: Computed) -> Json | None:
    """How busy a warm slot has to be, where Provisioned Concurrency is asked about."""
    option = "serverless-provisioned-concurrency"
    if not any(course.option == option and not course.missing for course in c.courses):
        return None
    share = busy_share(c.prices, memory_size(c.workload))
    if share is None:
        return None
    return {"share": plain(share), "sentence": sentences.warm(share, c.workload)}
