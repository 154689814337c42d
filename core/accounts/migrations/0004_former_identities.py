"""Former names and addresses of people, kept by the database whatever changes them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

KEEP = """
CREATE FUNCTION accounts_keep_former() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO accounts_formeridentity (user_id, email, full_name, until)
        VALUES (OLD.id, OLD.email, OLD.full_name, now());
    RETURN NULL;
END
$$;
CREATE TRIGGER keep_former AFTER UPDATE OF email, full_name ON accounts_user FOR EACH ROW
    WHEN (OLD.email <> NEW.email OR OLD.full_name <> NEW.full_name)
    EXECUTE FUNCTION accounts_keep_former();
"""
FORGET = "DROP TRIGGER keep_former ON accounts_user; DROP FUNCTION accounts_keep_former();"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_erasures")]

    operations = [
        migrations.CreateModel(
            name="FormerIdentity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail address")),
                ("full_name", models.CharField(max_length=150, verbose_name="full name")),
                ("until", models.DateTimeField(verbose_name="until")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_identities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "former name or address",
                "verbose_name_plural": "former names and addresses",
                "ordering": ["-until", "-pk"],
            },
        ),
        migrations.RunSQL(KEEP, FORGET),
    ]
