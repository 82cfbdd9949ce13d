from django.urls import path

from hjemmel.faces.mypage import views

urlpatterns = [
    path("", views.held, name="mypage"),
    path("logg/", views.log, name="my_log"),
    path("passord/", views.password, name="change_password"),
]
