from django.apps import AppConfig


class MyPageConfig(AppConfig):
    name = "hjemmel.faces.mypage"
    label = "mypage"
