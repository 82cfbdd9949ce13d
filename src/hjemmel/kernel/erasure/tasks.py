"""The job that ends an erasure. It carries the number of the request and nothing of anybody."""

import logging

from procrastinate.contrib.django import app

from hjemmel.kernel.erasure import actions

log = logging.getLogger(__name__)


@app.task(queue="retention")
def erase(request: int) -> None:
    """Go through one request to its end."""
    done = actions.walk(request)
    log.info("erasure %s: %s left", request, done.left)
