from django.urls import path

from smartcity.accounts import views

app_name = "accounts"
urlpatterns = [
    path("contoh/", views.demo_login, name="demo_login"),
    path("masuk-jendela/", views.login_window, name="login_window"),
    path("sesi/", views.session_state, name="session_state"),
]
