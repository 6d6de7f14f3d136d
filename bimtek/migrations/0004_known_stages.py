"""Stages that are there already get what decides about their gates; the rest comes with the next loading of the file."""

from django.db import migrations

KNOWN = ("I", "II", "III", "IV")


def fill(apps, _schema_editor):
    for stage in apps.get_model("bimtek", "Stage").objects.filter(code__in=KNOWN):
        stage.due_codes, stage.is_final = [stage.code], stage.code == KNOWN[-1]
        stage.save(update_fields=["due_codes", "is_final"])


class Migration(migrations.Migration):
    dependencies = [("bimtek", "0003_stages_and_submissions")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
