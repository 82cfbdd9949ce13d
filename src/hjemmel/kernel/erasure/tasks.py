"""The job that ends an erasure. It carries the number of the request and nothing of anybody."""

import logging

from procrastinate.contrib.django import app

from hjemmel.kernel.erasure import actions, undo

log = logging.getLogger(__name__)


@app.task(queue="retention")
def take_back(request: int) -> None:
    """Put back what one request took."""
    log.info("erasure %s: %s rows are back", request, undo.take_back(request, actor=actions.JOB))


@app.task(queue="retention")
def erase(request: int) -> None:
    """Go through one request to its end."""
    done = actions.walk(request)
    log.info("erasure %s: %s left", request, done.left)
