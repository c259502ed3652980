"""Bibliographic formats, a folder each: a reader and a writer that share the format's tables."""
