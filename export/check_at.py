"""Where a book can be checked: known of a submission, not of its content, so that an unchanged plan freezes to the same bytes."""

from dataclasses import replace

from django.template.loader import render_to_string

from export.figures.qr import qr_drawing
from export.job import PrintJob

MARK = "<x-check-at></x-check-at>"  # as in the template of the approval page


def with_address(job: PrintJob, address: str) -> PrintJob:
    """QR and address on every approval page of a final text."""
    context = {"address": address, "qr": qr_drawing(address)}
    piece = render_to_string("export/book/check_at.html", context)
    return replace(job, parts=tuple(replace(part, html=part.html.replace(MARK, piece)) for part in job.parts))
