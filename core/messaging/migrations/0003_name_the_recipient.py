from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0002_attempts_without_a_server'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='to',
            field=models.CharField(blank=True, max_length=254, verbose_name='recipient'),
        ),
    ]
