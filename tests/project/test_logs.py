"""The program's log never says about whom."""

import logging
import sys
from io import StringIO

from django.test import RequestFactory

from hjemmel.project.logs import WithoutValues


def written(log) -> str:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WithoutValues("%(levelname)s %(message)s"))
    logger = logging.getLogger("tests.logs")
    logger.propagate = False
    logger.addHandler(handler)
    try:
        log(logger)
    finally:
        logger.removeHandler(handler)
    return stream.getvalue()


def test_an_error_is_told_by_kind_and_place():
    def fail(logger: logging.Logger) -> None:
        try:
            try:
                int("Canary")
            except ValueError as error:
                raise RuntimeError("row (Canary Kanarifugl) is not unique") from error
        except RuntimeError:
            logger.exception("It failed")

    text = written(fail)
    assert "anar" not in text
    assert "ValueError" in text
    assert "RuntimeError" in text
    assert f"{__file__}:" in text


def test_a_request_is_told_by_its_route():
    request = RequestFactory().get("/kanarifugl/?q=Canary")
    text = written(
        lambda logger: logger.warning(
            "Not Found: %s", request.path, extra={"request": request, "status_code": 404}
        )
    )
    assert text == "WARNING 404 GET (no such page)\n"


def test_what_python_prints_when_nobody_catches_is_ours_too(capsys):
    from hjemmel.project import console

    def fail(*_):
        raise ValueError("Canary")

    before, console.cli.main = console.cli.main, fail
    try:
        assert console.main([]) == 2
    finally:
        console.cli.main = before
    told = capsys.readouterr()
    assert "ValueError" in told.err
    assert "Canary" not in told.err + told.out
    assert sys.exc_info() == (None, None, None)
