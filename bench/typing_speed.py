"""`make bench-typing`: how soon a section can be written on a slow machine and line, and what a key costs in a long one.

Opening: Chromium at 200 KB/s, 150 ms round trip, processor four times slower, static files hashed and compressed as in
production; from the click in another page until the first key appears. The limit holds for the first section in a browser:
its other files came with the pages before (at least with the sign-in), the editor is new. For comparison with every file
fetched anew, as after a forced reload, and for the second section. Typing: a section of about 50 pages, full speed.
"""

import gzip
import statistics
import sys
from typing import Any

from plant import PLAN, ROOT, Web, load_now, people_with_sessions, prepared, running_web
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

SECTION = f"/rencana/{PLAN}/naskah/B1.1.2/"
LONG = f"/rencana/{PLAN}/naskah/B1.1.1/"
OTHER = f"/rencana/{PLAN}/naskah/B1.1.3/"
LIST = f"/rencana/{PLAN}/"
OPENINGS, KEYS = 5, 200
OPEN_LIMIT_MS, KEY_LIMIT_MS, BUNDLE_LIMIT_KB = 2000, 16, 170
NETWORK = {"offline": False, "downloadThroughput": 200_000, "uploadThroughput": 200_000, "latency": 150}
# Runs before the page's own scripts: when the editor takes the first key, and how long each key takes until the next frame.
WATCH = """
  window.__ready = new Promise((resolve) => {
    const look = () => {
      if (window.__editor?.ready && window.__editor.editor.isEditable) resolve(performance.now())
      else setTimeout(look, 5)
    }
    look()
  })
  window.__keys = []
  window.__work = []
  addEventListener('keydown', () => {
    const begin = performance.now()
    requestAnimationFrame(() => { const done = new MessageChannel(); done.port1.onmessage = () => window.__keys.push(performance.now() - begin); done.port2.postMessage(0) })
  }, true)
"""


def figures(times: list[float]) -> str:
    p95 = statistics.quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return f"median {statistics.median(times):7.1f}  p95 {p95:7.1f}  max {max(times):7.1f} ms"


def signed_in(browser: Browser, web: Web, session: str) -> BrowserContext:
    context = browser.new_context(viewport={"width": 1440, "height": 1000}, locale="id-ID")
    context.add_cookies([{"name": "sessionid", "value": session, "url": web.url}])
    context.add_init_script(WATCH)
    return context


def throttled(page: Page, *, with_cache: bool) -> None:
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": not with_cache})
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def open_once(
    browser: Browser, web: Web, session: str, *, begin: str, with_cache: bool
) -> tuple[float, list[dict[str, Any]]]:
    context = signed_in(browser, web, session)
    page = context.new_page()
    page.goto(web.url + begin, wait_until="networkidle")
    throttled(page, with_cache=with_cache)
    page.locator(f'a[href="{SECTION}"]').first.dispatch_event("click")  # it may stand in a folded chapter
    page.wait_for_url(f"**{SECTION}", wait_until="commit")
    ready = page.evaluate("() => window.__ready")
    entries = page.evaluate(
        """() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].map(
          (e) => ({ name: e.name.split('/').slice(3).join('/'), start: e.startTime, end: e.responseEnd, size: e.transferSize }))"""
    )
    context.close()
    return ready, entries


def measure_opening(browser: Browser, web: Web, session: str) -> float:
    def measured(name: str, begin: str, *, with_cache: bool) -> tuple[float, list[dict[str, Any]]]:
        opened = [open_once(browser, web, session, begin=begin, with_cache=with_cache) for _ in range(OPENINGS)]
        times = [ready for ready, _ in opened]
        print(f"  {name:<28}{figures(times)}")
        return statistics.median(times), opened[-1][1]

    print(f"\nopen until editable, 200 KB/s, 150 ms, CPU/4 ({load_now()})")
    first, entries = measured("first section in a browser", LIST, with_cache=True)
    measured("every file anew", LIST, with_cache=False)
    measured("second section", OTHER, with_cache=True)
    fetched = sorted((entry for entry in entries if entry["size"]), key=lambda entry: entry["start"])
    print(f"  first: {len(fetched)} requests, {sum(e['size'] for e in fetched) / 1000:.0f} kB over the line:")
    for entry in fetched:
        print(
            f"    {entry['start']:6.0f} to {entry['end']:6.0f} ms {entry['size'] / 1000:7.1f} kB  {entry['name'][:70]}"
        )
    return first


