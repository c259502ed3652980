"""CSV, a paper a row."""
