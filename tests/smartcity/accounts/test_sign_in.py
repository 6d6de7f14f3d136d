"""Default-deny: what an anonymous request gets instead of the page."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from smartcity.accounts.middleware import SignInMiddleware, wants_json
from tests.smartcity.accounts.given import PASSWORD, account, client_of


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse("isi")


@pytest.mark.parametrize(
    "path",
    ["/daerah/", "/daerah/63.03/", "/daerah/63.03/orang/", "/daerah/63.03/jejak/", "/acuan/", "/akun/masuk-jendela/"],
)
def test_page_sends_to_sign_in_and_remembers_the_page(client: Client, path: str) -> None:
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, f"/akun/login/?next={path}")


def test_json_gets_401_and_no_redirect(client: Client) -> None:
    response = client.get("/daerah/", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()) == (401, {"error": "login"})


def test_htmx_loads_the_sign_in_page_with_the_current_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/acuan/?cari=x"}
    response = client.get("/daerah/", headers=headers)
    assert (response.status_code, response["HX-Redirect"]) == (204, "/akun/login/?next=%2Facuan%2F")


def test_htmx_never_leads_to_another_host(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": "https://jahat.example/acuan/"}
    assert client.get("/daerah/", headers=headers)["HX-Redirect"] == "/akun/login/?next=%2F"


@pytest.mark.parametrize(
    ("path", "sends"),
    [
        ("/rencana/63.03-2026/naskah/B1.1.1/doc/", None),
        ("/rencana/63.03-2026/naskah/B1.1.1/steps/", "{}"),
        ("/x/", "{}"),
    ],
)
def test_editor_endpoints_count_as_json(path: str, sends: str | None) -> None:
    factory = RequestFactory()
    request = factory.post(path, sends, content_type="application/json") if sends else factory.get(path)
    assert wants_json(request)


def test_form_post_does_not_count_as_json() -> None:
    assert not wants_json(RequestFactory().post("/x/", {"a": "b"}))


def test_view_without_mark_is_closed_even_when_no_login_url_knows_it() -> None:
    request = RequestFactory().get("/baru/", headers={"Accept": "application/json"})
    request.user = type("Anonymous", (), {"is_authenticated": False})()  # type: ignore[assignment]
    response = SignInMiddleware(answer).process_view(request, answer, (), {})
    assert response is not None
    assert response.status_code == 401


@pytest.mark.django_db
def test_sign_up_is_closed(client: Client) -> None:
    fields = {"email": "baru@daerah.example", "password1": PASSWORD, "password2": PASSWORD}
    client.post("/akun/signup/", fields)
    assert client.get("/daerah/").status_code == 302


@pytest.mark.django_db
def test_sign_in_rotates_the_session_key(client: Client) -> None:
    user = account()
    user.authenticator_set.all().delete()
    client.get("/akun/login/")
    session = client.session
    session["apa"] = "saja"
    session.save()
    before = session.session_key
    response = client.post("/akun/login/", {"login": user.email, "password": PASSWORD})
    assert response.status_code == 302
    assert client.session.session_key != before
    assert client.get("/daerah/").status_code == 200


@pytest.mark.django_db
def test_deactivated_person_is_out_on_the_next_request() -> None:
    user = account()
    client = client_of(user)
    assert client.get("/daerah/").status_code == 200
    user.is_active = False
    user.save()
    assert client.get("/daerah/").status_code == 302


@pytest.mark.django_db
def test_login_window_says_that_writing_can_go_on() -> None:
    assert "Tutup tab ini" in client_of(account()).get("/akun/masuk-jendela/").text


@pytest.mark.django_db
def test_password_change_ends_the_other_sessions() -> None:
    user = account()
    user.authenticator_set.all().delete()
    other, own = client_of(user), client_of(user)
    fields = {"oldpassword": PASSWORD, "password1": "sungai-yang-lain-lagi", "password2": "sungai-yang-lain-lagi"}
    assert own.post("/akun/password/change/", fields).status_code == 302
    assert (own.get("/daerah/").status_code, other.get("/daerah/").status_code) == (200, 302)
