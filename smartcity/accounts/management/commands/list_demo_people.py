"""Print the example people that can sign in with one click."""

from typing import Any

from django.core.management.base import BaseCommand

from smartcity.accounts.demo import demo_people

HEAD = ("Nama", "Peran", "Daerah", "E-mail")


class Command(BaseCommand):
    help = "Menampilkan orang contoh: nama, peran, daerah, alamat e-mail."

    def handle(self, *_args: Any, **_options: Any) -> None:
        rows = [HEAD, *((p.name, p.role, p.place, p.email) for p in demo_people())]
        widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
        for row in rows:
            line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self.stdout.write(line.rstrip())
