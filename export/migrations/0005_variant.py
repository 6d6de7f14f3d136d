from django.db import migrations, models
from django.db.models import Q

PDF_VARIANTS = ["archive", "small", "print"]
STATES = ["waiting", "running", "done", "failed", "cancelled"]


def name_variants(apps, schema_editor):
    """Every PDF was an archive copy; the other formats have no variant."""
    apps.get_model("export", "ExportJob").objects.exclude(format="pdf").update(variant="")


class Migration(migrations.Migration):

    dependencies = [
        ('export', '0004_format'),
    ]

    operations = [
        migrations.AddField(
            model_name='exportjob',
            name='variant',
            field=models.CharField(blank=True, choices=[('archive', 'arsip'), ('small', 'kecil'), ('print', 'cetak')], default='archive', max_length=8, verbose_name='Varian PDF'),
        ),
        migrations.AddField(
            model_name='exportjob',
            name='section',
            field=models.CharField(blank=True, default='', max_length=16, verbose_name='Bagian yang gagal'),
        ),
        migrations.AlterField(
            model_name='exportjob',
            name='state',
            field=models.CharField(choices=[('waiting', 'Menunggu giliran'), ('running', 'Sedang dikerjakan'), ('done', 'Selesai'), ('failed', 'Gagal'), ('cancelled', 'Dibatalkan')], default='waiting', max_length=10, verbose_name='Keadaan'),
        ),
        migrations.RunPython(name_variants, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name='exportjob', name='one_open_export_per_plan'),
        migrations.RemoveConstraint(model_name='exportjob', name='export_state_known'),
        migrations.AddConstraint(
            model_name='exportjob',
            constraint=models.CheckConstraint(condition=Q(('state__in', STATES)), name='export_state_known'),
        ),
        migrations.AddConstraint(
            model_name='exportjob',
            constraint=models.CheckConstraint(condition=Q(Q(('format', 'pdf'), ('variant__in', PDF_VARIANTS)), Q(Q(('format', 'pdf'), _negated=True), ('variant', '')), _connector='OR'), name='export_variant_of_pdf'),
        ),
        migrations.AddConstraint(
            model_name='exportjob',
            constraint=models.UniqueConstraint(condition=Q(('state__in', ['waiting', 'running'])), fields=('plan', 'format', 'variant'), name='one_open_export_of_a_kind'),
        ),
    ]
