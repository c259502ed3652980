"""Citations and steps of breast cancer liver metastasis (BCLM).

The five steps by which breast cancer reaches the liver, the factors that act in each, one-sentence
claims with the paper behind each, and the papers with citations fit for a manuscript.
"""

from __future__ import annotations

from pkgutil import iter_modules


def names() -> list[str]:
    """The commands, as the folder has them: nothing is imported for it."""
    return [module.name for module in iter_modules(__path__)]
