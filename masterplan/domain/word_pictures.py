"""Pictures of a Word file become pictures of the region only when somebody confirms the import."""

import zipfile
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from masterplan.domain.picture import store_picture
from masterplan.domain.word_import import file_of
from masterplan.models import Picture, WordImport
from smartcity.accounts.models import User
from smartcity.ui.refusal import Refusal

type Json = dict[str, Any]

PREFIX = "word:"


class Pictures:
    """Stores on demand and remembers what is new, so that a failed import leaves nothing behind."""

    def __init__(self, word_import: WordImport, by: User) -> None:
        self.regency = word_import.plan.regency
        self.by = by
        self.file = file_of(word_import)
        self.known = frozenset(Picture.objects.filter(regency=self.regency).values_list("pk", flat=True))
        self.stored: dict[str, Picture] = {}
        self.refused: dict[str, str] = {}

    def store(self, parts: Iterable[str]) -> None:
        wanted = sorted(set(parts) - set(self.stored) - set(self.refused))
        if not wanted:
            return
        with default_storage.open(self.file) as handle, zipfile.ZipFile(handle) as package:
            for part in wanted:
                self._store_one(part, package.read(part))

    def _store_one(self, part: str, data: bytes) -> None:
        name = part.rpartition("/")[2]
        try:
            upload = ContentFile(data, name=name)
            self.stored[part] = store_picture(regency=self.regency, upload=upload, name=name, by=self.by)
        except Refusal as refusal:
            self.refused[part] = refusal.sentence

    def undo(self) -> None:
        for picture in self.stored.values():
            if picture.pk not in self.known:
                picture.file.delete(save=False)
                picture.delete()

    def placed(self, node: Json) -> Json:
        """The same text with the region's pictures; a picture that was refused leaves a visible line."""
        if node["type"] == "figure":
            return self._figure(node)
        if "content" not in node:
            return node
        return node | {"content": [self.placed(child) for child in node["content"]]}

    def _figure(self, node: Json) -> Json:
        part = node["attrs"]["src"].removeprefix(PREFIX)
        picture = self.stored.get(part)
        if picture is not None:
            return node | {"attrs": node["attrs"] | {"src": picture.source}}
        said = f"[Gambar tidak terbawa: {node['attrs']['alt'] or part.rpartition('/')[2]}]"
        lost = {"type": "text", "text": said, "marks": [{"type": "italic"}]}
        return {
            "type": "paragraph",
            "attrs": {"id": node["attrs"].get("id")},
            "content": [lost, *node.get("content", [])],
        }
