"""Builds what goes to Lambda: the code, and the layer of its dependencies, small and with bytecode.

    python -m dev.deploy.artifact [--stage prod] [--here]

Chalice reuses a zip that it finds at the path it computes for its own; this puts ours there. What Chalice
packs has no bytecode and all that the wheels hold, and where a wheel is missing it compiles one, against this
machine's libraries. The path of the code hangs on every file below `chalicelib`, caches included: run
`chalice deploy` on a clean copy (`copy_of_project`) and with `NO_BYTECODE_HERE`, or it looks elsewhere and
packs by itself.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import tempfile
from collections.abc import Mapping
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from sysconfig import get_platform
from typing import Any, NamedTuple

from dev.deploy import artifact_layer, artifact_zip
from dev.deploy.artifact_layer import HERE, Platform, here
from dev.postgres import CHECKOUT

LAMBDA_PYTHON = (3, 13)  # of every deployed stage: Chalice takes the Python that runs it
NO_BYTECODE_HERE: Mapping[str, str] = {"PYTHONDONTWRITEBYTECODE": "1"}
CODE_ON_LAMBDA = "/var/task"
LAYER_ON_LAMBDA = "/opt"
SHIPPED = ("app.py", "requirements.txt", "chalicelib", "vendor", ".chalice/config.json", ".chalice/policies")
NOT_SHIPPED = ("__pycache__", "*.py[co]", ".*")
BUILT_LAYERS = Path(".tiza/layers")
MEGABYTE = 1_000_000


class ArtifactError(Exception):
    """There is nothing that could be deployed; the message says what to do."""


class Artifact(NamedTuple):
    """The two zips, where Chalice looks for them. Sizes are in bytes."""

    code: Path
    layer: Path
    platform: Platform

    @property
    def zipped(self) -> int:
        """How much is uploaded."""
        return self.code.stat().st_size + self.layer.stat().st_size

    @property
    def unpacked(self) -> int:
        """How much Lambda unpacks; it takes 250 MB."""
        return artifact_zip.unpacked_bytes(self.code) + artifact_zip.unpacked_bytes(self.layer)


def build(stage: str, project: Path = CHECKOUT, platform: Platform | None = None) -> Artifact:
    """Build the artifact of `stage` from `project`, for `platform`; by default for Lambda, as configured.

    Raises `ArtifactError` where another Python runs this, as bytecode is of one version; `FetchError`
    where a package cannot be had, `BytecodeError` where a module does not compile.
    """
    config = _config(stage, project)
    if not config.automatic_layer:
        raise ArtifactError("The dependencies go into Chalice's layer: set automatic_layer in config.json.")
    platform = platform or Platform(LAMBDA_PYTHON, config.lambda_architecture)
    running = here().version
    if platform.version != running:
        raise ArtifactError(
            f"Lambda runs Python {platform.version}, and this is {running}: bytecode is of one version. "
            f"Build the environment anew with it: make clean, then make ... PYTHON=python{platform.version}"
        )
    code, layer = _paths_of_chalice(config, project, platform)
    _build_code(project, code)
    _build_layer(project, layer, platform)
    return Artifact(code, layer, platform)


def copy_of_project(project: Path, folder: Path) -> Path:
    """Copy what Chalice needs of `project` into `folder`, which is made: no caches, no deployed state."""
    for name in SHIPPED:
        source, copy = project / name, folder / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, copy, ignore=shutil.ignore_patterns(*NOT_SHIPPED))
        elif source.exists():
            shutil.copy(source, copy)
    return folder


def _config(stage: str, project: Path) -> Any:
    """Chalice's view of the stage. The app itself is not loaded."""
    from chalice.cli.factory import CLIFactory

    return CLIFactory(str(project)).create_config_obj(stage)


def _paths_of_chalice(config: Any, project: Path, platform: Platform) -> tuple[Path, Path]:
    """Where Chalice's packagers look for the code and for the layer, as `chalice deploy` makes them."""
    from chalice.deploy.packager import AppOnlyDeploymentPackager, DependencyBuilder, LayerDeploymentPackager
    from chalice.utils import UI, OSUtils

    tools = (OSUtils(), DependencyBuilder(OSUtils()), UI(), config.lambda_architecture)
    return (
        Path(AppOnlyDeploymentPackager(*tools).deployment_package_filename(str(project), platform.runtime)),
        Path(LayerDeploymentPackager(*tools).deployment_package_filename(str(project), platform.runtime)),
    )


def _build_code(project: Path, path: Path) -> None:
    """The project's own code, and of Chalice the two files that run on Lambda."""
    import chalice.app

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copy(project / "app.py", folder)
        if (project / "chalicelib").is_dir():
            ignored = shutil.ignore_patterns(*NOT_SHIPPED)
            shutil.copytree(project / "chalicelib", folder / "chalicelib", ignore=ignored)
        (folder / "chalice").mkdir()
        for module in (chalice, chalice.app):
            shutil.copy(str(module.__file__), folder / "chalice")
        artifact_zip.add_bytecode(folder, CODE_ON_LAMBDA)
        artifact_zip.write(path, folder)


def _build_layer(project: Path, path: Path, platform: Platform) -> None:
    """The dependencies. Fetched and pruned once for the same requirements, rules and Python; then copied."""
    prefix = f"python/lib/{platform.runtime}/site-packages/"
    built = CHECKOUT / BUILT_LAYERS / f"{_recipe(project, platform)}.zip"
    if not built.exists():
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place, "site-packages")
            artifact_layer.fetch(project / "requirements.txt", folder, platform)
            artifact_layer.prune(folder)
            artifact_layer.add_vendored(project / "vendor", folder)
            artifact_zip.add_bytecode(folder, f"{LAYER_ON_LAMBDA}/{prefix.rstrip('/')}")
            artifact_zip.write(built, folder, prefix)
    artifact_zip.copy(built, path)


def _recipe(project: Path, platform: Platform) -> str:
    """A name for all that a layer is made from: requirements, vendored files, rules, Python, machine."""
    vendored = (path for path in (project / "vendor").rglob("*") if path.is_file())
    rules = (Path(artifact_layer.__file__), Path(artifact_zip.__file__))
    digest = hashlib.sha256(MAGIC_NUMBER + repr((platform, get_platform())).encode())
    for file in (project / "requirements.txt", *rules, *sorted(vendored)):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:32]


def main() -> None:
    """Build one and say how large it is."""
    parser = argparse.ArgumentParser(prog="python -m dev.deploy.artifact", description=main.__doc__)
    parser.add_argument("--stage", default="prod")
    parser.add_argument("--here", action="store_true", help="for this Python and machine, to try it out")
    wanted = parser.parse_args()
    try:
        made = build(wanted.stage, platform=here() if wanted.here else None)
    except (ArtifactError, artifact_layer.FetchError, artifact_zip.BytecodeError) as error:
        raise SystemExit(str(error)) from None
    place = "this machine" if made.platform.architecture == HERE else made.platform.architecture
    print(f"For Python {made.platform.version} on {place}:")
    for path in (made.code, made.layer):
        unpacked = artifact_zip.unpacked_bytes(path) / MEGABYTE
        print(f"  {path.name}: {path.stat().st_size / MEGABYTE:.1f} MB, unpacked {unpacked:.1f} MB")


if __name__ == "__main__":
    main()
