from django.urls import path

from smartcity.notify.views import choices, mailbox, mails, notices

app_name = "notify"
urlpatterns = [
    path("", notices.notice_list, name="notice_list"),
    path("dibaca/", notices.notice_read_all, name="notice_read_all"),
    path("<int:pk>/buka/", notices.notice_open, name="notice_open"),
    path("pilihan/", choices.choose_ways, name="choices"),
    path("surat/", mails.mail_list, name="mail_list"),
    path("surat/<int:pk>/kirim-ulang/", mails.mail_resend, name="mail_resend"),
    path("kotak/", mailbox.mailbox_list, name="mailbox_list"),
    path("kotak/<slug:letter>/", mailbox.mailbox_letter, name="mailbox_letter"),
]
