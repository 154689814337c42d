"""History of an organisation's people and of what they change; pages told of confirmations that are overdue."""

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

from core.dataversion import WatchTables


class Migration(migrations.Migration):

    dependencies = [
        ('organisations', '0003_submissions_and_upkeep'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='HistoricalMembership',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('role', models.CharField(choices=[('manager', 'Manager'), ('member', 'Member')], default='member', max_length=16, verbose_name='role')),
                ('since', models.DateTimeField(blank=True, editable=False, verbose_name='since')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('organisation', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='organisations.organisation', verbose_name='organisation')),
                ('user', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='person')),
            ],
            options={
                'verbose_name': 'historical person of an organisation',
                'verbose_name_plural': 'historical people of an organisation',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='OrganisationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('domains', 'Domains'), ('beneficiaries', 'Beneficiaries'), ('goals', 'Sustainable development goals'), ('counties', 'Counties of activity'), ('names', 'Other names'), ('contacts', 'Contacts'), ('coordinator', 'Coordinator of volunteers'), ('logo', 'Logo'), ('figures', 'Figures by year'), ('invitation', 'Invitation')], max_length=16, verbose_name='what was changed')),
                ('before', models.TextField(blank=True, verbose_name='before')),
                ('after', models.TextField(blank=True, verbose_name='after')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='when')),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='organisations.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'change by the organisation',
                'verbose_name_plural': 'changes by organisations',
                'ordering': ['-at', '-pk'],
                'indexes': [models.Index(fields=['organisation', '-at'], name='organisation_changes')],
            },
        ),
        WatchTables('organisations_reconfirmation'),
    ]
