"""AWS on this machine: moto behind HTTP, on a free port of 127.0.0.1, for as long as its user lives.

    with server.start() as local:
        stack.create("dev", local.endpoint)

It keeps everything in memory and starts empty. From the command line, for programs that must not import
this one:

    python -m dev.aws.server hold    start; prints one line of JSON; leaves when its input ends

Beside AWS's own protocols it answers under `/local/` what a test or a developer needs and AWS does not have:

    GET  /local/mails      every mail that SES took: its id and the request, oldest first
    GET  /local/messages   the bodies in one queue (`?queue=` its name), oldest first, those in flight too
    POST /local/empty      forget messages, objects and mails, keep the resources
    POST /local/down       let `?service=sqs&service=s3` answer 503 until told anew; without one, all do
    POST /local/visible    make the messages in flight visible now; `?queue=` for one queue
    POST /local/refuse     let `?call=POST /restapis/.*` fail until told anew; without one, none does
    GET  /local/code       the zip of a function or a layer, under the address that Lambda gave out
    GET  /local/calls      every call to AWS, oldest first; `?since=7` without the first seven
"""

from __future__ import annotations

import functools
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

from dev.aws import calls, moto_deployment, moto_functions, moto_mends

HOST = "127.0.0.1"
CHECKOUT = Path(__file__).resolve().parents[2]
LEAVE_SECONDS = 30.0


class ServerError(Exception):
    """The local AWS does not start; the message says why."""


class Server:
    """A running local AWS, for as long as this is not stopped and this process lives."""

    def __init__(self, process: subprocess.Popen[str], endpoint: str) -> None:
        self._process = process
        self.endpoint = endpoint

    def stop(self) -> None:
        """End it. May be called again."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait(LEAVE_SECONDS)

    def __enter__(self) -> Server:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def start() -> Server:
    """Start an empty local AWS in a process of its own. Raises `ServerError`."""
    process = subprocess.Popen(
        [sys.executable, "-m", "dev.aws.server", "hold"],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # a Ctrl-C in the terminal is for its user to act upon
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        if not line:
            raise ServerError("the local AWS ended without a word.")
        return Server(process, json.loads(line)["endpoint"])
    except BaseException:  # a Ctrl-C while it starts must not leave it behind either
        process.communicate()
        raise


def main(arguments: list[str]) -> int:
    """The command line; the exit code."""
    if arguments != ["hold"]:
        print((__doc__ or "").split("From the command line", 1)[-1], file=sys.stderr)
        return 2
    return hold()


def hold() -> int:
    """Serve until standard input ends or a signal comes."""
    for sign in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
        signal.signal(sign, lambda *_: _leave())
    # moto shall not find the settings of the user's own AWS, nor its own in another shape.
    for name in [name for name in os.environ if name.startswith(("AWS_", "MOTO_"))]:
        del os.environ[name]
    for name in ("werkzeug", "moto"):
        logging.getLogger(name).setLevel(logging.ERROR)
    warnings.simplefilter("ignore")  # what moto's CloudFormation leaves out, `gaps` finds and adds
    from moto.moto_server.werkzeug_app import (
        DomainDispatcherApplication,
        MotoRequestHandler,
        create_backend_app,
    )
    from werkzeug.serving import make_server

    application = DomainDispatcherApplication(create_backend_app)
    # moto looks through its own folders for every call.
    application.get_backend_for_host = functools.cache(application.get_backend_for_host)
    # Connections that stay open spare each call of boto3 a new one.
    handler = type("Handler", (MotoRequestHandler,), {"protocol_version": "HTTP/1.1"})
    warming = threading.Thread(target=_warm, args=(application,), daemon=True)
    paths = _with_local_paths(application, warming)
    serving = make_server(HOST, 0, paths, threaded=True, request_handler=handler)
    moto_mends.apply()
    moto_deployment.mend_at_first_use(application)
    threading.Thread(target=serving.serve_forever, daemon=True).start()
    warming.start()
    endpoint = f"http://{HOST}:{serving.server_port}"
    moto_functions.serve_at(endpoint)
    print(json.dumps({"endpoint": endpoint}), flush=True)
    sys.stdin.read()
    return _leave()


def _leave() -> int:
    """End the functions that run, and this: nothing is kept, and to tear down moto takes a second."""
    moto_functions.end()
    os._exit(0)


def _warm(application: Any) -> None:
    """Make what the first stack needs while its user is still busy with other things."""
    for service in ("cloudformation", "sts", "sqs", "sns", "cloudwatch", "s3", "ssm", "ses", "sesv2"):
        with application.lock:
            if service not in application.app_instances:
                application.app_instances[service] = application.create_app(service)


Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def _with_local_paths(application: Wsgi, warming: threading.Thread) -> Wsgi:
    """`application` (WSGI) with the paths under `/local/` before it."""

    def serve(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == "/moto-api/reset":
            warming.join()  # moto cannot forget what is just being made
        if not path.startswith("/local/"):
            calls.note(environ)
            if calls.service(environ) in moto_mends.down:
                return _unavailable(start_response)
            if moto_deployment.is_refused(environ["REQUEST_METHOD"], path):
                return _refused(start_response)
            return application(environ, start_response)
        if path == "/local/code":
            zipped = moto_functions.code(environ["QUERY_STRING"])
            start_response("200 OK", [("Content-Length", str(len(zipped)))])
            return [zipped]
        status, answer = moto_mends.local_call(environ["REQUEST_METHOD"], path, environ["QUERY_STRING"])
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return serve


def _refused(start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = b'{"__type": "BadRequestException", "message": "refused for a test"}'
    headers = [("Content-Length", str(len(body))), ("x-amzn-ErrorType", "BadRequestException")]
    start_response("400 Bad Request", headers)
    return [body]


def _unavailable(start_response: Callable[..., Any]) -> Iterable[bytes]:
    body = b'{"__type": "ServiceUnavailable", "message": "down for a test"}'
    start_response("503 Service Unavailable", [("Content-Length", str(len(body)))])
    return [body]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
