"""An edition's number has a Roman numeral, by which every page names it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programmes", "0002_watch_tables")]
    operations = [
        migrations.RemoveConstraint(model_name="edition", name="edition_number_positive"),
        migrations.AddConstraint(
            model_name="edition",
            constraint=models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=89),
                name="edition_number_has_numeral",
                violation_error_message="Editions are numbered from 1 to 89.",
            ),
        ),
    ]
