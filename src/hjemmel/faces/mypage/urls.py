from django.urls import path

from hjemmel.faces.mypage import views

urlpatterns = [
    path("", views.held, name="mypage"),
    path("passord/", views.password, name="change_password"),
]
