"""Changes of editions and what they publish raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("programmes", "0001_initial")]
    operations = [
        WatchTables(
            "programmes_edition",
            "programmes_editionphase",
            "programmes_editionpart",
            "programmes_statedfigure",
            "programmes_mandate",
            "programmes_editionpartner",
            "programmes_activity",
            "programmes_calendartext",
            "programmes_closingevent",
            "programmes_announcement",
            "programmes_editiondocument",
        )
    ]
