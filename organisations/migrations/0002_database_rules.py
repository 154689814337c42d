"""What models cannot say: a seat inside its county, names kept for the search, pages told of every change."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models import Q

from core.dataversion import WatchTables

# The key refuses a seat outside the county; a county left out is that of the seat, since a key with an empty
# part is not looked at. Where a UAT moves to another county, its organisations follow.
SEAT = """
ALTER TABLE organisations_organisation ADD CONSTRAINT organisation_seat_in_county
    FOREIGN KEY (seat_id, county_id) REFERENCES territory_uat (id, county_id) ON UPDATE CASCADE;
CREATE FUNCTION organisations_complete_seat() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT county_id INTO NEW.county_id FROM territory_uat WHERE id = NEW.seat_id;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_complete_seat BEFORE INSERT OR UPDATE OF seat_id, county_id ON organisations_organisation
    FOR EACH ROW WHEN (NEW.seat_id IS NOT NULL AND NEW.county_id IS NULL)
    EXECUTE FUNCTION organisations_complete_seat();
"""
NO_SEAT = """
DROP TRIGGER organisation_complete_seat ON organisations_organisation;
DROP FUNCTION organisations_complete_seat();
ALTER TABLE organisations_organisation DROP CONSTRAINT organisation_seat_in_county;
"""

# Whatever is written into other_names, it becomes the names of the other table: a form that saves an old copy of
# the organisation cannot bring back an old list. The row is locked when the trigger runs, so two people who add
# a name each at once are both heard.
NAMES = """
CREATE FUNCTION organisations_keep_names() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT coalesce(string_agg(name, ' · ' ORDER BY id), '') INTO NEW.other_names
        FROM organisations_organisationname WHERE organisation_id = NEW.id;
    RETURN NEW;
END $$;
CREATE TRIGGER organisation_keep_names BEFORE INSERT OR UPDATE OF other_names ON organisations_organisation
    FOR EACH ROW EXECUTE FUNCTION organisations_keep_names();

CREATE FUNCTION organisations_names_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' THEN
        UPDATE organisations_organisation SET other_names = '' WHERE id IN (SELECT organisation_id FROM new_names);
    END IF;
    IF TG_OP = 'DELETE' THEN
        UPDATE organisations_organisation SET other_names = '' WHERE id IN (SELECT organisation_id FROM old_names);
    ELSIF TG_OP = 'UPDATE' THEN
        UPDATE organisations_organisation SET other_names = '' WHERE id IN (
            SELECT organisation_id FROM old_names EXCEPT SELECT organisation_id FROM new_names);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_names_inserted AFTER INSERT ON organisations_organisationname
    REFERENCING NEW TABLE AS new_names FOR EACH STATEMENT EXECUTE FUNCTION organisations_names_changed();
CREATE TRIGGER organisation_names_updated AFTER UPDATE ON organisations_organisationname
    REFERENCING OLD TABLE AS old_names NEW TABLE AS new_names
    FOR EACH STATEMENT EXECUTE FUNCTION organisations_names_changed();
CREATE TRIGGER organisation_names_deleted AFTER DELETE ON organisations_organisationname
    REFERENCING OLD TABLE AS old_names FOR EACH STATEMENT EXECUTE FUNCTION organisations_names_changed();
UPDATE organisations_organisation SET other_names = '';
"""
NO_NAMES = """
DROP TRIGGER organisation_names_deleted ON organisations_organisationname;
DROP TRIGGER organisation_names_updated ON organisations_organisationname;
DROP TRIGGER organisation_names_inserted ON organisations_organisationname;
DROP FUNCTION organisations_names_changed();
DROP TRIGGER organisation_keep_names ON organisations_organisation;
DROP FUNCTION organisations_keep_names();
"""

# Sorted, so that two statements that bring the same new words take them in the same order.
WORDS = """
CREATE FUNCTION organisations_keep_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO organisations_searchword (word)
        SELECT DISTINCT word FROM new_rows, string_to_table(search_text, ' ') AS word
            WHERE length(word) BETWEEN 3 AND 60 ORDER BY word
        ON CONFLICT DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER organisation_words_inserted AFTER INSERT ON organisations_organisation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION organisations_keep_words();
CREATE TRIGGER organisation_words_updated AFTER UPDATE ON organisations_organisation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION organisations_keep_words();
INSERT INTO organisations_searchword (word)
    SELECT DISTINCT word FROM organisations_organisation, string_to_table(search_text, ' ') AS word
        WHERE length(word) BETWEEN 3 AND 60 ORDER BY word;
"""
NO_WORDS = """
DROP TRIGGER organisation_words_updated ON organisations_organisation;
DROP TRIGGER organisation_words_inserted ON organisations_organisation;
DROP FUNCTION organisations_keep_words();
"""

# Everything that a public page may show; people and former addresses show nowhere.
WATCHED = [
    f"organisations_{table}"
    for table in (
        "organisation",
        "organisation_activity_counties",
        "organisation_beneficiaries",
        "organisation_domains",
        "organisation_goals",
        "organisationname",
        "organisationcontact",
        "domain",
        "beneficiarygroup",
        "sustainablegoal",
        "associativestructure",
        "structuremembership",
    )
]


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial"), ("core", "0002_dataversion")]
    operations = [
        migrations.CreateModel(
            name="SearchWord",
            fields=[("word", models.CharField(max_length=60, primary_key=True, serialize=False))],
            options={"indexes": [GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_trigrams")]},
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=~Q(slug__in=("harta", "judet")),
                name="organisation_slug_not_reserved",
                violation_error_message="This address belongs to a page of the registry.",
            ),
        ),
        migrations.RunSQL(SEAT, NO_SEAT),
        migrations.RunSQL(NAMES, NO_NAMES),
        migrations.RunSQL(WORDS, NO_WORDS),
        WatchTables(*WATCHED),
    ]
