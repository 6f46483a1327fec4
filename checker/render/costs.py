"""Costs as plain text for a terminal, as Markdown, and as CSV."""

from collections.abc import Iterator, Mapping
from typing import Any

type Json = Mapping[str, Any]

_COLUMNS = ("option", "meter", "quantity", "unit", "price", "amount", "currency")


def cost_report(found: Json) -> str:
    """Costs by option and meter, where they cross, and what they rest on."""
    lines = [f"COST  a month of {found['month']} h, {found['currency']}"]
    for option in found["options"]:
        lines += _option(option)
    lines += [*_tail(found)]
    return "\n".join(lines)


def break_even_report(found: Json) -> str:
    """Only where costs cross."""
    return "\n".join([f"BREAK-EVEN  in a month of {found['month']} h", *_tail(found)])


def _tail(found: Json) -> Iterator[str]:
    yield from _block("Break-even", [c["sentence"] for c in found["crossings"]])
    yield from _block("No break-even", found["throughout"])
    yield from _block("Warm slots", [found["warm"]["sentence"]] if found["warm"] else [])
    yield from _block("Prices", [price_words(price) for price in found["prices"]])
    yield from _block("Assumed", [f"{name} = {text}" for name, text in found["assumed"].items()])
    yield from _block("Note", found["notes"])
    yield from _block("Not counted", found["not_counted"])


def _option(option: Json) -> Iterator[str]:
    if option["out"]:
        rule = f" ({option['out']['rule']})" if option["out"]["rule"] else ""
        yield f"  {option['label']}  ruled out: {option['out']['sentence']}{rule}"
        return
    yield f"  {option['label']}  {option['shown'] or '-'}"
    for meter in option["meters"]:
        product = f"{meter['quantity_shown']} {meter['unit']} x {meter['price_shown']}"
        yield f"    {meter['label']}: {product} = {meter['amount_shown']}"
    yield from (f"    {item['sentence']}" for item in option["missing"])
    yield from (f"    {note}" for note in option["notes"])


def _block(title: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  {title}:"
        yield from (f"    {line}" for line in lines)


def price_words(price: Json) -> str:
    """A price with its place and date, or as the reader's own."""
    said = f"{price['label']}: {price['shown']} per {price['unit']}"
    if price["own"]:
        return f"{said}, your own"
    old = ", OLDER THAN 90 DAYS" if price["old"] else ""
    return f"{said}, {price['region']}, seen {price['seen']}{old}: {price['source']['title']}"


def cost_markdown(found: Json, link: str | None = None) -> str:
    """A record for a design document."""
    return "\n".join(_markdown(found, link)).strip() + "\n"


def _markdown(found: Json, link: str | None) -> Iterator[str]:
    yield from (f"## Cost of a month ({found['month']} h, {found['currency']})", "")
    yield from ("| Option | Meter | Quantity | Price | Amount |", "|---|---|---|---|---|")
    for option in found["options"]:
        yield from (f"| {' | '.join(map(_cell, row))} |" for row in _rows(option))
    yield ""
    yield from _list("Break-even", [c["sentence"] for c in found["crossings"]])
    yield from _list("No break-even", found["throughout"])
    yield from _list("Prices", [price_words(price) for price in found["prices"]])
    yield from _list("Notes", found["notes"])
    yield from _list("Not counted", found["not_counted"])
    if link:
        yield f"[The same figures, live]({link.replace(')', '%29')})"


def _rows(option: Json) -> Iterator[tuple[str, ...]]:
    if option["out"]:
        yield option["label"], "", "", "", f"ruled out: {option['out']['sentence']}"
        return
    for meter in option["meters"]:
        quantity = f"{meter['quantity_shown']} {meter['unit']}"
        yield option["label"], meter["label"], quantity, meter["price_shown"], meter["amount_shown"]
    missing = " ".join(item["sentence"] for item in option["missing"])
    yield option["label"], "Total", "", "", option["shown"] or missing


def _list(title: str, items: list[str]) -> Iterator[str]:
    if items:
        yield from (f"### {title}", "", *(f"- {_plain(item)}" for item in items), "")


def _cell(text: str) -> str:
    return _plain(text).replace("|", "&#124;")


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    for sign in "\\`*_[]<>":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def cost_csv(found: Json) -> str:
    """One meter a row; plain numbers, so that a spreadsheet can add them."""
    rows = [_COLUMNS]
    for option in found["options"]:
        if not option["out"]:
            rows += [
                (option["option"], *(m[name] for name in _COLUMNS[1:-1]), found["currency"])
                for m in option["meters"]
            ]
    return "".join(",".join(map(_quoted, row)) + "\r\n" for row in rows)


def _quoted(text: str) -> str:
    return f'"{text.replace(chr(34), chr(34) * 2)}"' if any(c in text for c in ',"\r\n') else text
