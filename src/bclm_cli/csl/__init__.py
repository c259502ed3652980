"""A CSL 1.0.2 processor: citations and reference lists in any citation style."""
