"""`make bench`: server times of the section page and of a save, and the start of `make run`; medians of real requests.

Generates a plan with about 300 sections in a database of its own; prints medians and 95th percentiles in milliseconds.
"""

import json

from plant import grow_outline, measure, prepared


def measure_pages() -> None:
    from django.test import Client  # noqa: PLC0415

    from smartcity.accounts.models import User  # noqa: PLC0415

    client = Client()
    client.force_login(User.objects.get(email="koordinator.banjar@contoh.example"))
    base = "/rencana/63.03-2026/"
    pages = {
        "section page, 300 sections": f"{base}naskah/B1.1.1/",
        "overview, 300 sections": base,
        "programmes, 37 rows": f"{base}tabel/program/",
        "home": "/",
    }
    for name, path in pages.items():
        assert client.get(path).status_code == 200
        print(f"{name:<30} {measure(lambda path=path: client.get(path))}")
    url = f"{base}naskah/B1.1.1/steps/"
    version = json.loads(client.get(f"{base}naskah/B1.1.1/doc/").content)["version"]

    def save() -> None:
        nonlocal version
        step = {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": "kata "}]}}
        body = json.dumps({"version": version, "client": "bench", "steps": [step]})
        response = client.post(url, body, content_type="application/json", headers={"Accept": "application/json"})
        assert response.status_code == 200, response.content
        version = response.json()["version"]

    print(f"{'save of one step':<30} {measure(save)}")


def main() -> None:
    with prepared():
        grow_outline(300)
        measure_pages()


if __name__ == "__main__":
    main()
