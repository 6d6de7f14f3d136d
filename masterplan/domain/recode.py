"""The process that decodes an uploaded picture: no Django, no secrets, little memory, little time.

Runs as `python -I recode.py`; reads the file from standard input and answers with one line of JSON, then the new bytes.
Nothing of the original survives: only pixels are carried over, so neither position data nor a second file inside can.
"""

import io
import json
import resource
import struct
import sys
from typing import Any

MEMORY_BYTES = 1_000_000_000
CPU_SECONDS = 8
MAX_PIXELS = 40_000_000
LONGEST_SIDE = 2400
FORMATS = ("JPEG", "PNG", "WEBP")
LARGE_PNG = 1_500_000
ODD = (OSError, SyntaxError, ValueError, EOFError, TypeError, LookupError, ArithmeticError, struct.error)  # of Pillow
EXIT_UNKNOWN, EXIT_PIXELS, EXIT_BROKEN = 3, 4, 5


def restrain() -> None:
    """Before anything of the file is read; no file can be written from here on."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def recode(body: bytes) -> tuple[str, int, int, bytes]:
    """Extension, width, height and bytes of the picture as we keep it."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - only under the limits

    try:
        image: Any = Image.open(io.BytesIO(body), formats=FORMATS)
    except Image.DecompressionBombError:
        sys.exit(EXIT_PIXELS)
    except ODD:
        sys.exit(EXIT_UNKNOWN)
    if image.width * image.height > MAX_PIXELS:
        sys.exit(EXIT_PIXELS)
    kind = image.format
    try:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        image.load()
        turned = ImageOps.exif_transpose(image)
        image = plain(turned)
        image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    except ODD:
        sys.exit(EXIT_BROKEN)
    extension, content = encoded(image, keep_sharp=kind == "PNG")
    return extension, image.width, image.height, content


def plain(image: Any) -> Any:
    """RGB, grey or RGBA of eight bits, whatever the file used."""
    if image.mode.startswith("I"):  # 16 bits a pixel
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("L" if image.mode in {"1", "L"} else "RGB")


def encoded(image: Any, *, keep_sharp: bool) -> tuple[str, bytes]:
    """PNG for what has transparency and for drawings; a photograph stored as PNG becomes a JPEG."""
    image.info = {}
    has_alpha = image.mode == "RGBA" and image.getextrema()[3][0] < 255
    if not has_alpha and image.mode == "RGBA":
        image = image.convert("RGB")
    if has_alpha or keep_sharp:
        out = io.BytesIO()
        image.save(out, "PNG", compress_level=6)
        if has_alpha or out.tell() <= LARGE_PNG:
            return "png", out.getvalue()
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85, progressive=True)
    return "jpg", out.getvalue()


def main() -> None:
    restrain()
    body = sys.stdin.buffer.read()
    try:
        extension, width, height, content = recode(body)
    except MemoryError:
        sys.exit(EXIT_BROKEN)
    head = {"extension": extension, "width": width, "height": height}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
