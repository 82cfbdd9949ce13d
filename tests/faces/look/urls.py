"""The two addresses that the look itself links to, so that its tests need no face."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("sprak/", include("django.conf.urls.i18n")),
    path("glemt/", nothing, name="account_reset_password"),
]
