"""Many writers at once, over HTTP, against real server processes."""

import http.client
import json
import random
import re
import threading
import time
from http.cookies import SimpleCookie
from typing import Any

from tests.journeys.conftest import Server

WRITERS, SAVES = 16, 25
SECTION = "/rencana/63.03-2026/naskah/B1.1.2/"


class Writer:
    """One signed-in client with a connection of its own."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
        self.cookies: SimpleCookie = SimpleCookie()
        page = self.ask("GET", "/akun/login/")[1]
        self.token = self.token_of(page)
        form = f"csrfmiddlewaretoken={self.token}&person=koordinator.banjar%40contoh.example"
        self.ask("POST", "/akun/contoh/", form, "application/x-www-form-urlencoded")
        self.token = self.token_of(self.ask("GET", "/")[1])

    @staticmethod
    def token_of(page: str) -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', page)
        assert found is not None
        return found.group(1)

    def ask(self, method: str, path: str, body: str | None = None, kind: str = "application/json") -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{m.key}={m.value}" for m in self.cookies.values()), "Accept": "text/html"}
        if body is not None:
            headers |= {"Content-Type": kind, "X-CSRFToken": self.token, "Accept": "application/json"}
        try:
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        except ConnectionError:  # the server closes connections that stayed idle
            self.connection.close()
            self.connection.request(method, path, body, headers)
            response = self.connection.getresponse()
        for value in response.headers.get_all("Set-Cookie") or ():
            self.cookies.load(value)
        return response.status, response.read().decode()

    def save(self, version: int, steps: list[Any], client: str = "forged") -> tuple[int, Any]:
        body = json.dumps({"version": version, "client": client, "steps": steps})
        status, answer = self.ask("POST", f"{SECTION}steps/", body)
        return status, json.loads(answer)


def typed(token: str) -> dict[str, Any]:
    return {"stepType": "replace", "from": 1, "to": 1, "slice": {"content": [{"type": "text", "text": token}]}}


def write_all(writer: Writer, number: int, unexpected: list[Any]) -> None:
    """Each save is tried until the server has it, as the browser does: a stale one learns what it missed, waits and goes on."""
    chance, version = random.Random(number), 0  # noqa: S311 - to spread the tries
    for save in range(SAVES):
        token, tries = f"[{number}.{save}]", 0
        while True:
            status, answer = writer.save(version, [typed(token)], f"w{number}")
            version = answer.get("version", version)
            # After a lost answer the token is among what was missed: it was saved.
            if status != 409 or token in json.dumps(answer["steps"]):
                break
            tries += 1
            time.sleep(chance.random() * min(0.4, 0.02 * 2**tries))
        if status not in (200, 409):
            unexpected.append((status, answer))
            return


def test_sixteen_writers_lose_no_acknowledged_save(example: Server) -> None:
    writers = [Writer(example) for _ in range(WRITERS)]
    unexpected: list[Any] = []
    threads = [
        threading.Thread(target=write_all, args=(writer, number, unexpected)) for number, writer in enumerate(writers)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    document = writers[0].ask("GET", f"{SECTION}doc/")[1]
    for writer in writers:
        writer.connection.close()
    tokens = [f"[{number}.{save}]" for number in range(WRITERS) for save in range(SAVES)]
    assert unexpected == []
    assert {token: document.count(token) for token in tokens} == dict.fromkeys(tokens, 1)
    assert json.loads(document)["version"] == WRITERS * SAVES
