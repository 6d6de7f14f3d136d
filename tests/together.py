"""A database of its own for what several connections do at once."""

import os
import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection


@pytest.fixture
def own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A copy of the template in which everything is really committed, so that threads see each other."""
    name = f"together_{uuid.uuid4().hex[:12]}"
    maintenance = os.environ["DATABASE_URL"].replace("postgres://", "postgresql://")
    settings = connection.settings_dict  # the same for the connections of all threads
    usual = settings["NAME"]
    with psycopg.connect(maintenance, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE smartcity_template")
        with django_db_blocker.unblock():
            connection.close()
            settings["NAME"] = name
            try:
                yield
            finally:
                connection.close()
                settings["NAME"] = usual
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")
