"""Read a whole plan from a JSON file (docs/plan-format.md), all or nothing."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from export import planfile


class Command(BaseCommand):
    help = "Memuat satu rencana utuh dari berkas JSON: semuanya atau tidak sama sekali."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--prose", type=Path, help="berkas naskah terpisah (kunci outline, regency, sections)")
        parser.add_argument("--replace", action="store_true", help="ganti isi rencana yang sudah ada")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            data = planfile.read_json(options["file"])
            if options["prose"]:
                data["prosa"] = planfile.read_json(options["prose"])
            plan = planfile.load(data, by=None, replace=options["replace"])
        except planfile.PlanFileError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            msg = f"Berkas ditolak: {len(error.faults)} kesalahan; tidak ada yang diubah."
            raise CommandError(msg) from error
        self.stdout.write(f"Rencana {plan.code} dimuat: {plan.title}")
