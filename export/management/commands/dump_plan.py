"""Write a whole plan to a JSON file that `load_plan` reads."""

import json
import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from export import planfile
from masterplan.models import Masterplan


class Command(BaseCommand):
    help = "Menulis satu rencana utuh sebagai JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code")
        parser.add_argument("--output", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        plans = Masterplan.objects.select_related("regency__province", "outline", "dimension_set")
        plan = plans.filter(code=options["code"]).first()
        if plan is None:
            msg = f"Rencana {options['code']} tidak ada."
            raise CommandError(msg)
        text = json.dumps(planfile.dump(plan), ensure_ascii=False, indent=1) + "\n"
        if options["output"] is None:
            self.stdout.write(text, ending="")
            return
        partial = options["output"].with_suffix(".part")
        partial.write_text(text, encoding="utf-8")
        os.replace(partial, options["output"])  # noqa: PTH105 - the atomic move is the point
