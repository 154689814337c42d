"""Changes of promoters' meetings raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("programmes", "0005_promoters_meeting")]
    operations = [WatchTables("programmes_promotersmeeting")]
