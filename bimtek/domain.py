"""Reference data of the movement."""

import json
from pathlib import Path

from django.db import transaction

from bimtek.models import Stage

REFERENCE = Path(__file__).resolve().parent / "reference"


@transaction.atomic
def load_stages(path: Path = REFERENCE / "stages.json") -> list[Stage]:
    """Create what is missing and bring names and purposes up to date; safe to repeat."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return [
        Stage.objects.update_or_create(
            code=entry["code"], defaults={"name": entry["name"], "purpose": entry["purpose"], "position": place}
        )[0]
        for place, entry in enumerate(entries, start=1)
    ]
