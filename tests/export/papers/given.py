"""Reading papers back."""

from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from smartcity.accounts.models import User


def download(user: User, path: str) -> HttpResponse:
    client = Client()
    client.force_login(user)
    response: Any = client.get(path)
    return response  # type: ignore[no-any-return]


def pdf_text(content: bytes) -> str:
    """The words of all pages with single spaces."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).replace("\u200b", "").split())


def sheets(content: bytes) -> dict[str, list[list[Any]]]:
    """Rows of each sheet without the empty ends."""
    book = load_workbook(BytesIO(content))
    return {
        sheet.title: [
            list(values)
            for row in sheet.iter_rows(values_only=True)
            if (values := [value for value in row if value is not None])
        ]
        for sheet in book
    }
