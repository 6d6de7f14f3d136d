from django.urls import path

from export import drawing_views, look_views, paper_views, preview_views, summary_views, thread_views, views

app_name = "export"
BASE = "rencana/<plan:plan_code>/ekspor/"
THREAD = "rencana/<plan:plan_code>/benang-merah/"
EVENT = "rencana/<plan:plan_code>/kegiatan/<int:pk>/"
MATRIX = "rencana/<plan:plan_code>/tanggapan/"
QUICK_WINS = "rencana/<plan:plan_code>/quick-win/"
LOOK = "rencana/<plan:plan_code>/tampilan-buku/"
DRAWINGS = "rencana/<plan:plan_code>/gambar-data/"

SECTION = "rencana/<plan:plan_code>/naskah/<section:section_code>/"

urlpatterns = [
    path(f"{SECTION}nomor/", views.section_numbers, name="section_numbers"),
    path(f"{SECTION}pratinjau/", preview_views.section_preview, name="section_preview"),
    path(f"{SECTION}ringkasan/", summary_views.section_summary, name="section_summary"),
    path(f"{SECTION}ringkasan/tulis/", summary_views.summary_by_hand, name="summary_by_hand"),
    path(f"{SECTION}ringkasan/otomatis/", summary_views.summary_again, name="summary_again"),
    path(BASE, views.export_list, name="export_list"),
    path(f"{BASE}<uuid:job_id>/", views.export_status, name="export_status"),
    path(f"{BASE}<uuid:job_id>/batal/", views.export_cancel, name="export_cancel"),
    path(f"{BASE}<uuid:job_id>/lihat/", views.export_view, name="export_view"),
    path(f"{BASE}<uuid:job_id>/unduh/", views.export_download, name="export_download"),
    path(THREAD, thread_views.thread_list, name="thread_list"),
    path(f"{THREAD}<slug:kind>/<int:pk>/", thread_views.thread_row, name="thread_row"),
    path(LOOK, look_views.look_edit, name="look_edit"),
    path(f"{LOOK}sampul/", look_views.look_covers, name="look_covers"),
    path(f"{LOOK}bawaan/", look_views.look_reset, name="look_reset"),
    path(MATRIX, paper_views.matrix, name="matrix"),
    path(f"{MATRIX}<slug:file_format>/", paper_views.matrix_file, name="matrix_file"),
    path(f"{EVENT}berita-acara/<slug:file_format>/", paper_views.minutes_file, name="minutes_file"),
    path(f"{EVENT}daftar-hadir/<slug:file_format>/", paper_views.attendance_file, name="attendance_file"),
    path(f"{QUICK_WINS}buku/<int:year>/", paper_views.quick_win_book_file, name="quick_win_book"),
    path(f"{QUICK_WINS}paparan/<int:year>/", paper_views.quick_win_deck_file, name="quick_win_deck"),
    path("rencana/<plan:plan_code>/lembar-program/", paper_views.programme_sheets_file, name="programme_sheets"),
    path(DRAWINGS, drawing_views.drawing_list, name="drawing_list"),
    path(f"{DRAWINGS}quick-win/<int:pk>/risiko/", drawing_views.risk_drawing, name="risk_drawing"),
    path(f"{DRAWINGS}<slug:drawing>/", drawing_views.drawing_detail, name="drawing_detail"),
]
