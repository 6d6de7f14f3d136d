"""Load the example plan and people of demo mode."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from smartcity.start.demo import load_demo


class Command(BaseCommand):
    help = "Memuat rencana dan orang contoh. Hanya dalam mode contoh (DEMO=1)."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            msg = "Data contoh hanya dimuat dalam mode contoh: jalankan dengan DEMO=1."
            raise CommandError(msg)
        load_demo()
        self.stdout.write("Rencana dan orang contoh siap.")
