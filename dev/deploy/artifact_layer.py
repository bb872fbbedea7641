"""The dependencies as they go to Lambda: fetched as wheels, without what is not used there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

# glibc of Amazon Linux 2023, on which Lambda's Python 3.12 and newer run. pip takes a platform by its letter,
# so that every older version is named too.
OLDEST_GLIBC, LAMBDA_GLIBC = 17, 34
MACHINES = {"x86_64": "x86_64", "arm64": "aarch64"}  # by Lambda's name of the architecture
HERE = "here"  # instead of an architecture: whatever this machine runs

# What is left out. Patterns match the path below site-packages; `*` matches `/` too.
LEFT_OUT = (
    # for whoever develops, not for whoever runs
    "*.pyi", "*/py.typed", "*-stubs/*", "*.h", "*/__pycache__/*", "bin/*", "pwiz.py",
    # tests and docs
    "*/test/*", "*/tests/*", "*/test_utils.py", "*/docs/*", "*/examples/*", "*.md", "*.rst",
    # cffi's compiler; the bindings of argon2 and cryptography need `_cffi_backend` alone
    "cffi/*", "pycparser/*",
    # Powertools: of its utilities only the batches, and what these import
    "aws_lambda_powertools/event_handler/*", "aws_lambda_powertools/utilities/*",
    # Pillow: photos are JPEG, PNG and WebP; no AVIF, no text, no mathematics, no windows
    "PIL/_avif.*", "PIL/_imagingft.*", "PIL/_imagingmath.*", "PIL/_imagingmorph.*", "PIL/_imagingtk.*",
    # zoneinfo reads the compiled zones
    "tzdata/zoneinfo/*.tab", "tzdata/zoneinfo/tzdata.zi", "tzdata/zoneinfo/leapseconds",
    # Amazon Inspector finds packages with known faults by METADATA, nobody reads the rest
    "*.dist-info/*",
)  # fmt: skip
KEPT = (
    "aws_lambda_powertools/utilities/__init__.py",
    "aws_lambda_powertools/utilities/batch/*",
    "aws_lambda_powertools/utilities/data_classes/*",
    "aws_lambda_powertools/utilities/jmespath_utils/*",
    "*.dist-info/METADATA",
)


class FetchError(Exception):
    """The dependencies could not be had; the message is pip's."""


class Platform(NamedTuple):
    """Which Python, as (major, minor), and which architecture: a name of Lambda's, or `HERE`."""

    python: tuple[int, int]
    architecture: str

    @property
    def version(self) -> str:
        """The version of Python, as in `3.13`."""
        return f"{self.python[0]}.{self.python[1]}"

    @property
    def runtime(self) -> str:
        """Lambda's name of that Python."""
        return f"python{self.version}"

    @property
    def tags(self) -> tuple[str, ...]:
        """The platform tags of wheels that Lambda can run (PEP 600), none for this machine."""
        if self.architecture == HERE:
            return ()
        machine = MACHINES[self.architecture]
        tags = [f"manylinux_2_{minor}_{machine}" for minor in range(LAMBDA_GLIBC, OLDEST_GLIBC - 1, -1)]
        return (*tags, f"manylinux2014_{machine}")  # by this one pip knows the names before PEP 600


def here() -> Platform:
    """This very Python on this very machine: what is built for it can be run here."""
    return Platform((sys.version_info.major, sys.version_info.minor), HERE)


def fetch(requirements: Path, folder: Path, platform: Platform) -> None:
    """Put the packages of `requirements`, with all they need, into `folder`. Raises `FetchError`.

    Only wheels are taken: a package built here would be linked with this machine's libraries.
    """
    abi = f"cp{platform.python[0]}{platform.python[1]}"
    foreign = [word for tag in platform.tags for word in ("--platform", tag)]
    if foreign:
        foreign += ["--implementation", "cp", "--python-version", platform.version, "--abi", abi]
    command: list[str | Path] = [
        *(sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"),
        *("--root-user-action", "ignore", "--only-binary", ":all:", *foreign),
        *("--target", folder, "--requirement", requirements),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise FetchError(f"The dependencies could not be fetched:\n{done.stderr.strip()}")


def prune(folder: Path) -> None:
    """Delete from site-packages in `folder` what Tiza never uses on Lambda."""
    for path in list(_files(folder)):
        name = path.relative_to(folder).as_posix()
        if _matches(name, LEFT_OUT) and not _matches(name, KEPT):
            path.unlink()
    for metadata in folder.glob("*.dist-info/METADATA"):
        # What follows the fields is the package's page.
        fields, _, _ = metadata.read_text(encoding="utf-8").partition("\n\n")
        metadata.write_text(f"{fields}\n", encoding="utf-8")
    _drop_unused_libraries(folder)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir() and not any(path.iterdir()):
            path.rmdir()


def add_vendored(vendor: Path, folder: Path) -> None:
    """Copy what lies in `vendor/`, if it exists, beside the packages, as Chalice does."""
    if vendor.is_dir():
        shutil.copytree(vendor, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))


def _drop_unused_libraries(folder: Path) -> None:
    """Delete shared libraries that wheels brought along and that nothing kept is linked with.

    auditwheel puts them into `<package>.libs` and gives each a name of its own, by which the others ask.
    """
    libraries = {path.name: path for path in folder.glob("*.libs/*")}
    waiting = [path for path in _files(folder) if ".so" in path.suffixes and path.name not in libraries]
    needed: set[str] = set()
    while waiting:
        content = waiting.pop().read_bytes()
        found = {name for name in libraries.keys() - needed if b"\0" + name.encode() + b"\0" in content}
        needed |= found
        waiting += [libraries[name] for name in found]
    for name in libraries.keys() - needed:
        libraries[name].unlink()


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
