from django.urls import path

from bimtek.views import (
    approvals,
    attendance,
    board,
    calendar,
    check_in,
    cohort,
    cycle,
    deadlines,
    documents,
    editions,
    events,
    opinions,
    reading,
    signatures,
    stages,
    submissions,
    verification,
    wall,
)

app_name = "bimtek"
CYCLE = "rencana/<plan:plan_code>/siklus/"
BODY = "rencana/<plan:plan_code>/lembaga/"
DOCUMENTS = "rencana/<plan:plan_code>/dokumen/"
EVENTS = "rencana/<plan:plan_code>/kegiatan/"
EVENT = f"{EVENTS}<int:pk>/"
STAGES = "rencana/<plan:plan_code>/tahap/"
STAGE = f"{STAGES}<slug:stage_code>/"
SUBMISSION = f"{STAGE}kiriman/<int:number>/"
OPINIONS = f"{SUBMISSION}pendapat/"
APPROVAL = f"{SUBMISSION}pengesahan/"
EDITIONS = "rencana/<plan:plan_code>/edisi/"
CERTIFICATE = "rencana/<plan:plan_code>/sertifikat/"
CHANGES = f"{SUBMISSION}perubahan/"

urlpatterns = [
    path("papan-quick-win/", board.quick_win_board, name="quick_win_board"),
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
    path(OPINIONS, opinions.opinion_list, name="opinion_list"),
    path(f"{OPINIONS}tahap/", opinions.opinion_edit, name="opinion_stage"),
    path(f"{OPINIONS}bab/<str:chapter_code>/", opinions.opinion_edit, name="opinion_edit"),
    path(f"{OPINIONS}keluarkan/", opinions.opinion_issue, name="opinion_issue"),
    path(f"{OPINIONS}salin/", opinions.opinion_carry, name="opinion_carry"),
    path(f"{OPINIONS}buang/", opinions.opinion_discard, name="opinion_discard"),
    path(f"{OPINIONS}berkas/", opinions.opinion_attach, name="opinion_attach"),
    path("rencana/<plan:plan_code>/pendapat/<int:number>/", opinions.opinion_detail, name="opinion_detail"),
    path(APPROVAL, approvals.approval_detail, name="approval_detail"),
    path(f"{APPROVAL}mulai/", approvals.approval_start, name="approval_start"),
    path(f"{APPROVAL}<int:pk>/", approvals.approval_decide, name="approval_decide"),
    path(f"{APPROVAL}<int:pk>/lembar/", approvals.approval_sheet, name="approval_sheet"),
    path(f"{SUBMISSION}buku/", approvals.book_download, name="book_download"),
    path(f"{SUBMISSION}buku/ulang/", approvals.book_again, name="book_again"),
    path(EDITIONS, editions.edition_list, name="edition_list"),
    path(f"{EDITIONS}<int:number>/penetapan/", editions.edition_enact, name="edition_enact"),
    path(f"{EDITIONS}<int:number>/tanda-tangan/", signatures.edition_sign, name="edition_sign"),
    path(f"{EDITIONS}<int:number>/tanda-tangan/<int:pk>/", signatures.signed_download, name="signed_download"),
    path(CERTIFICATE, signatures.certificate_detail, name="certificate_detail"),
    path(f"{CERTIFICATE}hapus/", signatures.certificate_remove, name="certificate_remove"),
    path(f"{CERTIFICATE}uji/", signatures.certificate_test, name="certificate_test"),
    path("periksa/", verification.verification_home, name="verification_home"),
    path("periksa/<uuid:book_code>/", verification.verification_detail, name="verification_detail"),
    path(f"{EVENT}putusan/", editions.ekspose_judge, name="ekspose_judge"),
    path(CYCLE, cycle.cycle_list, name="cycle_list"),
    path(f"{CYCLE}angkatan/", cohort.participation, name="participation"),
    path(f"{CYCLE}baru/", cycle.cycle_create, name="cycle_create"),
    path(f"{CYCLE}<int:pk>/", cycle.cycle_edit, name="cycle_edit"),
    path(f"{CYCLE}<int:pk>/hapus/", cycle.cycle_delete, name="cycle_delete"),
    path(BODY, cycle.body_list, name="body_list"),
    path(f"{BODY}baru/", cycle.body_create, name="body_create"),
    path(f"{BODY}<int:pk>/", cycle.body_edit, name="body_edit"),
    path(f"{BODY}<int:pk>/hapus/", cycle.body_delete, name="body_delete"),
    path(DOCUMENTS, documents.document_list, name="document_list"),
    path(f"{DOCUMENTS}baru/", documents.document_create, name="document_create"),
    path(f"{DOCUMENTS}<int:pk>/", documents.document_detail, name="document_detail"),
    path(f"{DOCUMENTS}<int:pk>/ubah/", documents.document_edit, name="document_edit"),
    path(f"{DOCUMENTS}<int:pk>/hapus/", documents.document_delete, name="document_delete"),
    path(f"{DOCUMENTS}<int:pk>/berkas/", documents.document_file, name="document_file"),
    path("rencana/<plan:plan_code>/berkas/<uuid:file_id>/", documents.file_download, name="file_download"),
    path(EVENTS, events.event_list, name="event_list"),
    path(f"{EVENTS}baru/", events.event_create, name="event_create"),
    path(EVENT, events.event_detail, name="event_detail"),
    path(f"{EVENT}ubah/", events.event_edit, name="event_edit"),
    path(f"{EVENT}hapus/", events.event_delete, name="event_delete"),
    path(f"{EVENT}berkas/", events.event_file_add, name="event_file_add"),
    path(f"{EVENT}berkas/<int:file_pk>/lepas/", events.event_file_remove, name="event_file_remove"),
    path(f"{EVENT}qr/<str:day>/", events.event_qr, name="event_qr"),
    path(f"{EVENT}layar/", wall.event_wall, name="event_wall"),
    path(f"{EVENT}hadir/", attendance.attendance_list, name="attendance_list"),
    path(f"{EVENT}peserta/", attendance.participant_add, name="participant_add"),
    path(f"{EVENT}peserta/<int:person_pk>/", attendance.participant_edit, name="participant_edit"),
    path(f"{EVENT}peserta/<int:person_pk>/hapus/", attendance.participant_remove, name="participant_remove"),
    path("hadir/<str:signed>/", check_in.check_in, name="check_in"),
    path(f"{STAGE}mulai/", deadlines.stage_start, name="stage_start"),
    path(f"{STAGE}tenggat/<int:pk>/", deadlines.deadline_extend, name="deadline_extend"),
    path("rencana/<plan:plan_code>/kalender/", calendar.calendar_month, name="calendar_month"),
    path("rencana/<plan:plan_code>/kalender.ics", calendar.calendar_file, name="calendar_file"),
]
