from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "hjemmel.domain.people"
    label = "people"
