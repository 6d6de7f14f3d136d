"""The only module that knows all apps."""

from django.urls import include, path

from smartcity.health import health
from smartcity.start import views as start_views

urlpatterns = [
    path("", start_views.home, name="home"),
    path("tugas/", start_views.work_list, name="work_list"),
    path("kesehatan/", health, name="health"),
    path("akun/", include("smartcity.accounts.urls")),
    path("akun/", include("allauth.urls")),
    path("daerah/", include("smartcity.regency.urls")),
    path("pemberitahuan/", include("smartcity.notify.urls")),
    path("", include("masterplan.urls")),
    path("", include("quickwin.urls")),
    path("", include("bimtek.urls")),
    path("", include("export.urls")),
]

handler400 = "smartcity.ui.errors.bad_request"
handler403 = "smartcity.ui.errors.permission_denied"
handler404 = "smartcity.ui.errors.page_not_found"
handler500 = "smartcity.ui.errors.server_error"
