from django.urls import path
from django.views.i18n import set_language

from hjemmel.faces.public import editions, views
from hjemmel.kernel.access.routes import form

urlpatterns = [
    path("personvern/", views.statement, name="statement"),
    path("personvern/utgaver/", editions.listed, name="editions"),
    path("personvern/utgaver/<int:number>/", editions.shown, name="edition"),
    path("personvern/utgaver/<int:number>/endringer/", editions.changed, name="edition_changes"),
    path("personvern/utgaver/<int:number>/<slug:lang>/", editions.shown, name="edition_in"),
    path(
        "personvern/utgaver/<int:number>/<slug:lang>/personvernerklaring.pdf",
        editions.printed,
        name="edition_pdf",
    ),
    path("personvern/<slug:lang>/", views.statement, name="statement_in"),
    path("personvern/<slug:lang>/personvernerklaring.pdf", views.statement_pdf, name="statement_pdf"),
    path("sprak/", form("language")(set_language), name="set_language"),
]
