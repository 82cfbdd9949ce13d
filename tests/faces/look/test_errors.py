"""Django's own answers to faults, in our words; the last one must do without anything else working."""

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.test import RequestFactory
from django.views import csrf, defaults

CASES = [
    (lambda r: defaults.bad_request(r, SuspiciousOperation("x")), 400, "Vi forsto ikke det som ble sendt"),
    (lambda r: defaults.permission_denied(r, PermissionDenied("x")), 403, "Du kan ikke se denne siden"),
    (lambda r: csrf.csrf_failure(r, reason="x"), 403, "Siden hadde stått åpen for lenge"),
    (lambda r: defaults.page_not_found(r, Http404("Kari Sand")), 404, "Vi fant ikke siden"),
    (defaults.server_error, 500, "Noe gikk galt hos oss"),
]


@pytest.mark.parametrize(("answer", "status", "heading"), CASES)
def test_a_fault_is_told_in_plain_words_and_shows_nothing_else(answer, status, heading):
    response = answer(RequestFactory().get("/p/Kari-Sand/"))
    page = response.content.decode()
    assert response.status_code == status
    assert f'<h1 class="ds-heading" data-size="lg">{heading}</h1>' in page
    assert "Kari" not in page
