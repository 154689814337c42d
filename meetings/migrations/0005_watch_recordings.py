"""Changes of recordings raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("meetings", "0004_registration")]
    operations = [WatchTables("meetings_recording")]
