from django.urls import path

from export import views

app_name = "export"
BASE = "rencana/<plan:plan_code>/ekspor/"

SECTION = "rencana/<plan:plan_code>/naskah/<section:section_code>/"

urlpatterns = [
    path(f"{SECTION}nomor/", views.section_numbers, name="section_numbers"),
    path(BASE, views.export_list, name="export_list"),
    path(f"{BASE}<uuid:job_id>/", views.export_status, name="export_status"),
    path(f"{BASE}<uuid:job_id>/unduh/", views.export_download, name="export_download"),
]
