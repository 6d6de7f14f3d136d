"""A mail server on this machine that does as a test says, and keeps what it took."""

import re
import socketserver
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

GREETING, RECIPIENT, DATA, END = "greeting", "recipient", "data", "end"


class PostOffice(socketserver.ThreadingTCPServer):
    """`answers` says what to answer at a step instead of the usual; "hang" answers nothing until the test is over."""

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Talk)
        self.answers: dict[str, str] = {}
        self.taken: list[str] = []
        self.connections = 0
        self.over = threading.Event()
        self.on_step: Callable[[str, int], None] = lambda *_: None  # the step, and how many were taken

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def ids(self) -> Counter[str]:
        """How often each Message-ID was taken."""
        return Counter(re.findall(r"^Message-ID: (\S+)", "\n".join(self.taken), re.MULTILINE | re.IGNORECASE))


class Talk(socketserver.StreamRequestHandler):
    server: PostOffice

    def say(self, step: str, usual: str) -> bool:
        """False when the talk is over."""
        answer = self.server.answers.get(step, usual)
        if answer == "hang":
            self.server.over.wait(120)
            return False
        self.wfile.write(f"{answer}\r\n".encode())
        return not answer.startswith("421")

    def handle(self) -> None:
        self.server.connections += 1
        going = self.say(GREETING, "220 siap")
        while going:
            line = self.rfile.readline().decode().strip().upper()
            if not line or line == "QUIT":
                return
            if line.startswith("RCPT"):
                going = self.say(RECIPIENT, "250 baik")
            elif line == "DATA":
                self.server.on_step(DATA, len(self.server.taken))
                going = self.say(DATA, "354 kirim") and (DATA in self.server.answers or self.read())
            else:
                self.wfile.write(b"250 baik\r\n")

    def read(self) -> bool:
        text = []
        while (line := self.rfile.readline()) != b".\r\n":
            if not line:
                return False  # cut off before the end: a server throws this away
            text.append(line.decode())
        if not self.server.answers.get(END, "250").startswith(("4", "5")):
            self.server.taken.append("".join(text))
            self.server.on_step(END, len(self.server.taken))
        return self.say(END, "250 diterima")


@contextmanager
def post_office() -> Iterator[PostOffice]:
    with PostOffice() as office:
        threading.Thread(target=office.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield office
        finally:
            office.over.set()
            office.shutdown()


def mailers(port: int, timeout: float = 1) -> dict[str, Any]:
    options = {"host": "127.0.0.1", "port": port, "timeout": timeout}
    return {"default": {"BACKEND": "smartcity.notify.courier.EmailBackend", "OPTIONS": options}}
