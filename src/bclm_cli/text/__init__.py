"""Text of any kind: comparison, pages, markup, LaTeX, control characters."""
