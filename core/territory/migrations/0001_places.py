"""Tables of places."""

import core.text
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    # The generated columns use core's folding functions.
    dependencies = [("core", "0001_text_functions")]

    operations = [
        migrations.CreateModel(
            name='TerritoryLoad',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(verbose_name='valid on')),
                ('source', models.CharField(max_length=200, verbose_name='source')),
                ('sha256', models.CharField(max_length=64, verbose_name='fingerprint of the file')),
                ('loaded_at', models.DateTimeField(auto_now_add=True, verbose_name='loaded on')),
            ],
            options={
                'verbose_name': 'load of the territory',
                'verbose_name_plural': 'loads of the territory',
                'ordering': ('-as_of', '-pk'),
                'get_latest_by': ('as_of', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(help_text='Two letters, as in ISO 3166-1.', max_length=2, primary_key=True, serialize=False, verbose_name='code')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('code__regex', '^[A-Z]{2}$')), name='territory_country_code_of_iso')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=8, verbose_name='NUTS code')),
                ('ins_code', models.CharField(blank=True, max_length=4, verbose_name='INS code')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='address')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('name_en', models.CharField(blank=True, max_length=80, verbose_name='name in English')),
                ('search_text', models.GeneratedField(db_persist=True, expression=core.text.Fold('name'), output_field=models.TextField())),
                ('order_key', models.GeneratedField(db_persist=True, expression=core.text.OrderKey('name'), output_field=models.TextField(db_collation='C'))),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='regions', to='territory.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'development region',
                'verbose_name_plural': 'development regions',
                'ordering': ('order_key',),
            },
        ),
        migrations.CreateModel(
            name='County',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Letters of number plates: BV.', max_length=8, verbose_name='code')),
                ('iso_code', models.CharField(blank=True, max_length=8, verbose_name='ISO 3166-2 code')),
                ('name', models.CharField(max_length=80, verbose_name='name')),
                ('slug', models.SlugField(max_length=10, verbose_name='address')),
                ('siruta_county', models.PositiveIntegerField(blank=True, null=True, verbose_name='SIRUTA code')),
                ('siruta_jud', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='county number of SIRUTA')),
                ('nuts3', models.CharField(blank=True, max_length=8, verbose_name='NUTS 3 code')),
                ('tile_column', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='column on the tile map')),
                ('tile_row', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='row on the tile map')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('search_text', models.GeneratedField(db_persist=True, expression=core.text.Fold('name'), output_field=models.TextField())),
                ('order_key', models.GeneratedField(db_persist=True, expression=core.text.OrderKey('name'), output_field=models.TextField(db_collation='C'))),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counties', to='territory.country', verbose_name='country')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='counties', to='territory.region', verbose_name='development region')),
            ],
            options={
                'verbose_name': 'county',
                'verbose_name_plural': 'counties',
                'ordering': ('order_key',),
            },
        ),
        migrations.CreateModel(
            name='Uat',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=10, verbose_name='official code')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('slug', models.SlugField(max_length=120, verbose_name='address')),
                ('type', models.CharField(choices=[('municipiu', 'municipality'), ('oras', 'town'), ('comuna', 'commune'), ('sector', 'sector of Bucharest'), ('obcina', 'municipality of Slovenia')], max_length=20, verbose_name='type')),
                ('is_county_seat', models.BooleanField(default=False, verbose_name='county seat')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('raw_name', models.CharField(blank=True, max_length=120, verbose_name='name as printed in the source')),
                ('search_text', models.GeneratedField(db_persist=True, expression=core.text.Fold('name'), output_field=models.TextField())),
                ('order_key', models.GeneratedField(db_persist=True, expression=core.text.OrderKey('name'), output_field=models.TextField(db_collation='C'))),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uats', to='territory.country', verbose_name='country')),
                ('county', models.ForeignKey(blank=True, help_text='Empty only where municipalities have no county, as in Slovenia.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='uats', to='territory.county', verbose_name='county')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sectors', to='territory.uat', verbose_name='municipality of the sector')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='uats', to='territory.region', verbose_name='development region')),
            ],
            options={
                'verbose_name': 'administrative unit (UAT)',
                'verbose_name_plural': 'administrative units (UAT)',
                'ordering': ('order_key', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='PlaceAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, verbose_name='name')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('search_text', models.GeneratedField(db_persist=True, expression=core.text.Fold('name'), output_field=models.TextField())),
                ('county', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='territory.county', verbose_name='county')),
                ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='territory.region', verbose_name='region')),
                ('uat', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='aliases', to='territory.uat', verbose_name='administrative unit (UAT)')),
            ],
            options={
                'verbose_name': 'other name of a place',
                'verbose_name_plural': 'other names of places',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='UatTypePeriod',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('type', models.CharField(choices=[('municipiu', 'municipality'), ('oras', 'town'), ('comuna', 'commune'), ('sector', 'sector of Bucharest'), ('obcina', 'municipality of Slovenia')], max_length=20, verbose_name='type')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('uat', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='type_periods', to='territory.uat', verbose_name='administrative unit (UAT)')),
            ],
            options={
                'verbose_name': 'type over time',
                'verbose_name_plural': 'types over time',
                'ordering': ('uat', models.OrderBy(models.F('valid_from'), nulls_first=True)),
            },
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.UniqueConstraint(fields=('country', 'code'), name='territory_region_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='region',
            constraint=models.UniqueConstraint(fields=('id', 'country'), name='territory_region_with_country'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.UniqueConstraint(fields=('country', 'code'), name='territory_county_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.UniqueConstraint(fields=('country', 'slug'), name='territory_county_slug_unique'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.UniqueConstraint(fields=('country', 'siruta_jud'), name='territory_county_siruta_jud_unique'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.UniqueConstraint(fields=('id', 'region'), name='territory_county_with_region'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.UniqueConstraint(fields=('country', 'tile_column', 'tile_row'), name='territory_county_tile_unique'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('tile_column__isnull', True), ('tile_row__isnull', True)), models.Q(('tile_column__isnull', False), ('tile_row__isnull', False)), _connector='OR'), name='territory_county_tile_whole'),
        ),
        migrations.AddConstraint(
            model_name='county',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='territory_county_dates_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddIndex(
            model_name='uat',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='territory_uat_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='uat',
            index=models.Index(fields=['county', 'order_key'], name='territory_uat_in_county'),
        ),
        migrations.AddIndex(
            model_name='uat',
            index=models.Index(fields=['order_key'], name='territory_uat_order'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.UniqueConstraint(fields=('country', 'code'), name='territory_uat_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.UniqueConstraint(fields=('county', 'slug'), name='territory_uat_slug_unique_in_county'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.UniqueConstraint(condition=models.Q(('county__isnull', True)), fields=('country', 'slug'), name='territory_uat_slug_unique_without_county'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.UniqueConstraint(fields=('id', 'county'), name='territory_uat_with_county'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.UniqueConstraint(condition=models.Q(('is_county_seat', True), ('valid_to__isnull', True)), fields=('county',), name='territory_uat_one_seat_a_county'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent__isnull', False), ('type', 'sector')), models.Q(models.Q(('type', 'sector'), _negated=True), ('parent__isnull', True)), _connector='OR'), name='territory_uat_sector_has_parent'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('country', 'RO'), _negated=True), ('county__isnull', False), _connector='OR'), name='territory_uat_county_in_romania'),
        ),
        migrations.AddConstraint(
            model_name='uat',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='territory_uat_dates_in_order', violation_error_message='The end comes before the beginning.'),
        ),
        migrations.AddIndex(
            model_name='placealias',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='territory_alias_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('county__isnull', True), ('region__isnull', False), ('uat__isnull', True)), models.Q(('county__isnull', False), ('region__isnull', True), ('uat__isnull', True)), models.Q(('county__isnull', True), ('region__isnull', True), ('uat__isnull', False)), _connector='OR'), name='territory_placealias_of_one_place', violation_error_message='Another name belongs to exactly one place.'),
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.CheckConstraint(condition=models.Q(('search_text', ''), _negated=True), name='territory_placealias_has_letters'),
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.UniqueConstraint(fields=('region', 'search_text'), name='territory_placealias_once_a_region'),
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.UniqueConstraint(fields=('county', 'search_text'), name='territory_placealias_once_a_county'),
        ),
        migrations.AddConstraint(
            model_name='placealias',
            constraint=models.UniqueConstraint(fields=('uat', 'search_text'), name='territory_placealias_once_a_uat'),
        ),
        migrations.AddConstraint(
            model_name='uattypeperiod',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('uat', '='), (models.Func('valid_from', 'valid_to', models.Value('[)'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='territory_uattypeperiod_no_overlap', violation_error_message='The unit has another type at that time.'),
        ),
        migrations.AddConstraint(
            model_name='uattypeperiod',
            constraint=models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('uat',), name='territory_uattypeperiod_one_open'),
        ),
        migrations.AddConstraint(
            model_name='uattypeperiod',
            constraint=models.CheckConstraint(condition=models.Q(('valid_from__isnull', True), ('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='territory_uattypeperiod_dates_in_order', violation_error_message='The end comes before the beginning.'),
        ),
    ]
