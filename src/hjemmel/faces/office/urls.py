from django.urls import path

from hjemmel.faces.office.views import door, editing, front, joining, leaving, person, points, search, units

urlpatterns = [
    path("", door.door, name="door"),
    path("kontoret/", front.front, name="office"),
    path("kontoret/sok/", search.results, name="search"),
    path("kontoret/lag/<int:unit_id>/", units.members, name="unit"),
    path("kontoret/lag/<int:unit_id>/ny/", joining.join, name="join"),
    path("kontoret/person/<int:person_id>/", person.page, name="person"),
    path("kontoret/person/<int:person_id>/endre/", editing.change, name="change_person"),
    path("kontoret/person/<int:person_id>/<slug:model>/ny/", points.add, name="add_point"),
    path("kontoret/person/<int:person_id>/<slug:model>/<int:point_id>/", points.change, name="change_point"),
    path(
        "kontoret/person/<int:person_id>/<slug:model>/<int:point_id>/fjern/",
        points.remove,
        name="remove_point",
    ),
    path(
        "kontoret/person/<int:person_id>/medlemskap/<int:membership_id>/avslutt/",
        leaving.end,
        name="end_membership",
    ),
    path(
        "kontoret/person/<int:person_id>/medlemskap/<int:membership_id>/angre/", leaving.undo, name="undo_end"
    ),
]
