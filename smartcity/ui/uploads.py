"""Uploads are refused by their announced size, before a byte of them reaches memory or disk."""

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class RefuseHuge(FileUploadHandler):
    """Stands first in the list of handlers and takes no file itself; single pages set lower limits."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any) -> None:  # noqa: N803, ARG002
        if content_length > settings.UPLOAD_MAX_BYTES:
            msg = f"Upload of {content_length} bytes"
            raise RequestDataTooBig(msg)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None
