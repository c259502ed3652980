"""The terminal browser: steps, factors, claims and papers in panes, on Textual (extra `browse`)."""
