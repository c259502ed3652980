"""What a stranger installs: the same bytes each time, nothing too much, and it runs anywhere."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from email.parser import HeaderParser
from pathlib import Path
from typing import Any

import pytest

from bclm_cli import __version__
from support.tools import needs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
NAME = f"bclm_cli-{__version__}"
HATCHLING = needs("python:hatchling")
PIP = needs("python:editables", "python:hatchling", "python:pip")
STRAYS = (
    "notes.txt",
    "build/lib/bclm_cli/old.py",
    "data/.references.yaml.swp",
    "data/steps.yaml~",
    "src/bclm_cli/__pycache__/model.cpython-311.pyc",
    "src/bclm_cli/model.py.orig",
)
STEPS = ["intravasation", "circulation", "margination", "extravasation", "colonization"]


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder that every user can read, with a space and letters beyond ASCII in its name."""
    with tempfile.TemporaryDirectory(prefix="bclm Übung λ ") as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture(scope="module")
def sdist(place: Path) -> Path:
    return _build("sdist", _checkout(place / "check out"), place / "dist")


@pytest.fixture(scope="module")
def wheel(place: Path, sdist: Path) -> Path:
    """The wheel made from the sdist, as a registry's would be."""
    safely = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}  # from Python 3.11.4 on
    with tarfile.open(sdist) as archive:
        archive.extractall(place / "unpacked", **safely)
    return _build("wheel", place / "unpacked" / NAME, place / "dist")


@pytest.fixture(scope="module")
def installed(place: Path, wheel: Path) -> Path:
    """The wheel in a virtual environment that sees the dependencies of this one."""
    return _environment(place / "user", str(wheel))


@HATCHLING
@pytest.mark.parametrize(
    ("kind", "date"), [("sdist", {"SOURCE_DATE_EPOCH": "1000000000"}), ("wheel", {})]
)
def test_a_build_repeated_elsewhere_gives_the_same_bytes(
    kind: str, date: dict[str, str], tmp_path: Path
) -> None:
    one = _build(kind, _checkout(tmp_path / "one"), tmp_path / "1", **date)
    other = _checkout(tmp_path / "two")
    for path in other.rglob("*"):
        os.utime(path, (1, 1))
        path.chmod(0o700 if path.stat().st_mode & 0o100 else 0o600)
    elsewhere = {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "1", "LC_ALL": "C"}
    two = _build(kind, other, tmp_path / "2", **elsewhere, **date)
    assert _digest(one) == _digest(two)


@HATCHLING
def test_the_sdist_holds_the_project_and_nothing_else(sdist: Path) -> None:
    with tarfile.open(sdist) as archive:
        names = {member.name for member in archive.getmembers()}
    assert names == {f"{NAME}/{name}" for name in [*_tracked(), "PKG-INFO"]}


@HATCHLING
def test_the_wheel_holds_program_data_manual_and_licenses(wheel: Path) -> None:
    program = {n.removeprefix("src/") for n in _tracked() if n.startswith("src/bclm_cli/")}
    data = {f"bclm_cli/{name}" for name in _tracked() if name.startswith("data/")}
    beside = {
        f"{NAME}.data/data/share/man/man1/bclm.1",
        *(f"{NAME}.dist-info/{name}" for name in ("METADATA", "RECORD", "WHEEL")),
        f"{NAME}.dist-info/entry_points.txt",
        f"{NAME}.dist-info/licenses/LICENSE",
        f"{NAME}.dist-info/licenses/LICENSE-DATA",
    }
    with zipfile.ZipFile(wheel) as archive:
        assert set(archive.namelist()) == program | data | beside
    assert {"bclm_cli/py.typed", "bclm_cli/data/steps.yaml"} <= program | data


