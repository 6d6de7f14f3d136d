from django.urls import path

from masterplan import converters
from masterplan.views import (
    findings,
    guidance,
    history,
    outline,
    pictures,
    plans,
    presence,
    recovered,
    rows,
    section_api,
    sections,
    word_import,
)

converters.register()
app_name = "masterplan"
PLAN = "rencana/<plan:plan_code>/"
SECTION = f"{PLAN}naskah/<section:section_code>/"
ROWS = f"{PLAN}tabel/<slug:kind>/"

urlpatterns = [
    path("rencana/", plans.plan_list, name="plan_list"),
    path("rencana/baru/", plans.plan_create, name="plan_create"),
    path(PLAN, plans.plan_detail, name="plan_detail"),
    path(f"{PLAN}catatan/", plans.plan_notes, name="plan_notes"),
    path(f"{PLAN}penugasan/", plans.section_assign, name="section_assign"),
    path(f"{PLAN}anggota/", plans.member_list, name="member_list"),
    path(f"{PLAN}anggota/<int:pk>/keluarkan/", plans.member_remove, name="member_remove"),
    path(f"{PLAN}hadir/", presence.plan_presence, name="plan_presence"),
    path(f"{PLAN}pulihan/", recovered.recovered_list, name="recovered_list"),
    path(f"{PLAN}pulihan/<int:pk>/", recovered.recovered_detail, name="recovered_detail"),
    path(f"{PLAN}pulihan/<int:pk>/kembalikan/", recovered.recovered_put_back, name="recovered_put_back"),
    path(f"{PLAN}pulihan/<int:pk>/abaikan/", recovered.recovered_dismiss, name="recovered_dismiss"),
    path(f"{PLAN}pulihan/<int:pk>/buka/", recovered.recovered_reopen, name="recovered_reopen"),
    path(f"{PLAN}impor/", word_import.word_import_list, name="word_import_list"),
    path(f"{PLAN}impor/<uuid:import_id>/", word_import.word_import_detail, name="word_import_detail"),
    path(
        f"{PLAN}impor/<uuid:import_id>/potongan/<int:piece>/", word_import.word_import_piece, name="word_import_piece"
    ),
    path(f"{PLAN}impor/<uuid:import_id>/pakai/", word_import.word_import_apply, name="word_import_apply"),
    path(f"{PLAN}impor/<uuid:import_id>/batal/", word_import.word_import_drop, name="word_import_drop"),
    path(SECTION, sections.section_write, name="section_write"),
    path(f"{SECTION}panduan/", guidance.section_guidance, name="section_guidance"),
    path(f"{PLAN}riwayat/", history.plan_history, name="plan_history"),
    path(f"{SECTION}riwayat/", history.section_history, name="section_history"),
    path(f"{SECTION}riwayat/simpanan/", history.section_log, name="section_log"),
    path(f"{SECTION}riwayat/bandingkan/", history.section_compare, name="section_compare"),
    path(f"{SECTION}riwayat/nama/<int:pk>/hapus/", history.section_unname, name="section_unname"),
    path(f"{SECTION}riwayat/<int:version>/", history.section_version, name="section_version"),
    path(f"{SECTION}riwayat/<int:version>/nama/", history.section_name_version, name="section_name_version"),
    path(f"{SECTION}riwayat/<int:version>/pulihkan/", history.section_restore, name="section_restore"),
    path(f"{SECTION}doc/", section_api.section_doc, name="section_doc"),
    path(f"{SECTION}steps/", section_api.section_steps, name="section_steps"),
    path(f"{SECTION}pena/", presence.section_lease, name="section_lease"),
    path(f"{SECTION}pulihan/", section_api.section_recovered, name="section_recovered"),
    path(f"{SECTION}gambar/", pictures.picture_upload, name="picture_upload"),
    path("gambar/<uuid:picture_id>/", pictures.picture_file, name="picture_file"),
    path(f"{PLAN}temuan/", findings.finding_list, name="finding_list"),
    path(f"{PLAN}temuan/aturan/", findings.finding_rules, name="finding_rules"),
    path(f"{PLAN}temuan/<slug:fingerprint>/abaikan/", findings.finding_waive, name="finding_waive"),
    path(f"{PLAN}temuan/<slug:fingerprint>/buka/", findings.finding_unwaive, name="finding_unwaive"),
    path(f"{SECTION}temuan/", findings.section_findings, name="section_findings"),
    path(f"{PLAN}tabel/", rows.row_overview, name="row_overview"),
    path(ROWS, rows.row_list, name="row_list"),
    path(f"{ROWS}baru/", rows.row_create, name="row_create"),
    path(f"{ROWS}<int:pk>/", rows.row_edit, name="row_edit"),
    path(f"{ROWS}<int:pk>/temuan/", findings.row_findings, name="row_findings"),
    path(f"{ROWS}<int:pk>/hapus/", rows.row_delete, name="row_delete"),
    path("acuan/", outline.outline_list, name="outline_list"),
    path("acuan/<slug:outline_code>/", outline.outline_detail, name="outline_detail"),
    path(
        "acuan/<slug:outline_code>/<section:section_code>/", outline.outline_section_edit, name="outline_section_edit"
    ),
]
