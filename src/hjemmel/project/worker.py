"""The background jobs, worked off one by one until told to stop.
Started by `hjemmel worker` and `hjemmel run`.
"""

import os

import django


def main() -> None:
    """Work off jobs until SIGTERM; a finished one is deleted, a failed one stays to be looked at."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hjemmel.project.settings")
    django.setup()
    work()


def work(*, until_empty: bool = False) -> None:
    """Catch up with the night, and work off jobs: until stopped, or until none is left."""
    from procrastinate.contrib.django import app  # noqa: PLC0415 - there is no app before setup
    from procrastinate.contrib.django.django_connector import DjangoConnector  # noqa: PLC0415 - the same

    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError("the jobs are not in the register's own database")
    from hjemmel.kernel.retention.tasks import catch_up  # noqa: PLC0415 - the same
    from hjemmel.project import nightly  # noqa: PLC0415 - the same
    from hjemmel.project.backup import nightly as backups  # noqa: PLC0415 - the same

    catch_up()
    nightly.begin()
    backups.begin()
    worker = app.with_connector(connector.get_worker_connector())
    worker.run_worker(delete_jobs="successful", concurrency=1, wait=not until_empty)
