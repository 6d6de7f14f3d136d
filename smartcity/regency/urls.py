from django.urls import path

from smartcity.regency import converters
from smartcity.regency.views import invitations, offices, people, regions, trail

converters.register()
app_name = "regency"
REGION = "<regency:code>/"
PEOPLE = "<place:place>/orang/"

urlpatterns = [
    path("", regions.regency_list, name="regency_list"),
    path("undangan/<str:token>/", invitations.accept_invitation, name="accept_invitation"),
    path(REGION, regions.regency_detail, name="regency_detail"),
    path(f"{REGION}ubah/", regions.regency_edit, name="regency_edit"),
    path(f"{REGION}perangkat-daerah/baru/", offices.opd_create, name="opd_create"),
    path(f"{REGION}perangkat-daerah/<int:pk>/", offices.opd_edit, name="opd_edit"),
    path(f"{REGION}perangkat-daerah/<int:pk>/keadaan/", offices.opd_activity, name="opd_activity"),
    path(f"{REGION}jejak/", trail.trail_list, name="trail_list"),
    path(PEOPLE, people.people_list, name="people_list"),
    path(f"{PEOPLE}undang/", people.people_invite, name="people_invite"),
    path(f"{PEOPLE}undangan/<int:pk>/kirim-ulang/", people.invitation_resend, name="invitation_resend"),
    path(f"{PEOPLE}undangan/<int:pk>/batal/", people.invitation_revoke, name="invitation_revoke"),
    path(f"{PEOPLE}<int:pk>/cabut/", people.membership_revoke, name="membership_revoke"),
]
