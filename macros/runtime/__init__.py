"""The browser's Python: a small Pyodide and the checker's wheel."""