@HATCHLING
def test_the_metadata_say_what_the_project_says(wheel: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    with zipfile.ZipFile(wheel) as archive:
        reported = HeaderParser().parsestr(archive.read(f"{NAME}.dist-info/METADATA").decode())
    assert reported["Name"] == "bclm-cli"
    assert reported["Version"] == __version__
    assert reported["License-Expression"] == "MIT AND CC-BY-4.0 AND CC-BY-SA-3.0"
    assert reported.get_all("License-File") == ["LICENSE", "LICENSE-DATA"]
    assert reported["Requires-Python"] == ">=3.11"
    assert reported.get_all("Classifier") == sorted(project["classifiers"])
    assert reported.get_payload() == (ROOT / "README.md").read_text(encoding="utf-8")


def test_one_version_stands_everywhere() -> None:
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert re.findall(r"^version: (.*)$", citation, re.M) == [__version__]


@PIP
def test_installed_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    assert _steps([installed / "bin" / "bclm"], tmp_path) == STEPS
    assert _steps([installed / "bin" / "python", "-m", "bclm_cli"], tmp_path) == STEPS
    assert (installed / "share" / "man" / "man1" / "bclm.1").is_file()


@PIP
def test_installed_from_the_source_archive(place: Path, sdist: Path, tmp_path: Path) -> None:
    user = _environment(place / "from sdist", str(sdist))
    assert _steps([user / "bin" / "bclm"], tmp_path) == STEPS


@PIP
def test_installed_to_be_edited(place: Path, tmp_path: Path) -> None:
    checkout = _checkout(place / "edited")
    user = _environment(place / "developer", "--editable", str(checkout))
    assert _steps([user / "bin" / "bclm"], tmp_path) == STEPS
    steps = checkout / "data" / "steps.yaml"
    steps.write_text(steps.read_text("utf-8").replace("id: margination", "id: landing"), "utf-8")
    assert _steps([user / "bin" / "bclm"], tmp_path)[2] == "landing"


@HATCHLING
@pytest.mark.parametrize("cache", ["cache", "/dev/null/none"])
def test_run_from_the_wheel_as_it_is(wheel: Path, tmp_path: Path, cache: str) -> None:
    program = [sys.executable, "-m", "bclm_cli"]
    environment = {"PYTHONPATH": str(wheel), "XDG_CACHE_HOME": str(tmp_path / cache)}
    environment["TMPDIR"] = str(tmp_path)
    for _ in range(2):
        assert _steps(program, tmp_path, **environment) == STEPS
    assert [entry.name for entry in tmp_path.rglob("steps.yaml")] == (
        ["steps.yaml"] if cache == "cache" else []
    )


@PIP
@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"LANG": "C", "LC_ALL": "C"}, id="LANG=C"),
        pytest.param(
            {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}, id="ascii"
        ),
        pytest.param({"HOME": "", "XDG_CACHE_HOME": ""}, id="no home"),
        pytest.param({"HOME": "/nonexistent", "XDG_CACHE_HOME": ""}, id="home that is not there"),
        pytest.param({"HOME": "/dev/null", "XDG_CACHE_HOME": ""}, id="home that is no folder"),
        pytest.param({"PYTHONOPTIMIZE": "2"}, id="without docstrings"),
        pytest.param({"PYTHONDONTWRITEBYTECODE": "1", "PYTHONDEVMODE": "1"}, id="development mode"),
    ],
)
def test_runs_in_a_poor_environment(
    installed: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    assert _steps([installed / "bin" / "bclm"], tmp_path, **environment) == STEPS


@PIP
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be another"
)
def test_runs_as_another_user(installed: Path, place: Path) -> None:
    nobody: dict[str, Any] = {"user": 65534, "group": 65534, "extra_groups": ()}
    try:
        packages = [installed / "bin" / "python", "-c", "import typer"]
        subprocess.run(packages, capture_output=True, check=True, **nobody)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("another user cannot read this Python or its packages")
    assert _steps([installed / "bin" / "bclm"], place, nobody, HOME="/nonexistent") == STEPS


def _tracked() -> list[str]:
    """The files that belong to the project: those that git knows or would take."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is no checkout, or git is missing")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode()
    return sorted(name for name in names.split("\0") if name and (ROOT / name).is_file())


def _checkout(folder: Path) -> Path:
    """A copy of the project, with what lies about in a folder where people work."""
    for name in _tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    for name in STRAYS:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("stray")
    return folder


def _build(kind: str, project: Path, folder: Path, **environment: str) -> Path:
    build = [sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", str(folder)]
    subprocess.run(build, cwd=project, env=_clean(environment), capture_output=True, check=True)
    (made,) = folder.glob("*.whl" if kind == "wheel" else "*.tar.gz")
    return made


def _environment(folder: Path, *what: str) -> Path:
    """A virtual environment with nothing of its own but `what`."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    packages = folder / Path(sysconfig.get_path("purelib")).relative_to(sys.prefix)
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    offline = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*pip, "install", *offline, *what], env=_clean({}), check=True)
    return folder


def _steps(
    program: list[str | Path], folder: Path, as_user: Mapping[str, Any] = {}, **environment: str
) -> list[str]:
    """The ids that `bclm steps` shows from another folder, with nothing on stderr."""
    done = subprocess.run(
        [*program, "steps", "--fields", "id", "-q"],
        cwd="/",
        env=_clean({"XDG_CACHE_HOME": str(folder / "cache")} | environment),
        capture_output=True,
        text=True,
        check=False,
        **as_user,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


def _clean(more: Mapping[str, str]) -> dict[str, str]:
    ours = ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "BCLM_DATA", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if name not in ours} | {**more}


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
