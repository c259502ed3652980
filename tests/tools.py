"""What the tests need from outside: real programs, and a loud failure where CI lacks one."""

from __future__ import annotations

import importlib.util
import os
import shutil

import pytest


def needs(*tools: str) -> pytest.MarkDecorator:
    """Skip where one of these programs (or `python:module`) is missing; fail if CI says so.

    CI sets BCLM_REQUIRE_TOOLS=1, so that nothing is skipped there without anybody seeing it.
    """
    missing = [tool for tool in tools if not _present(tool)]
    if missing and os.environ.get("BCLM_REQUIRE_TOOLS"):
        raise RuntimeError(f"BCLM_REQUIRE_TOOLS is set, but these are missing: {missing}")
    return pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}")


def _present(tool: str) -> bool:
    kind, _, module = tool.rpartition(":")
    if kind == "python":
        return importlib.util.find_spec(module) is not None
    return shutil.which(tool) is not None
