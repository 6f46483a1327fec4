"""Addresses of pages: from the root, from another page, and as Zensical wants them."""

import posixpath
import re


def page_url(target: str) -> str:
    """``inference/serverless.md#limits`` -> ``inference/serverless/#limits``, from the root."""
    path, _, anchor = target.partition("#")
    folder = path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/"
    return folder + (f"#{anchor}" if anchor else "")


def relative_url(target: str, page: str) -> str:
    """The address of a page or asset as seen from the page at ``page``; works under any path."""
    path, mark, rest = re.match(r"([^#?]*)([#?]?)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    url = page_url(path) if path.endswith(".md") else path
    if url and url == page_url(page):
        # Not "./", which Zensical reads as the folder that the page's file is in.
        return f"#{rest}" if mark == "#" else f"../{posixpath.basename(url[:-1])}/{mark}{rest}"
    found = posixpath.relpath(url or ".", page_url(page) or ".")
    slash = "/" if not url or url.endswith("/") else ""
    return f"{found}{slash}{mark}{rest}"


def for_zensical(markup: str, page: str) -> str:
    """The addresses in a macro's HTML as Zensical wants them: as seen from the page's file.

    It moves every relative ``href`` and ``src`` one folder down on pages that are no index, as it
    does with links in Markdown; MkDocs leaves HTML alone.
    """
    if posixpath.basename(page) == "index.md":
        return markup
    # "../#x" becomes "./#x": a bare "#x" would be an anchor on the page itself.
    return re.sub(r'( (?:href|src)=")\.\./(?=(["#?])?)', lambda m: m[1] + "./" * bool(m[2]), markup)
