"""Half a minute of accidents in every run; `make soak` makes it ten."""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.conftest import CHROMIUM_ARGUMENTS, browser_path
from tests.journeys.conftest import Server
from tests.journeys.soak import SignIn, Soak

pytestmark = pytest.mark.browser


@pytest.fixture
def contexts(browser: Browser) -> Iterator[list[BrowserContext]]:
    """Two browsers that share nothing but the machine."""
    other = browser.browser_type.launch(executable_path=browser_path(), args=CHROMIUM_ARGUMENTS)
    found = [each.new_context(viewport={"width": 1280, "height": 900}, locale="id-ID") for each in (browser, other)]
    for context in found:
        context.set_default_timeout(20_000)
    yield found
    found[0].close()
    other.close()


def test_two_writers_lose_nothing_whatever_breaks(
    example: Server, contexts: list[BrowserContext], sign_in: SignIn
) -> None:
    seconds = float(os.environ.get("SOAK_SECONDS", "30"))
    seed = int(os.environ.get("SOAK_SEED", "7"))
    summary = Soak(example, contexts, sign_in, seed=seed).run(seconds)
    print(f"\nseed {seed}, {summary}")  # noqa: T201 - what make soak is for
    accidents = (summary.kills, summary.cuts, summary.closures, summary.expiries)
    assert min(accidents) >= (1 if seconds >= 30 else 0)
    assert summary.tokens > seconds
