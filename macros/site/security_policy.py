"""The site's Content-Security-Policy, as a meta tag and as headers.

One policy for all pages, with the hash of every inline script of the theme: instant navigation
keeps the policy of the page that a visit began with, so each page's must fit all others. A script
that is not the theme's gets no hash; it stops the build.

What it leaves open, and why: styles may be inline, because Mermaid writes a ``style`` element
into each diagram that it draws; as pictures, fonts and requests come from this site alone, a style
has no way to carry anything out. ``data:`` pictures are the icons in the theme's stylesheet.
WebAssembly is not allowed on a page: Python runs in a worker that is a file of this site, and a
worker follows the headers of its own file, never a page's meta tag.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser

_META = re.compile(r'\n *<meta http-equiv="Content-Security-Policy"[^>]*>')
# The policy applies from its place on, and the charset must be in a page's first 1024 bytes.
_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)
# How the theme's inline scripts begin; the first one names the site's root as seen from the page.
_THEME = ("__md_scope=new URL(", "var palette=__md_get(", "var target=document.getElementById(")
_JAVASCRIPT = frozenset({"", "module", "importmap", "speculationrules"})

# A meta tag cannot say who may frame a page; a header can, and holds nothing that a worker needs.
PAGE_HEADER = "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'none'"
# Pyodide compiles WebAssembly and fetches its own files, and that is all the worker may do.
WORKER_HEADER = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"
WORKER = "assets/checker/worker.js"

HEADERS: Mapping[str, Mapping[str, str]] = {
    "*": {
        "Content-Security-Policy": PAGE_HEADER,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "X-Content-Type-Options": "nosniff",
    },
    WORKER: {"Content-Security-Policy": WORKER_HEADER},
    # Its folders are named by their content.
    "assets/runtime/*": {"Cache-Control": "public, max-age=31536000, immutable"},
}


class PolicyError(Exception):
    """A page that the policy cannot be put into, or a script that is not the theme's."""


class _Scripts(HTMLParser):
    """Collects the text of inline scripts that a browser would run; JSON blocks are data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.in_content: list[str] = []
        self._open = False
        self._articles = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a new text where a script without an address begins."""
        named = dict(attrs)
        self._articles += tag == "article"
        self._open = tag == "script" and "src" not in named and _runs(named.get("type") or "")
        if self._open:
            self.found.append("")

    def handle_data(self, data: str) -> None:
        """Add to the open script's text, which may come in parts."""
        if self._open:
            self.found[-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Nothing outside a script is collected."""
        if self._open and self._articles:
            self.in_content.append(self.found[-1])
        self._open = False
        self._articles -= tag == "article"


def _runs(kind: str) -> bool:
    return kind.lower() in _JAVASCRIPT or "javascript" in kind.lower()


def inline_scripts(html: str) -> list[str]:
    """The texts of a page's inline scripts that a browser would run, in order.

    Raises:
        PolicyError: a script in the page's content, or one that is not the theme's.
    """
    parser = _Scripts()
    parser.feed(html)
    parser.close()
    strange = [text for text in parser.found if not text.lstrip().startswith(_THEME)]
    for text in (*parser.in_content, *strange):
        raise PolicyError(
            f"an inline script that is not the theme's: {' '.join(text.split())[:60]!r}. "
            "Put it into a file below docs/assets/"
        )
    return parser.found


def script_hash(text: str) -> str:
    """A script as ``script-src`` names it, ``'sha256-...'`` in Base64."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def page_policy(scripts: Iterable[str]) -> str:
    """The policy for a site with these inline scripts; the same for any order of them."""
    hashes = sorted(set(map(script_hash, scripts)))
    directives = (
        "default-src 'none'",
        " ".join(["script-src 'self'", *hashes]),
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'self'",
        "form-action 'none'",
    )
    return "; ".join(directives)


def with_policy(html: str, policy: str) -> str:
    """The page with the policy as a meta tag before anything that it governs.

    Raises:
        PolicyError: the page does not name its charset, where the policy would be.
    """
    meta = f'\n      <meta http-equiv="Content-Security-Policy" content="{policy}">'
    done, count = _CHARSET.subn(lambda found: found[0] + meta, _META.sub("", html), count=1)
    if not count:
        raise PolicyError("no <meta charset> to put the Content-Security-Policy behind")
    return done


def headers_file(path: str = "/") -> str:
    """``_headers`` as Netlify and Cloudflare Pages read it, for a site at ``path`` on its host.

    Where two rules give one header, a host sends both, or the later: either is right here.
    """
    rules = (
        "\n".join([f"{path}{place}", *(f"  {name}: {value}" for name, value in headers.items())])
        for place, headers in HEADERS.items()
    )
    return "\n".join(rules) + "\n"
