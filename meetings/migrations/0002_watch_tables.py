"""Changes of meetings, their agenda and materials raise the version of the public data."""

from django.db import migrations

from core.dataversion import WatchTables


class Migration(migrations.Migration):
    dependencies = [("core", "0002_dataversion"), ("meetings", "0001_initial")]
    operations = [WatchTables("meetings_meeting", "meetings_agendaitem", "meetings_material")]
