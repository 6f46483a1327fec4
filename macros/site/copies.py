"""Each page as Markdown beside its HTML, and ``llms.txt`` that lists them (llmstxt.org).

Made from the built pages and not from their sources, in which numbers and tables are still macros.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from bs4 import BeautifulSoup, Tag
from bs4.filter import SoupStrainer
from markdownify import MarkdownConverter

NAME = "index.md"
# What only a browser can use, or what is shown elsewhere: forms, permalinks, cards of facts, chips,
# links to the source.
_LEFT_OUT = (
    ".headerlink, .fact__card, .md-content__button, .md-tags, .section-tags, .section-tag, "
    ".source-link, .table-edit, .page-line, "
    "form, noscript, script, style, decision-checker, tag-explorer, svg, [hidden]"
)
_READ = SoupStrainer(["article", "link", "meta", "li"])


@dataclass(frozen=True)
class Copy:
    """One page for readers without a browser; ``follows`` is the address of the next page."""

    url: str
    title: str
    description: str
    section: str
    follows: str
    markdown: str


def page_copy(html: str) -> Copy | None:
    """The page as Markdown with whole addresses; None for one without an address, as 404."""
    soup = BeautifulSoup(html, "html.parser", parse_only=_READ)
    url, article = _address(soup, "canonical"), soup.find("article")
    if not url or not isinstance(article, Tag) or not isinstance(article.h1, Tag):
        return None
    for useless in article.select(_LEFT_OUT):
        useless.decompose()
    for link in article.select("a[href], img[src]"):
        name = "href" if link.name == "a" else "src"
        link[name] = urljoin(url, str(link[name]))
    about = soup.find("meta", attrs={"name": "description"})
    tab = soup.find("li", class_="md-tabs__item--active")
    return Copy(
        url,
        _words(article.h1),
        str(about["content"]) if isinstance(about, Tag) else "",
        _words(tab) if isinstance(tab, Tag) else "",
        urljoin(url, _address(soup, "next")),
        f"{_markdown(article)}\n\nThis page: {url}\n",
    )


def _address(soup: BeautifulSoup, relation: str) -> str:
    link = soup.find("link", rel=relation)
    return str(link["href"]) if isinstance(link, Tag) else ""


def _words(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


def _markdown(article: Tag) -> str:
    converter = MarkdownConverter(
        heading_style="ATX", bullets="-", code_language_callback=_language, table_infer_header=True
    )
    lines = (line.rstrip() for line in converter.convert_soup(article).strip().splitlines())
    kept: list[str] = []
    for line in lines:
        if line or (kept and kept[-1]):
            kept.append(line)
    return "\n".join(kept)


def _language(pre: Tag) -> str:
    """What a code block is written in: the theme has it in a class of a box around it."""
    if "diagram-source" in (pre.get("class") or ()):
        return "mermaid"
    box = pre.find_parent(class_="highlight")
    classes = (box.get("class") or ()) if isinstance(box, Tag) else ()
    return next((c.removeprefix("language-") for c in classes if c.startswith("language-")), "")


def in_reading_order(copies: Mapping[str, Copy]) -> Iterator[Copy]:
    """From the home page along the links to the next page; then whatever those do not reach."""
    left = dict(sorted(copies.items(), key=lambda item: len(item[0])))
    at = next(iter(left), "")
    while left:
        copy = left.pop(at, None) or left.pop(next(iter(left)))
        yield copy
        at = copy.follows


def llms_txt(name: str, about: str, copies: Mapping[str, Copy]) -> str:
    """The list of all pages with their descriptions, in sections, in reading order."""
    lines, section = [f"# {name}", "", f"> {about}", *_for_programs(copies)], ""
    top = len(lines)
    for copy in in_reading_order(copies):
        if copy.section != section or len(lines) == top:
            section = copy.section
            lines += ["", f"## {section or 'Pages'}", ""]
        lines.append(f"- [{copy.title}]({urljoin(copy.url, NAME)}): {copy.description}")
    return "\n".join(lines) + "\n"


def _for_programs(copies: Mapping[str, Copy]) -> list[str]:
    """How a program asks the checker: better than to read its pages."""
    root = min(copies, key=len, default="")
    schema = urljoin(root, "data/verdict.schema.json")
    return [
        "",
        "A program can ask the checker, which works without a network:",
        "",
        "- Command line: `pip install sagemaker-checker`, then "
        '`sagemaker-checker decide inference "payload=6 MB" --json`.',
        '- MCP on standard input and output: `pip install "sagemaker-checker[mcp]"`, then '
        "`sagemaker-checker mcp`.",
        f"- JSON Schema of a verdict: {schema}",
    ]


def write_copies(site: Path, pages: Mapping[Path, str]) -> None:
    """Write each page's copy beside it, and ``llms.txt`` at the root of the site."""
    copies = {}
    for file, html in pages.items():
        if file.name == "index.html" and (copy := page_copy(html)):
            file.with_name(NAME).write_text(copy.markdown, encoding="utf-8")
            copies[copy.url] = copy
    home = BeautifulSoup(pages[site / "index.html"], "html.parser", parse_only=_READ)
    name = home.find("meta", attrs={"property": "og:site_name"})
    about = next(in_reading_order(copies)).description if copies else ""
    title = str(name["content"]) if isinstance(name, Tag) else ""
    (site / "llms.txt").write_text(llms_txt(title, about, copies), encoding="utf-8")
