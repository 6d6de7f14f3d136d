"""In production a page asks for one style sheet and one script, made of those that stand alone while one works on them."""

import re
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings as project
from django.template import Context, Template

from smartcity.ui.static_files import JOINED, SCRIPTS, STYLESHEETS, JoinedStaticFilesStorage

SOURCE = Path(project.BASE_DIR) / "static"


def joined_storage(folder: Path) -> JoinedStaticFilesStorage:
    shutil.copytree(SOURCE / "vendor" / "fonts", folder / "vendor" / "fonts")
    shutil.copytree(SOURCE / "js" / "grid", folder / "js" / "grid")
    for name in (*STYLESHEETS, *SCRIPTS):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(SOURCE / name, folder / name)
    storage = JoinedStaticFilesStorage(location=folder, base_url="/static/")
    names = [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    results = [result for _, _, result in storage.post_process({name: (storage, name) for name in names})]
    assert [result for result in results if isinstance(result, Exception)] == []
    return storage


def test_the_joined_files_hold_every_part_in_order_with_addresses_that_exist(tmp_path: Path) -> None:
    storage = joined_storage(tmp_path)
    for name, parts in JOINED.items():
        end = ";\n" if name.endswith(".js") else "\n"
        assert (tmp_path / name).read_text() == "".join((SOURCE / part).read_text() + end for part in parts)
    sheet = storage.stored_name("css/all.css")
    addresses = re.findall(r'url\("(\.\./[^"]+)"\)', (tmp_path / sheet).read_text())
    assert len(addresses) == 6
    assert [address for address in addresses if not (tmp_path / "css" / address).resolve().exists()] == []


def test_the_tags_name_the_parts_or_the_whole(settings: Any) -> None:
    template = Template("{% stylesheets %} {% scripts %}")
    settings.HASHED_STATIC = False
    assert re.findall(r'(?:href|src)="/static/([^"]+)"', template.render(Context())) == [*STYLESHEETS, *SCRIPTS]
    settings.HASHED_STATIC = True
    assert re.findall(r'(?:href|src)="/static/([^"]+)"', template.render(Context())) == ["css/all.css", "js/all.js"]


def test_a_module_brings_all_that_it_imports_and_once(settings: Any) -> None:
    settings.HASHED_STATIC = False
    page = Template('{% module "js/grid/main.js" %}').render(Context())
    ahead = re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', page)
    assert sorted(ahead) == sorted(f"js/grid/{path.name}" for path in (SOURCE / "js/grid").iterdir())
    assert page.endswith('<script type="module" src="/static/js/grid/main.js"></script>')


def test_hashed_modules_import_hashed_modules(tmp_path: Path) -> None:
    storage = joined_storage(tmp_path)
    text = (tmp_path / storage.stored_name("js/grid/main.js")).read_text()
    imported = re.findall(r'from "\./([^"]+)"', text)
    assert imported == [
        Path(storage.stored_name(f"js/grid/{name}.js")).name
        for name in re.findall(r"from '\./(\w+)\.js'", (SOURCE / "js/grid/main.js").read_text())
    ]
