"""Fail when a model and its migrations differ. No database is asked."""

import os
import sys
import tempfile

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connections

with tempfile.TemporaryDirectory() as home:
    os.environ.update(HJEMMEL_HOME=home, DJANGO_SETTINGS_MODULE="hjemmel.project.settings")
    django.setup()
    connections["default"].settings_dict["ENGINE"] = "django.db.backends.dummy"
    own = [config.label for config in apps.get_app_configs() if config.name.startswith("hjemmel.")]
    sys.argv = ["hjemmel"]
    call_command("makemigrations", *own, check=True, dry_run=True, verbosity=1)
