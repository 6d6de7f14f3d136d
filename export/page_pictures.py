"""Pages of a PDF as pictures for the screen."""

import base64
import io
import json
from typing import Any

DOTS_PER_INCH = 110
PAGES_MAX = 12
QUALITY = 85  # JPEG takes a quarter of the time of PNG at this size, and a page has to be there at once


def pictures(content: bytes) -> bytes:
    """A JSON list of JPEG in base64, of the first pages."""
    import pypdfium2  # noqa: PLC0415 - only processes that show pages load it

    with pypdfium2.PdfDocument(content) as document:
        return json.dumps([_jpeg(document[place]) for place in range(min(len(document), PAGES_MAX))]).encode()


def _jpeg(page: Any) -> str:
    out = io.BytesIO()
    page.render(scale=DOTS_PER_INCH / 72).to_pil().save(out, "JPEG", quality=QUALITY)
    return base64.b64encode(out.getvalue()).decode()
