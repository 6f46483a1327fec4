"""Amounts of money: rounded as a bill rounds them, written as people read them."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
USD = "USD"


def cents(amount: Decimal) -> Decimal:
    """Rounded to the cent, half a cent upwards, as the rows of an AWS bill are."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def money(amount: Decimal, currency: str = USD) -> str:
    """ "$1,234.50", or "1,234.50 EUR" under the reader's own label."""
    return _with_currency(f"{cents(amount):,.2f}", currency)


def unit_price(price: Decimal, currency: str = USD) -> str:
    """A price with every digit that it has, never in scientific notation: "$0.00004"."""
    return _with_currency(number(price), currency)


def number(value: Decimal, places: int = 9) -> str:
    """1234.50 -> "1,234.5"; at most ``places`` digits behind the point."""
    shown = f"{value:,.{places}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def plain(value: Decimal) -> str:
    """For JSON and CSV: all digits, no separators."""
    shown = f"{value:f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def short(value: Decimal) -> str:
    """9079350 -> "9.08 M", for a label in a picture; exact numbers go beside it."""
    for size, sign in ((9, " G"), (6, " M"), (3, " k")):
        if abs(value) >= Decimal(10) ** size:
            scaled = value.scaleb(-size)
            return f"{number(scaled, 2 if scaled < 100 else 0)}{sign}"
    return number(value, 0 if value >= 10 else 2)


def _with_currency(shown: str, currency: str) -> str:
    return f"${shown}" if currency == USD else f"{shown} {currency}"
