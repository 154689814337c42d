"""Folding and ordering in the database, so that generated columns can use them."""

from django.contrib.postgres.operations import BtreeGistExtension, TrigramExtension
from django.db import migrations

FUNCTIONS = r"""
CREATE FUNCTION core_fold(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(
            lower(translate(
                regexp_replace(normalize(value, NFD), '[\u0300-\u036f]', '', 'g'),
                'łŁøØđĐðÐıßæÆœŒþÞ', 'lLoOdDdDisaAoOtT')),
            '[.''’`´]', '', 'g'),
        '[^0-9a-z]+', ' ', 'g'))
$$;
CREATE FUNCTION core_order_key(value text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(
            translate(
                regexp_replace(
                    normalize(
                        replace(replace(replace(replace(replace(
                            lower(translate(normalize(value, NFC), 'şŞţŢ', 'șȘțȚ')),
                            'ă', 'a{'), 'â', 'a|'), 'î', 'i{'), 'ș', 's{'), 'ț', 't{'),
                        NFD),
                    '[\u0300-\u036f]', '', 'g'),
                'łŁøØđĐðÐıßæÆœŒþÞ', 'lLoOdDdDisaAoOtT'),
            '[.''’`´]', '', 'g'),
        '[^0-9a-z{|]+', ' ', 'g'))
$$;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        TrigramExtension(),
        BtreeGistExtension(),
        migrations.RunSQL(
            FUNCTIONS, "DROP FUNCTION core_fold(text); DROP FUNCTION core_order_key(text);"
        ),
    ]
