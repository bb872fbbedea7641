"""The arrows of `docs/architecture.md`: read from the imports of the code, late ones included."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

FOUNDATION = {"settings", "errors", "schemas", "observe", "caller", "ids", "queues", "message", "deadline"}
BELOW_EDGE_AND_SERVICES = {"store", "aws", "llm", "tokens", "locales"} | FOUNDATION

# What a part may import of Tiza, beside itself. A part is a package or module directly in `chalicelib`.
ALLOWED = {
    "app": {"edge", "services", "diagnosis", "learning", "drawing"} | BELOW_EDGE_AND_SERVICES,
    "edge": BELOW_EDGE_AND_SERVICES,
    "services": {"diagnosis", "learning", "drawing"} | BELOW_EDGE_AND_SERVICES,
    "store": FOUNDATION,
    "aws": FOUNDATION,
    "llm": {"aws"} | FOUNDATION,  # Bedrock is reached as the other services of AWS are
    "tokens": FOUNDATION,
    # A value of the form `ssm:/path` is fetched from Parameter Store; `llm` knows what its own settings mean.
    "settings": {"aws", "llm", "observe"},
    "errors": set(),
    "schemas": FOUNDATION,
    "observe": set(),
    "caller": set(),
    "queues": set(),
    "message": set(),
    "deadline": set(),
    "diagnosis": set(),
    "learning": set(),
    "drawing": set(),
}
CHALICE = {"app", "edge"}
OUTSIDE = {"boto3", "botocore", "http", "peewee", "playhouse", "psycopg2", "socket", "subprocess", "urllib"}
MOST_LINES = 310


def modules() -> dict[str, Path]:
    """Every module that ships, by its dotted name."""
    paths = [ROOT / "app.py", *sorted((ROOT / "chalicelib").rglob("*.py"))]
    names = {}
    for path in paths:
        parts = path.relative_to(ROOT).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return names


MODULES = modules()


class Imports(ast.NodeVisitor):
    """Collects what a module imports when it runs, at its top or later; not what a type checker reads."""

    def __init__(self, package: list[str]) -> None:
        self._package = package
        self.found: set[str] = set()

    def visit_Import(self, node: ast.Import) -> None:
        self.found |= {alias.name for alias in node.names}

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        above = self._package[: len(self._package) + 1 - node.level] if node.level else []
        module = ".".join([*above, *([node.module] if node.module else [])])
        for alias in node.names:
            whole = f"{module}.{alias.name}"
            self.found.add(whole if whole in MODULES else module)

    def visit_If(self, node: ast.If) -> None:
        if ast.unparse(node.test) != "TYPE_CHECKING":
            self.generic_visit(node)


@cache
def imports(name: str) -> frozenset[str]:
    path = MODULES[name]
    visitor = Imports(list(path.relative_to(ROOT).parent.parts))
    visitor.visit(ast.parse(path.read_text()))
    return frozenset(visitor.found)


def part(name: str) -> str:
    """The part of Tiza that a module belongs to; empty for what is not Tiza's."""
    head, *rest = name.split(".")
    if head == "app":
        return "app"
    return rest[0] if head == "chalicelib" and rest else ""


def offenders(of: Callable[[str], set[str]]) -> dict[str, set[str]]:
    """Every module with what `of` finds wrong in it."""
    return {name: wrong for name in MODULES if (wrong := of(name))}


def test_arrows_point_down() -> None:
    def wrong(name: str) -> set[str]:
        own = part(name)
        return {found for found in imports(name) if own and part(found) not in ALLOWED[own] | {own, ""}}

    assert {part(name) for name in MODULES} - {""} <= ALLOWED.keys(), (
        "say in ALLOWED what a new part may import"
    )
    assert offenders(wrong) == {}


def test_what_ships_imports_nothing_of_the_developers_machine() -> None:
    assert offenders(lambda name: {i for i in imports(name) if i.split(".")[0] in ("dev", "tests")}) == {}


def test_only_the_surface_and_the_edge_know_chalice() -> None:
    def wrong(name: str) -> set[str]:
        return {i for i in imports(name) if i.split(".")[0] == "chalice" and part(name) not in CHALICE}

    assert offenders(wrong) == {}


def test_the_workshop_has_no_input_or_output() -> None:
    def wrong(name: str) -> set[str]:
        is_workshop = part(name) in ("diagnosis", "learning", "drawing")
        return {i for i in imports(name) if is_workshop and i.split(".")[0] in OUTSIDE}

    assert offenders(wrong) == {}


def test_there_are_no_circles() -> None:
    done: set[str] = set()

    def follow(name: str, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        if name in path:
            yield (*path[path.index(name) :], name)
        elif name not in done:
            for found in sorted(imports(name) & MODULES.keys()):
                yield from follow(found, (*path, name))
            done.add(name)

    assert [circle for name in MODULES for circle in follow(name, ())] == []


def test_a_long_module_is_two_modules() -> None:
    # `app.py` is a table of contents, a migration is told in one go.
    free = ("app", "chalicelib.store.migrations")
    lengths = {n: len(p.read_text().splitlines()) for n, p in MODULES.items() if not n.startswith(free)}
    assert {name: lines for name, lines in lengths.items() if lines > MOST_LINES} == {}
