"""Verdicts as text: for a terminal, as Markdown. Reads plain JSON, decides nothing."""
