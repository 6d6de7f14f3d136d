"""Everything a fresh database needs before the first page, in one process so that a start stays quick."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from smartcity.start.demo import load_demo
from smartcity.start.reference import load_reference


class Command(BaseCommand):
    requires_system_checks = ()  # a quick start; `make check` runs them
    help = "Menyiapkan basis data: migrasi, tabel singgahan, data acuan, dan (DEMO=1) rencana contoh."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        load_reference()
        if settings.DEMO:
            load_demo()
        if settings.HASHED_STATIC:
            call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Basis data siap.")
