from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0001_outbox'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attempt',
            name='outcome',
            field=models.CharField(choices=[('started', 'Begun'), ('sent', 'Taken by the mail server'), ('postponed', 'Refused for now'), ('unreachable', 'The mail server is away'), ('refused', 'Refused for good'), ('no_answer', 'Broken off without an answer'), ('killed', 'The worker ended before the answer')], default='started', max_length=12, verbose_name='outcome'),
        ),
    ]
