from django.urls import path

from hjemmel.faces.public import views

urlpatterns = [path("personvern/", views.statement, name="statement")]
