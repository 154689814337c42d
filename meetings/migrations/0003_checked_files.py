"""Uploaded files are checked by their content; nothing changes in the database."""

from django.db import migrations, models

import core.uploads


class Migration(migrations.Migration):
    dependencies = [("meetings", "0002_watch_tables")]
    operations = [
        migrations.AlterField(
            model_name="material",
            name="file",
            field=models.FileField(
                blank=True,
                upload_to="meetings/%Y/",
                validators=[core.uploads.validate_document],
                verbose_name="file",
            ),
        ),
    ]
