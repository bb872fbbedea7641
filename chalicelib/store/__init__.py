"""Postgres through Peewee: connection, tenant, models, migrations."""
