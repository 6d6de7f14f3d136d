from django.urls import path

from bimtek.views import cycle, reading, stages, submissions

app_name = "bimtek"
CYCLE = "rencana/<plan:plan_code>/siklus/"
BODY = "rencana/<plan:plan_code>/lembaga/"
STAGES = "rencana/<plan:plan_code>/tahap/"
STAGE = f"{STAGES}<slug:stage_code>/"
SUBMISSION = f"{STAGE}kiriman/<int:number>/"
CHANGES = f"{SUBMISSION}perubahan/"

urlpatterns = [
    path(STAGES, stages.stage_list, name="stage_list"),
    path(STAGE, stages.stage_detail, name="stage_detail"),
    path(f"{STAGE}kirim/", stages.stage_submit, name="stage_submit"),
    path(SUBMISSION, submissions.submission_detail, name="submission_detail"),
    path(f"{SUBMISSION}naskah/<section:section_code>/", submissions.submission_section, name="submission_section"),
    path(f"{SUBMISSION}tabel/<slug:kind>/", submissions.submission_table, name="submission_table"),
    path(CHANGES, reading.change_list, name="change_list"),
    path(f"{CHANGES}dibaca/", reading.change_read_all, name="change_read_all"),
    path(f"{CHANGES}<slug:part_kind>/<str:part_code>/", reading.change_detail, name="change_detail"),
    path(f"{CHANGES}<slug:part_kind>/<str:part_code>/dibaca/", reading.change_read, name="change_read"),
    path(CYCLE, cycle.cycle_list, name="cycle_list"),
    path(f"{CYCLE}baru/", cycle.cycle_create, name="cycle_create"),
    path(f"{CYCLE}<int:pk>/", cycle.cycle_edit, name="cycle_edit"),
    path(f"{CYCLE}<int:pk>/hapus/", cycle.cycle_delete, name="cycle_delete"),
    path(BODY, cycle.body_list, name="body_list"),
    path(f"{BODY}baru/", cycle.body_create, name="body_create"),
    path(f"{BODY}<int:pk>/", cycle.body_edit, name="body_edit"),
    path(f"{BODY}<int:pk>/hapus/", cycle.body_delete, name="body_delete"),
]
