"""The version of the public data: its row and the functions of the triggers that raise it."""

from django.db import migrations, models

FUNCTIONS = """
-- True for the first changed row of a transaction; the mark is local to it and falls with a rolled back savepoint.
CREATE FUNCTION core_first_change(version text) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF current_setting('core.changed_' || version, true) = '1' THEN
        RETURN false;
    END IF;
    PERFORM set_config('core.changed_' || version, '1', true);
    RETURN true;
END $$;

-- Raises the version; run at COMMIT. The mark is taken back, so that what other deferred triggers change counts too.
CREATE FUNCTION core_raise_version() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    clock bigint := floor(extract(epoch FROM clock_timestamp()) * 1000000);
BEGIN
    INSERT INTO core_dataversion AS stored (name, number) VALUES (TG_ARGV[0], clock)
        ON CONFLICT (name) DO UPDATE SET number = greatest(stored.number + 1, excluded.number);
    PERFORM set_config('core.changed_' || TG_ARGV[0], '', true);
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_text_functions")]
    operations = [
        migrations.CreateModel(
            name="DataVersion",
            fields=[
                ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("number", models.BigIntegerField()),
            ],
        ),
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION core_raise_version(); DROP FUNCTION core_first_change(text);"
        ),
    ]
