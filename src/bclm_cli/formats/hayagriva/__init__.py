"""Hayagriva, the YAML of Typst."""
