"""`make bench-grid`: the table of 300 programmes on the server and in Chromium, and the saving of one cell; medians."""

import json
import statistics
import time

from plant import PLAN, grow_programmes, load_now, measure, people_with_sessions, prepared, running_web

PROGRAMMES = 300
OPENINGS = 9
TYPED = 30
ADDRESS = f"/rencana/{PLAN}/tabel/program/"
USABLE = "() => performance.getEntriesByName('grid-ready')[0]?.startTime ?? null"


def measure_server() -> None:
    from django.test import Client  # noqa: PLC0415

    from masterplan.models import Programme  # noqa: PLC0415
    from smartcity.accounts.models import User  # noqa: PLC0415

    pk = Programme.objects.filter(plan__code=PLAN, budgets=None).values_list("pk", flat=True)[0]
    client = Client()
    client.force_login(User.objects.get(email="koordinator.banjar@contoh.example"))
    size = len(client.get(ADDRESS).content)
    print(f"{'page, 300 programmes':<30} {measure(lambda: client.get(ADDRESS))}   {size // 1024} KB")
    print(f"{'totals':<30} {measure(lambda: client.get(f'{ADDRESS}jumlah/'))}")
    version = 1

    def save() -> None:
        nonlocal version
        body = json.dumps({"version": version, "field": "budget_2027", "value": f"{version} jt"})
        answer = client.post(f"{ADDRESS}{pk}/sel/", body, content_type="application/json")
        assert answer.status_code == 200, answer.content
        version = answer.json()["version"]

    print(f"{'save of one cell':<30} {measure(save)}")


def measure_browser() -> None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    from tests.conftest import CHROMIUM_ARGUMENTS, browser_path  # noqa: PLC0415

    [session] = people_with_sessions(1)
    with running_web() as web, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path(), args=CHROMIUM_ARGUMENTS)
        context = browser.new_context(viewport={"width": 1440, "height": 1000})
        context.add_cookies([{"name": "sessionid", "value": session, "url": web.url}])
        page = context.new_page()
        ready, frames = [], []
        for _ in range(OPENINGS):
            page.goto(f"{web.url}{ADDRESS}")
            page.wait_for_selector("html[data-grid=ready]")
            ready.append(page.evaluate(USABLE))
        page.locator("#tabel-baris tbody tr").nth(4).locator("> *").nth(7).click()
        for _ in range(TYPED):
            begin = time.perf_counter()
            page.keyboard.press("ArrowDown")
            page.evaluate("() => new Promise(requestAnimationFrame)")
            frames.append((time.perf_counter() - begin) * 1000)
        browser.close()
    print(f"{'first usable in Chromium':<30} median {statistics.median(ready):6.1f} ms   worst {max(ready):6.1f} ms")
    print(f"{'arrow key to next frame':<30} median {statistics.median(frames):6.1f} ms   worst {max(frames):6.1f} ms")


def main() -> None:
    with prepared(HASHED_STATIC="1"):
        print(load_now())
        grow_programmes(PROGRAMMES)
        measure_server()
        measure_browser()


if __name__ == "__main__":
    main()
