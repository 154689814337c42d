"""What models cannot say: a place stays inside one country, a unit's type is that of its open period."""

from django.db import migrations

from core.dataversion import TERRITORY, WatchTables

PLACES = """
ALTER TABLE territory_county ADD CONSTRAINT territory_county_region_in_country
    FOREIGN KEY (region_id, country_id) REFERENCES territory_region (id, country_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE territory_uat ADD CONSTRAINT territory_uat_region_in_country
    FOREIGN KEY (region_id, country_id) REFERENCES territory_region (id, country_id) DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE territory_uat ADD CONSTRAINT territory_uat_county_in_region
    FOREIGN KEY (county_id, region_id) REFERENCES territory_county (id, region_id) DEFERRABLE INITIALLY DEFERRED;
"""

# A unit that exists has exactly one open period, of its type; one that ceased to exist has none. Looked at when
# the transaction commits, so that the two tables may be written one after the other.
TYPES = """
-- Without sequential scans: the plan made in a session while the tables were small would stay when they are large.
CREATE FUNCTION territory_check_type(unit bigint) RETURNS void LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    wrong text;
BEGIN
    SELECT uat.code INTO wrong FROM territory_uat uat WHERE uat.id = unit AND (
        CASE WHEN uat.valid_to IS NULL
            THEN NOT EXISTS (SELECT FROM territory_uattypeperiod period WHERE period.uat_id = uat.id
                             AND period.valid_to IS NULL AND period.type = uat.type)
            ELSE EXISTS (SELECT FROM territory_uattypeperiod period WHERE period.uat_id = uat.id
                         AND period.valid_to IS NULL)
        END);
    IF FOUND THEN
        RAISE EXCEPTION 'The type of UAT % is not that of its open period.', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'territory_uat_type_of_open_period';
    END IF;
END $$;
CREATE FUNCTION territory_check_unit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM territory_check_type(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION territory_check_period() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        PERFORM territory_check_type(OLD.uat_id);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM territory_check_type(NEW.uat_id);
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER territory_uat_type AFTER INSERT OR UPDATE OF type, valid_to ON territory_uat
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION territory_check_unit();
CREATE CONSTRAINT TRIGGER territory_uattypeperiod_type AFTER INSERT OR UPDATE OR DELETE ON territory_uattypeperiod
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION territory_check_period();
"""
NO_TYPES = """
DROP TRIGGER territory_uattypeperiod_type ON territory_uattypeperiod;
DROP TRIGGER territory_uat_type ON territory_uat;
DROP FUNCTION territory_check_period();
DROP FUNCTION territory_check_unit();
DROP FUNCTION territory_check_type(bigint);
"""

NO_PLACES = """
ALTER TABLE territory_uat DROP CONSTRAINT territory_uat_county_in_region;
ALTER TABLE territory_uat DROP CONSTRAINT territory_uat_region_in_country;
ALTER TABLE territory_county DROP CONSTRAINT territory_county_region_in_country;
"""

TABLES = [
    f"territory_{table}"
    for table in ("country", "region", "county", "uat", "uattypeperiod", "placealias", "territoryload")
]


class Migration(migrations.Migration):
    dependencies = [("territory", "0001_places"), ("core", "0002_dataversion")]
    operations = [
        migrations.RunSQL(PLACES, NO_PLACES),
        migrations.RunSQL(TYPES, NO_TYPES),
        WatchTables(*TABLES),
        WatchTables(*TABLES, version=TERRITORY),
    ]
