"""The style sheets and scripts of every page: single files while one works on them, one of each in production.

On a slow line twenty small files cost twenty round trips before anything can be written.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import Any

from django.contrib.staticfiles import finders
from whitenoise.storage import CompressedManifestStaticFilesStorage

STYLESHEETS = (
    "vendor/bootstrap/bootstrap.min.css", "css/fonts.css", "css/colours.css", "css/tokens.css", "css/base.css", "css/layout.css",
    "css/components.css", "css/forms.css", "css/tables.css", "css/home.css", "css/workspace.css", "css/company.css", "css/auth.css",
    "css/narrow.css",
)  # fmt: skip
SCRIPTS = (
    "vendor/htmx/htmx.min.js", "js/csrf.js", "js/notices.js", "js/menu.js", "js/confirm.js", "js/tabs.js", "js/filter.js", "js/sort.js",
)  # fmt: skip
# In the folder of our own sheets, so that their relative addresses stay true; the vendors' sheets have none.
IMPORTED = re.compile(r"""^import .*?["'](\.[^"']+)["']""", re.MULTILINE)
JOINED = {"css/all.css": STYLESHEETS, "js/all.js": SCRIPTS}


class JoinedStaticFilesStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # WhiteNoise has no types
    """Writes the joined files while static files are collected; they are hashed and compressed like all others.

    Modules import each other by their hashed names, so that a browser keeps them for good and a release changes them all.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        if not dry_run:
            for name, parts in JOINED.items():
                end = ";\n" if name.endswith(".js") else "\n"
                Path(self.path(name)).write_text("".join(self._text(part) + end for part in parts))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)

    def _text(self, name: str) -> str:
        return Path(self.path(name)).read_text()


@cache
def modules_of(name: str) -> tuple[str, ...]:
    """The module and all that it imports, so that a page can ask for them at once and not one after the other."""
    found = {name: None}
    waiting = [name]
    while waiting:
        own = waiting.pop()
        text = Path(str(finders.find(own))).read_text()
        imported = [normpath(join(dirname(own), other)) for other in IMPORTED.findall(text)]
        waiting += [other for other in imported if other not in found]
        found |= dict.fromkeys(imported)
    return tuple(found)
