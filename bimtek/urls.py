from django.urls import path

from bimtek import views

app_name = "bimtek"
CYCLE = "rencana/<plan:plan_code>/siklus/"
BODY = "rencana/<plan:plan_code>/lembaga/"

urlpatterns = [
    path(CYCLE, views.cycle_list, name="cycle_list"),
    path(f"{CYCLE}baru/", views.cycle_create, name="cycle_create"),
    path(f"{CYCLE}<int:pk>/", views.cycle_edit, name="cycle_edit"),
    path(f"{CYCLE}<int:pk>/hapus/", views.cycle_delete, name="cycle_delete"),
    path(BODY, views.body_list, name="body_list"),
    path(f"{BODY}baru/", views.body_create, name="body_create"),
    path(f"{BODY}<int:pk>/", views.body_edit, name="body_edit"),
    path(f"{BODY}<int:pk>/hapus/", views.body_delete, name="body_delete"),
]
