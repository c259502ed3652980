"""Citations and steps of breast cancer liver metastasis (BCLM) in a terminal."""

__version__ = "0.2.0"
