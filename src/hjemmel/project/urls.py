"""All addresses: each face brings its own `urls.py`, and no face knows another's."""

from importlib.util import find_spec

from allauth.account.views import AccountInactiveView, LoginView, LogoutView
from django.urls import URLPattern, URLResolver, include, path

from hjemmel.kernel.access.routes import form

# The faces and where they live. The office comes last: its front page is the root.
FACES = (
    ("minside/", "hjemmel.faces.mypage.urls"),
    ("", "hjemmel.faces.public.urls"),
    ("", "hjemmel.faces.office.urls"),
)

# Of the log-in library's pages only those that exist here; each says, like every route, who acts on it.
urlpatterns: list[URLPattern | URLResolver] = [
    path("konto/logg-inn/", form("login")(LoginView.as_view()), name="account_login"),
    path("konto/logg-ut/", form("logout")(LogoutView.as_view()), name="account_logout"),
    path("konto/stengt/", form("closed")(AccountInactiveView.as_view()), name="account_inactive"),
]
urlpatterns += [
    path(prefix, include(module))
    for prefix, module in FACES
    if find_spec(module.rpartition(".")[0]) and find_spec(module)
]
