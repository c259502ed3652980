"""What the tests need from outside: real programs, and a loud failure where CI lacks one."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from types import ModuleType

import pytest

from support.paths import ROOT


def needs(*tools: str) -> pytest.MarkDecorator:
    """Skip where a program, `python:module`, `node:package` or `font:family` is missing.

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
    if kind == "font":
        return font_file(module) is not None
    return shutil.which(tool) is not None


def font_file(family: str, *, bold: bool = False) -> Path | None:
    """Where a font lies; None where fontconfig would put another in its place."""
    if shutil.which("fc-match") is None:
        return None
    pattern = f"{family}:weight={200 if bold else 80}"
    command = ["fc-match", "-f", "%{family[0]}\n%{file}", pattern]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    name, _, path = found.partition("\n")
    return Path(path) if name == family else None


def load_script(path: str) -> ModuleType:
    """A Python file of the checkout that is no part of the package, by its path from the top."""
    file = ROOT / path
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
