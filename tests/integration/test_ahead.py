"""A database that is ahead of the code: refused, unless it says that the code still works with it."""

from __future__ import annotations

from pathlib import Path

import psycopg2
import pytest

from chalicelib.store import migrate, schema_version

NEW = """
COMPATIBLE_WITH = {mark!r}

def up(migrator, db):
    db.execute_sql("CREATE TABLE later (id int)")
"""


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of migrations to which a newer version may add; the code brings what is in there."""
    for path in schema_version.MIGRATIONS.glob("[0-9]*.py"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(migrate, "MIGRATIONS", tmp_path)
    monkeypatch.setattr(schema_version, "MIGRATIONS", tmp_path)
    return tmp_path


def _go_ahead(database: str, folder: Path, mark: str | None) -> None:
    """Deploy a newer version's migration, then come back as the version before."""
    path = folder / "9999_later.py"
    path.write_text(NEW.format(mark=mark), encoding="utf-8")
    assert migrate.upgrade(database, refuse_ahead=True) == ["9999_later"]
    path.unlink()


def test_an_unmarked_migration_stops_the_version_before(database: str, newer: Path) -> None:
    _go_ahead(database, newer, None)
    with pytest.raises(migrate.AheadError, match="9999_later"):
        migrate.upgrade(database, refuse_ahead=True)
    assert migrate.upgrade(database) == []


def test_a_marked_one_lets_the_version_before_come_back(database: str, newer: Path) -> None:
    _go_ahead(database, newer, schema_version.known()[-1])
    assert migrate.upgrade(database, refuse_ahead=True) == []


def test_a_version_older_than_the_mark_is_stopped(database: str, newer: Path) -> None:
    newest = schema_version.known()[-1]
    _go_ahead(database, newer, newest)
    (newer / f"{newest}.py").unlink()
    with pytest.raises(migrate.AheadError, match="9999_later"):
        migrate.upgrade(database, refuse_ahead=True)


def test_a_mark_that_was_lost_is_written_again(database: str, newer: Path) -> None:
    path = newer / "9999_later.py"
    path.write_text(NEW.format(mark="0010_operations"), encoding="utf-8")
    migrate.upgrade(database)
    with psycopg2.connect(database) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE schema_migration SET compatible_with = NULL")
    connection.close()
    migrate.upgrade(database)
    path.unlink()
    assert migrate.upgrade(database, refuse_ahead=True) == []


def test_every_mark_names_an_earlier_migration() -> None:
    from playhouse.migrations import Migration

    earlier: set[str] = set()
    for migration in Migration.load_directory(str(schema_version.MIGRATIONS)):
        mark = getattr(migration.load(), migrate.MARK, None)
        assert mark is None or mark in earlier, migration.name
        earlier.add(migration.name)
