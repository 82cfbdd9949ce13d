from django.urls import path
from django.views.i18n import set_language

from hjemmel.faces.public import views
from hjemmel.kernel.access.routes import form

urlpatterns = [
    path("personvern/", views.statement, name="statement"),
    path("sprak/", form("language")(set_language), name="set_language"),
]
