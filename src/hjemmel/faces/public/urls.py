from django.urls import path
from django.views.i18n import set_language

from hjemmel.faces.public import views
from hjemmel.kernel.access.routes import form

urlpatterns = [
    path("personvern/", views.statement, name="statement"),
    path("personvern/<slug:lang>/", views.statement, name="statement_in"),
    path("personvern/<slug:lang>/personvernerklaring.pdf", views.statement_pdf, name="statement_pdf"),
    path("sprak/", form("language")(set_language), name="set_language"),
]
