"""Verdicts as text: for a terminal, as Markdown. Takes plain JSON, decides nothing."""
