"""All addresses: each face brings its own `urls.py`, and no face knows another's."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

# The faces and where they live. The office comes last: its front page is the root.
FACES = (
    ("minside/", "hjemmel.faces.mypage.urls"),
    ("", "hjemmel.faces.public.urls"),
    ("", "hjemmel.faces.office.urls"),
)

urlpatterns: list[URLPattern | URLResolver] = [path("konto/", include("allauth.account.urls"))]
urlpatterns += [
    path(prefix, include(module))
    for prefix, module in FACES
    if find_spec(module.rpartition(".")[0]) and find_spec(module)
]
