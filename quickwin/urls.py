from django.urls import path

from quickwin import views

app_name = "quickwin"
BASE = "rencana/<plan:plan_code>/quick-win/"

urlpatterns = [
    path(BASE, views.quick_win_list, name="quick_win_list"),
    path(f"{BASE}baru/", views.quick_win_create, name="quick_win_create"),
    path(f"{BASE}<int:pk>/", views.quick_win_detail, name="quick_win_detail"),
    path(f"{BASE}<int:pk>/ubah/", views.quick_win_edit, name="quick_win_edit"),
    path(f"{BASE}<int:pk>/hapus/", views.quick_win_delete, name="quick_win_delete"),
]
