"""A plan's books on the server in any format, without browser and queue."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any, cast

from django.core.management.base import BaseCommand, CommandError

from export.domain import StoredBook, book_order, store_job, store_other
from export.enums import ExportFormat, ExportVariant
from export.job import Printed
from export.page_kinds import write_pictures
from export.press import TypesettingError
from masterplan.models import Book, Masterplan

EVERYTHING = "all"


class Command(BaseCommand):
    help = "Menata buku sebuah masterplan menjadi PDF, Word, Excel, slide, atau data JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="kode rencana, misalnya 63.03-2026")
        parser.add_argument("--book", default=EVERYTHING, help="all, atau nomor buku: I, II, III")
        parser.add_argument("--output", required=True, type=Path, help="berkas yang ditulis")
        parser.add_argument("--format", default=ExportFormat.PDF, choices=ExportFormat.values, help="format berkas")
        parser.add_argument(
            "--variant",
            default=ExportVariant.ARCHIVE,
            choices=ExportVariant.values,
            help="jenis PDF: arsip, kecil, cetak",
        )
        parser.add_argument("--pictures", type=Path, help="folder untuk gambar satu halaman dari tiap jenis")
        parser.add_argument("--json", action="store_true", help="cetak hasil sebagai JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        plan = Masterplan.objects.filter(code=options["code"]).first()
        if plan is None:
            raise CommandError(f"Tidak ada masterplan dengan kode {options['code']}.")
        output: Path = options["output"]
        pictures: Path | None = options["pictures"]
        for folder in filter(None, (output.parent, pictures)):
            if not folder.is_dir():
                raise CommandError(f"Folder {folder} tidak ada.")
        books = _books(plan, options["book"])
        if options["format"] != ExportFormat.PDF:
            self._say_other(store_other(plan, books, options["format"], output), output, as_json=options["json"])
            return
        order = book_order(plan, books, variant=options["variant"])
        try:
            stored = store_job(order.print_job, output)
        except TypesettingError as error:
            raise CommandError(f"{error}\n{error.detail}") from error
        self._say(stored, output, as_json=options["json"])
        if pictures:
            found = write_pictures(order.document, output, pictures)
            self.stderr.write(f"{pictures}: {len(found)} gambar halaman.")

    def _say(self, stored: StoredBook, output: Path, *, as_json: bool) -> None:
        printed = cast("Printed", stored.printed)
        facts = {"file": str(output), "sha256": stored.sha256, "size": stored.size, **asdict(printed)}
        facts["parts"] = len(printed.part_pages)
        if as_json:
            self.stdout.write(json.dumps(facts))
            return
        self.stdout.write(f"{output}: {printed.pages} halaman, {printed.seconds} detik.")
        for warning in printed.warnings:
            self.stderr.write(warning)

    def _say_other(self, stored: StoredBook, output: Path, *, as_json: bool) -> None:
        facts = {"file": str(output), "sha256": stored.sha256, "size": stored.size}
        self.stdout.write(json.dumps(facts) if as_json else f"{output}: {stored.size} bita, SHA-256 {stored.sha256}.")


def _books(plan: Masterplan, wish: str) -> list[str] | None:
    if wish == EVERYTHING:
        return None
    books = dict(Book.objects.filter(outline=plan.outline_id).values_list("number", "code"))
    if wish.upper() not in books:
        raise CommandError(f"Buku {wish} tidak ada; pilih {', '.join([EVERYTHING, *books])}.")
    return [books[wish.upper()]]
