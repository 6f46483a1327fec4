"""Life cycles: the badge on a page, the status board, the exams' dates."""

from checker.knowledge.model import Event, Exam, Knowledge, Service
from macros.draw.facts import fact_value, source_links, with_facts
from macros.draw.html import Html, boxed_table, data_row, el, head_row, lines
from macros.pages.urls import relative_url

WORDS = {
    "current": "Current",
    "closed-to-new": "Closed to new customers",
    "legacy": "Legacy",
    "ended": "Ended",
}
_ORDER = ("closed-to-new", "legacy", "ended", "current")


def service_of(name: str, known: Knowledge) -> Service:
    """The service behind a service id or an option id.

    Raises:
        KeyError: neither of both.
    """
    if name in known.options and (service := known.options[name].service):
        return known.services[service]
    return known.services[name]


def badge(name: str, known: Knowledge, page: str) -> Html:
    """A status badge with its dated history and what replaces it; nothing where all is well."""
    service = service_of(name, known)
    if service.status == "current":
        return Html("")
    parts = [_mark(service), " ", el("span", {"class": "status__name"}, service.label)]
    if service.history:
        parts.append(_history(service, known, page))
    if service.successor:
        instead = el("strong", None, "For a new account: ")
        parts.append(el("p", None, instead, with_facts(service.successor, known, page)))
    return el("div", {"class": f"status status--{service.status}"}, *parts)


def _mark(service: Service) -> Html:
    return el(
        "span", {"class": f"status__mark status__mark--{service.status}"}, WORDS[service.status]
    )


def _history(service: Service, known: Knowledge, page: str) -> Html:
    return el(
        "ul",
        {"class": "status__history"},
        lines(*(_event(event, known, page) for event in service.history)),
    )


def _event(event: Event, known: Knowledge, page: str) -> Html:
    date = el("time", {"datetime": event.date}, event.date)
    body = [date, " ", with_facts(event.what, known, page)]
    if event.fact:
        where = relative_url(f"limits.md#{event.fact}", page)
        body += [" ", el("a", {"class": "statement__source", "href": where}, "source")]
    return el("li", None, *body)


def status_board(known: Knowledge, page: str) -> Html:
    """Every service that is not simply current first, then the rest; each with its history."""
    services = sorted(
        known.services.items(), key=lambda item: (_ORDER.index(item[1].status), item[1].label)
    )
    rows = [_board_row(key, service, known, page) for key, service in services]
    head = head_row("Service", "Status", "History", "What to use now")
    return boxed_table("Services and features by status", head, rows, "board")


def _board_row(key: str, service: Service, known: Knowledge, page: str) -> Html:
    name = el("a", {"href": relative_url(service.page, page)}, service.label)
    instead = with_facts(service.successor, known, page) if service.successor else ""
    history = _history(service, known, page) if service.history else ""
    return data_row(name, _mark(service), history, instead, row_id=f"service-{key}")


def exam_dates(known: Knowledge, page: str) -> Html:
    """The exams with their dates and domains."""
    rows = [_exam_row(key, exam, known, page) for key, exam in known.exams.items()]
    head = head_row("Exam", "Status", "Domains")
    return boxed_table("AWS machine learning exams and their dates", head, rows, "board exams")


def _exam_row(key: str, exam: Exam, known: Knowledge, page: str) -> Html:
    mark = {"class": f"status__mark status__mark--{exam.status}"}
    days = [("since", exam.starts), ("until", exam.ends)]
    dates = [
        el("div", None, f"{word} ", el("time", {"datetime": day}, day)) for word, day in days if day
    ]
    domains = [
        el("div", None, f"{name}: ", fact_value(reference, known, page))
        for name, reference in exam.domains.items()
    ]
    links = [el("div", None, *source_links(known.facts[name], known)) for name in exam.facts]
    sources = el("details", {"class": "board__sources"}, el("summary", None, "Sources"), *links)
    return data_row(
        exam.label,
        lines(el("span", mark, exam.status.capitalize()), *dates, sources),
        lines(*domains),
        row_id=f"exam-{key}",
    )
