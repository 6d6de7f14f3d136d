from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('export', '0003_fingerprint'),
    ]

    operations = [
        migrations.AddField(
            model_name='exportjob',
            name='format',
            field=models.CharField(choices=[('pdf', 'PDF'), ('docx', 'Word'), ('xlsx', 'Excel'), ('pptx', 'Slide'), ('json', 'Data JSON')], default='pdf', max_length=4, verbose_name='Format'),
        ),
        migrations.AddConstraint(
            model_name='exportjob',
            constraint=models.CheckConstraint(condition=models.Q(('format__in', ['pdf', 'docx', 'xlsx', 'pptx', 'json'])), name='export_format_known'),
        ),
    ]
