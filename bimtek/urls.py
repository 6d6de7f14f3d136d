from django.urls import path

from bimtek.views import cycle

app_name = "bimtek"
CYCLE = "rencana/<plan:plan_code>/siklus/"
BODY = "rencana/<plan:plan_code>/lembaga/"

urlpatterns = [
    path(CYCLE, cycle.cycle_list, name="cycle_list"),
    path(f"{CYCLE}baru/", cycle.cycle_create, name="cycle_create"),
    path(f"{CYCLE}<int:pk>/", cycle.cycle_edit, name="cycle_edit"),
    path(f"{CYCLE}<int:pk>/hapus/", cycle.cycle_delete, name="cycle_delete"),
    path(BODY, cycle.body_list, name="body_list"),
    path(f"{BODY}baru/", cycle.body_create, name="body_create"),
    path(f"{BODY}<int:pk>/", cycle.body_edit, name="body_edit"),
    path(f"{BODY}<int:pk>/hapus/", cycle.body_delete, name="body_delete"),
]
