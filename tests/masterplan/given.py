"""Pictures to upload, and pictures that a region already has."""

import io
from typing import Any

from PIL import Image

from masterplan.domain.picture import store_picture
from masterplan.models import Picture
from smartcity.regency.models import Regency


def image_bytes(size: tuple[int, int] = (40, 30), kind: str = "PNG", colour: Any = "teal", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


def picture(regency: Regency, size: tuple[int, int] = (40, 30), colour: Any = "teal") -> Picture:
    return store_picture(regency=regency, upload=image_bytes(size, colour=colour), name="peta.png", by=None)
