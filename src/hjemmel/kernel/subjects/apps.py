from django.apps import AppConfig


class SubjectsConfig(AppConfig):
    name = "hjemmel.kernel.subjects"
    label = "subjects"
