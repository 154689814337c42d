"""Databases of a run beside those of pytest-django: by name, on the server of DATABASE_URL."""

import os

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo


def address(name: str) -> str:
    """DATABASE_URL with another database."""
    return make_conninfo(**{**conninfo_to_dict(os.environ["DATABASE_URL"]), "dbname": name})


def new_database(name: str, *, like: str = "template1") -> None:
    """An empty database, or a copy of one that nobody is connected to; one that had the name is gone."""
    drop_database(name)
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(made.format(sql.Identifier(name), sql.Identifier(like)))


def drop_database(name: str) -> None:
    with psycopg.connect(address("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
