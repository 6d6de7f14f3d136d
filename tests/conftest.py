"""Fixtures for all tests. The database server comes from tests/plugin.py, the people from tests/people.py."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as property_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

pytest_plugins = ["tests.people", "tests.together"]

# On a busy machine examples come slowly; that is no fault of what is tested.
property_settings.register_profile("project", deadline=None, suppress_health_check=[HealthCheck.too_slow])
property_settings.load_profile("project")

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Long ones first, so that no worker waits for one at the end."""
    items.sort(key=lambda item: item.get_closest_marker("long") is None)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Start each worker's database as a copy of the migrated template."""
    from django.conf import settings  # noqa: PLC0415 - settings are ready only now

    settings.DATABASES["default"].setdefault("TEST", {})["TEMPLATE"] = "smartcity_template"


@pytest.fixture(autouse=True)
def own_media(settings: Any, tmp_path: Path) -> None:
    """Set parts are shared by all tests of a run, as by all plans of a server: their keys say everything that shapes them."""
    settings.MEDIA_ROOT = tmp_path / "media"


def browser_path() -> str:
    path = shutil.which("chromium-headless-shell") or shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        pytest.fail("Chromium tidak ada; jalankan make test.")
    return path


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread, the tests do not use it
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_ARGUMENTS)
        yield running
        running.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    fresh = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    fresh.set_default_navigation_timeout(60_000)  # a full machine; what a step waits for has limits of its own
    fresh.set_default_timeout(30_000)
    yield fresh
    fresh.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()
