"""Text of any kind: comparison, pages, markup, control characters."""
