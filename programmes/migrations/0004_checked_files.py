"""Uploaded files are checked by their content; nothing changes in the database."""

from django.db import migrations, models

import core.uploads


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_edition_number")]
    operations = [
        migrations.AlterField(
            model_name="editiondocument",
            name="file",
            field=models.FileField(
                blank=True,
                upload_to="documents/%Y/",
                validators=[core.uploads.validate_document],
                verbose_name="file",
            ),
        ),
        migrations.AlterField(
            model_name="historicaleditiondocument",
            name="file",
            field=models.TextField(
                blank=True, max_length=100, validators=[core.uploads.validate_document], verbose_name="file"
            ),
        ),
    ]
