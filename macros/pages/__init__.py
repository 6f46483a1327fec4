"""The Markdown pages: front matter, sections, tags, addresses, links between them."""
