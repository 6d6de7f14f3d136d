"""Load one edition of a code list from a file (docs/code-lists.md); safe to repeat."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from masterplan.domain.codes import load_code_list
from smartcity.ui.refusal import Incomplete


class Command(BaseCommand):
    help = "Memuat satu edisi daftar kode (sumber dana, SIPD) dari berkas JSON. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code_list = load_code_list(options["file"])
        except Incomplete as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{code_list.title}: {code_list.entries.count()} butir.")
