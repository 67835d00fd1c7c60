"""Made with the tables of allauth.account."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = [("account", "0001_initial")]

    operations = []
