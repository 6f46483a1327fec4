"""HTML and SVG that the macros put into pages."""
