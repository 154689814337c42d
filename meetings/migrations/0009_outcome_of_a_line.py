"""A line of a report has an outcome: states are what core.workflow moves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0008_reminding_rounds")]

    operations = [
        migrations.RemoveConstraint("attendanceline", "attendance_line_matched_to_somebody"),
        migrations.RenameField("attendanceline", "status", "outcome"),
        migrations.AlterField(
            "attendanceline",
            "outcome",
            models.CharField(
                choices=[
                    ("matched", "Matched"),
                    ("doubtful", "To be looked at"),
                    ("unknown", "Not registered"),
                    ("left-out", "Left out"),
                ],
                max_length=12,
                verbose_name="what became of it",
            ),
        ),
        migrations.AddConstraint(
            "attendanceline",
            models.CheckConstraint(
                condition=models.Q(("outcome", "matched"), _negated=True) | models.Q(("registration__isnull", False)),
                name="attendance_line_matched_to_somebody",
            ),
        ),
    ]
