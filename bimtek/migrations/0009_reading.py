"""Marks of what was frozen, and what each person has read.

Submissions that are there already get their marks too. Their triggers refuse every update and rest meanwhile; nothing that
a digest is made of changes.
"""

import hashlib
import json

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def fill(apps, schema_editor):
    for name, column in (("SubmittedSection", "doc"), ("SubmittedTable", "rows")):
        model = apps.get_model("bimtek", name)
        schema_editor.execute(f'ALTER TABLE "{model._meta.db_table}" DISABLE TRIGGER USER')
        for row in model.objects.only("pk", column).iterator(chunk_size=100):
            text = json.dumps(getattr(row, column), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
            mark = hashlib.sha256(text.encode()).hexdigest()[:32]
            model.objects.filter(pk=row.pk).update(mark=mark)
        schema_editor.execute(f'ALTER TABLE "{model._meta.db_table}" ENABLE TRIGGER USER')


def mark():
    return models.CharField("Tanda isi", max_length=32, default="")


class Migration(migrations.Migration):
    dependencies = [
        ("bimtek", "0008_cohorts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField("submittedsection", "mark", mark(), preserve_default=False),
        migrations.AddField("submittedtable", "mark", mark(), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.CreateModel(
            name="ReadPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=48, verbose_name="Bagian")),
                ("mark", models.CharField(blank=True, max_length=32, verbose_name="Tanda isi")),
                ("at", models.DateTimeField(auto_now=True, verbose_name="Dibaca")),
                (
                    "earlier",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bimtek.submission",
                        verbose_name="Sebelumnya dibaca dalam kiriman",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="masterplan.masterplan",
                        verbose_name="Rencana",
                    ),
                ),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="bimtek.submission",
                        verbose_name="Dibaca dalam kiriman",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="Pembaca",
                    ),
                ),
            ],
            options={
                "verbose_name": "bagian terbaca",
                "verbose_name_plural": "bagian terbaca",
                "constraints": [models.UniqueConstraint(fields=("user", "plan", "part"), name="read_part_once")],
            },
        ),
    ]
