"""Load one edition of the criteria of quick wins from a file (docs/code-lists.md); safe to repeat."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from quickwin.domain.criteria import load_criteria
from smartcity.ui.refusal import Incomplete


class Command(BaseCommand):
    help = "Memuat satu edisi kriteria pemilihan quick win dari berkas JSON. Aman diulang."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_criteria(options["file"])
        except Incomplete as refusal:
            raise CommandError(f"{refusal.sentence} {refusal.next_step}".strip()) from refusal
        self.stdout.write(f"{loaded}: {loaded.criteria.count()} kriteria.")
