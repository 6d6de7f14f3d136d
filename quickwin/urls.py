from django.urls import path

from quickwin.views import ballots, decisions, idea_public, ideas, progress, quick_win, renewal, rounds

app_name = "quickwin"
BASE = "rencana/<plan:plan_code>/quick-win/"
CHOICE = f"{BASE}pemilihan/"
IDEAS = "rencana/<plan:plan_code>/usulan-warga/"
ROUND = f"{CHOICE}<int:year>/"

urlpatterns = [
    path("usulan/<regency:code>/", idea_public.idea_public, name="idea_public"),
    path(IDEAS, ideas.idea_list, name="idea_list"),
    path(f"{IDEAS}formulir/", ideas.idea_box, name="idea_box"),
    path(f"{IDEAS}<int:number>/", ideas.idea_detail, name="idea_detail"),
    path(f"{IDEAS}<int:number>/putuskan/", ideas.idea_decide, name="idea_decide"),
    path(f"{IDEAS}<int:number>/hapus-data/", ideas.idea_erase, name="idea_erase"),
    path(BASE, quick_win.quick_win_list, name="quick_win_list"),
    path(f"{BASE}baru/", quick_win.quick_win_create, name="quick_win_create"),
    path(f"{BASE}<int:pk>/", quick_win.quick_win_detail, name="quick_win_detail"),
    path(f"{BASE}<int:pk>/ubah/", quick_win.quick_win_edit, name="quick_win_edit"),
    path(f"{BASE}<int:pk>/hapus/", quick_win.quick_win_delete, name="quick_win_delete"),
    path(f"{BASE}<int:pk>/kabar/", progress.news_add, name="news_add"),
    path(f"{BASE}<int:pk>/tonggak/", progress.milestone_report, name="milestone_report"),
    path(f"{BASE}<int:pk>/alihkan/", progress.win_reassign, name="win_reassign"),
    path(f"{BASE}foto/<uuid:photo_id>/", progress.photo_file, name="photo_file"),
    path(f"{BASE}<int:pk>/lanjut/", renewal.win_renew, name="win_renew"),
    path(f"{BASE}pembaruan/<int:year>/", renewal.renewal_year, name="renewal_year"),
    path(CHOICE, rounds.round_list, name="round_list"),
    path(f"{CHOICE}buka/", rounds.round_open, name="round_open"),
    path(ROUND, rounds.round_detail, name="round_detail"),
    path(f"{ROUND}calon/", rounds.candidate_add, name="candidate_add"),
    path(f"{ROUND}calon/<int:candidate_pk>/keluarkan/", rounds.candidate_remove, name="candidate_remove"),
    path(f"{ROUND}penilai/", rounds.scorer_add, name="scorer_add"),
    path(f"{ROUND}penilai/<int:ballot_pk>/keluarkan/", rounds.scorer_remove, name="scorer_remove"),
    path(f"{ROUND}nilai/", ballots.ballot_detail, name="ballot_detail"),
    path(f"{ROUND}nilai/serahkan/", ballots.ballot_hand_in, name="ballot_hand_in"),
    path(f"{ROUND}nilai/<int:candidate_pk>/", ballots.ballot_candidate, name="ballot_candidate"),
    path(f"{ROUND}putuskan/", decisions.round_decide, name="round_decide"),
    path(f"{ROUND}calon/<int:candidate_pk>/jadikan/", decisions.candidate_make, name="candidate_make"),
]
