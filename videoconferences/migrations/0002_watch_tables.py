"""Changes of videoconferences and themes raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("videoconferences", "0001_initial")]
    operations = [
        WatchTables(
            "videoconferences_videoconference",
            "videoconferences_videoconference_regions",
            "videoconferences_videoconference_counties",
            "videoconferences_coorganiser",
            "videoconferences_videoconferencetheme",
            "videoconferences_theme",
        )
    ]
