"""Sealing by itself. The jobs carry nothing: what waits stands in the log."""

import logging

from procrastinate.contrib.django import app

from hjemmel.kernel import clock
from hjemmel.kernel.audit.sealing import seal

log = logging.getLogger(__name__)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="log")
def seal_new(timestamp: int) -> None:
    """Seal what has come in the last minutes: until then a line could be changed unseen."""
    del timestamp
    _seal(whole=False)


@app.periodic(cron=f"{clock.NIGHT.minute + 30} {clock.NIGHT.hour} * * *")
@app.task(queue="log")
def seal_whole(timestamp: int) -> None:
    """Look through the whole log once a night, whatever the figures say of how far it has come."""
    del timestamp
    _seal(whole=True)


def _seal(*, whole: bool) -> None:
    done = seal(whole=whole)
    if done.lines:
        log.info("log: %s lines sealed, checkpoint %s", done.lines, done.checkpoint)
