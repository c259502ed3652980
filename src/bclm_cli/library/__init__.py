"""A lab's own references.yaml: what is new among imported references, and how it is written."""
