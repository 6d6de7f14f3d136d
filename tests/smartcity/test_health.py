"""The health page: three parts, no details, no sign-in."""

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.db import OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db
HEALTHY = {"state": "ok", "database": True, "storage": True, "queue": True, "queue_age": None}


def test_healthy(client: Client) -> None:
    response = client.get("/kesehatan/")
    assert (response.status_code, response.json()) == (200, HEALTHY)


def test_people_get_a_page(client: Client) -> None:
    response = client.get("/kesehatan/", headers={"Accept": "text/html"})
    assert (response.status_code, "Layanan berjalan baik" in response.text) == (200, True)


def test_full_disk_is_degraded_and_still_200(client: Client, settings: Any, tmp_path: Path) -> None:
    blocked = tmp_path / "berkas"
    blocked.write_text("bukan folder")
    settings.MEDIA_ROOT = blocked
    response = client.get("/kesehatan/")
    assert (response.status_code, response.json()) == (200, {**HEALTHY, "state": "degraded", "storage": False})


def test_late_worker_is_degraded_with_its_age(client: Client) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES ('default', 't', '{}')")
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '10 minutes'")
    found = client.get("/kesehatan/").json()
    assert (found["state"], found["queue"], found["queue_age"] >= 600) == ("degraded", False, True)


def test_no_database_is_503_without_details(client: Client) -> None:
    with patch("smartcity.health.connection.cursor", side_effect=OperationalError("host=10.1.2.3 password=rahasia")):
        response = client.get("/kesehatan/")
        page = client.get("/kesehatan/", headers={"Accept": "text/html"})
    assert (response.status_code, page.status_code) == (503, 503)
    assert response.json() == {"state": "down", "database": False, "storage": True, "queue": False, "queue_age": None}
    assert "rahasia" not in response.text + page.text
