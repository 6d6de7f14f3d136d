"""Load provinces, regencies, stages, dimensions and outlines; safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from smartcity.start.reference import load_reference


class Command(BaseCommand):
    help = "Memuat data acuan: provinsi, kabupaten/kota, tahap bimtek, dimensi, kerangka. Aman diulang."

    def handle(self, *args: Any, **options: Any) -> None:
        load_reference()
        self.stdout.write("Data acuan siap.")
