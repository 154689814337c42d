"""Changes of conclusions and of the board of themes raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("videoconferences", "0003_conclusions_and_board")]
    operations = [
        WatchTables(
            "videoconferences_conclusion", "videoconferences_themeproposal", "videoconferences_themerank"
        )
    ]