def measure_typing(browser: Browser, web: Web, session: str) -> float:
    page = signed_in(browser, web, session).new_page()
    page.goto(web.url + LONG)
    page.evaluate("() => window.__ready")
    size = page.evaluate("() => window.__editor.editor.state.doc.textContent.length")
    medians = []
    for place in ("start", "end"):
        page.evaluate("(place) => { const e = window.__editor.editor; e.commands.focus(place); e.view.focus() }", place)
        page.wait_for_timeout(1000)
        page.evaluate("() => { window.__keys = [] }")
        for number in range(KEYS):
            page.keyboard.type("kata "[number % 5])
            page.wait_for_timeout(20)
        frames = page.evaluate("() => window.__keys")
        work = page.evaluate(
            """() => {
              const { editor } = window.__editor, times = []
              for (let n = 0; n < 50; n += 1) {
                const begin = performance.now()
                editor.view.dispatch(editor.state.tr.insertText('x'))
                times.push(performance.now() - begin)
              }
              return times
            }"""
        )
        print(f"  at the {place:<5}  key to frame {figures(frames)}")
        print(f"                transaction  {figures(work)}")
        medians.append(statistics.median(work))
        page.wait_for_timeout(3000)
    print(f"  {size} letters, about {size / 2000:.0f} pages ({load_now()})")
    return max(medians)


def write_long_section() -> None:
    """Fifty pages as an office writes them: paragraphs, lists, a table on every second page."""
    from masterplan import prose  # noqa: PLC0415 - needs Django
    from masterplan.domain.section import replace_text  # noqa: PLC0415
    from masterplan.models import Section  # noqa: PLC0415

    words = "Pemerintah daerah menyusun layanan yang terpadu bagi warga dan dunia usaha di setiap kecamatan. "
    page = f"<h3>Layanan</h3>{f'<p>{words * 4}</p>' * 4}<ul><li>{words}</li><li>{words}</li></ul>"
    row = "<tr>" + "<td>1.250</td>" * 4 + "</tr>"
    with_table = f'{page}<p class="table-caption">Capaian</p><table>{row * 6}</table>'
    section = Section.objects.get(plan__code=PLAN, outline_section__code="B1.1.1")
    replace_text(section, doc=prose.parse_html((page + with_table) * 25), by=None)


def main() -> None:
    files = [(ROOT / "static" / "editor" / name).read_bytes() for name in ("editor.js", "paste.js")]
    size = sum(len(gzip.compress(file)) for file in files) / 1024
    print(f"bundle {size:.0f} KB gzip of {BUNDLE_LIMIT_KB}")
    with prepared(HASHED_STATIC="1"):
        [session] = people_with_sessions(1)
        write_long_section()
        from tests.conftest import browser_path  # noqa: PLC0415 - needs Django

        with running_web() as web, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=browser_path(), args=["--no-sandbox"])
            opened = measure_opening(browser, web, session)
            print("\ntyping in a section of fifty pages")
            key = measure_typing(browser, web, session)
            browser.close()
    print(
        f"\nopen {opened:.0f} ms of {OPEN_LIMIT_MS}, a key {key:.1f} ms of {KEY_LIMIT_MS}, bundle {size:.0f} KB of {BUNDLE_LIMIT_KB}"
    )
    if opened > OPEN_LIMIT_MS or key > KEY_LIMIT_MS or size > BUNDLE_LIMIT_KB:
        sys.exit(1)


if __name__ == "__main__":
    main()
