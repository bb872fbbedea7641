"""Bytecode and zips that come out the same, byte for byte, whenever the same files go in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip can hold
UNIX = 3
MODE, MODE_OF_LIBRARIES = 0o100644, 0o100755
LEVEL = 9


class BytecodeError(Exception):
    """A module could not be compiled; the message is the compiler's."""


def add_bytecode(folder: Path, path_on_lambda: str) -> None:
    """Compile every module in `folder` by this Python, with unchecked hashes (PEP 552).

    Lambda's code folder is read-only and its files' times are none of ours, so that other bytecode would be
    made anew at each cold start, or be checked against its source. `path_on_lambda` is where `folder` will
    be; tracebacks name it. A process of its own with a fixed seed: what a compiler writes depends on what
    its process has seen before.
    """
    compiler = [sys.executable, "-W", "ignore", "-m", "compileall", "-q", "-f"]
    paths = ["-s", str(folder), "-p", path_on_lambda, str(folder)]
    done = subprocess.run(
        [*compiler, "--invalidation-mode", "unchecked-hash", *paths],
        env={**os.environ, "PYTHONHASHSEED": "0"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BytecodeError(f"Not every module compiles:\n{done.stdout}{done.stderr}")


def write(path: Path, folder: Path, prefix: str = "") -> None:
    """Make `path` a zip of all files in `folder`, each below `prefix`: sorted, without times and owners."""
    with (
        in_one_step(path) as unfinished,
        ZipFile(unfinished, "w", ZIP_DEFLATED, compresslevel=LEVEL) as out,
    ):
        for file in sorted(each for each in folder.rglob("*") if each.is_file()):
            entry = ZipInfo(prefix + file.relative_to(folder).as_posix(), EARLIEST)
            entry.create_system = UNIX
            entry.external_attr = (MODE_OF_LIBRARIES if ".so" in file.suffixes else MODE) << 16
            entry.compress_type = ZIP_DEFLATED
            out.writestr(entry, file.read_bytes(), compresslevel=LEVEL)


def copy(source: Path, path: Path) -> None:
    """Make `path` a copy of `source`."""
    with in_one_step(path) as unfinished:
        shutil.copyfile(source, unfinished)


@contextmanager
def in_one_step(path: Path) -> Iterator[Path]:
    """A path to write to, whose file then takes the place of `path`.

    So an interrupted build leaves no half a file behind, and builds at the same time do not mix.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{uuid4().hex}.new")
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def unpacked_bytes(path: Path) -> int:
    """How large the files in a zip are once they are unpacked."""
    with ZipFile(path) as archive:
        return sum(entry.file_size for entry in archive.infolist())
