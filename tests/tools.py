"""What the tests need from outside: real programs, and a loud failure where CI lacks one."""

from __future__ import annotations

import importlib.util
import os
import shutil
from pathlib import Path

import pytest


def needs(*tools: str) -> pytest.MarkDecorator:
    """Skip where a program, `python:module` or `node:package` is missing; fail if CI says so.

    Node's packages are looked for in the folder that BCLM_NODE_MODULES names.
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
    if kind == "node":
        folder = os.environ.get("BCLM_NODE_MODULES")
        return shutil.which("node") is not None and bool(folder) and Path(folder, module).is_dir()
    return shutil.which(tool) is not None
