"""The way to the mail server: one message, and exactly what is known of it afterwards."""

import smtplib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.mail import EmailMessage, mailers
from django.core.mail.backends import smtp

ANSWER_SECONDS = 120  # a server may check a message before it answers; giving up early would leave us not knowing
LONGEST = 200


class Later(Exception):
    """Not taken now. `is_server` says that it would be the same for every mail."""

    def __init__(self, reason: str, *, is_server: bool) -> None:
        super().__init__(reason)
        self.is_server = is_server


class Refused(Exception):
    """The server will not take this one, now or later."""


class Unknown(Exception):
    """The whole message was handed over and no answer came: it may or may not be on its way."""


class HandOver(smtplib.SMTP):
    """A server keeps a message only after the line that ends it. `before_end` is called when all but that line is sent."""

    before_end: Callable[[], None] | None = None

    def send(self, s: Any) -> None:
        if self.before_end is None or not isinstance(s, bytes) or not s.endswith(b"\r\n.\r\n"):
            super().send(s)
            return
        super().send(s[:-3])
        call, self.before_end = self.before_end, None
        call()
        if self.sock is not None:
            self.sock.settimeout(ANSWER_SECONDS)
        super().send(s[-3:])

    def data(self, msg: Any) -> Any:
        try:
            return super().data(msg)
        finally:
            if self.sock is not None:
                self.sock.settimeout(self.timeout)


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return HandOver


class Courier:
    """One connection for a run of mails; after trouble the next mail opens a new one."""

    def __init__(self) -> None:
        self.mailer: Any = mailers["default"]

    def hand(self, message: EmailMessage, before_end: Callable[[], None]) -> None:
        """Returns when the server has taken it. `before_end` may raise: then the message is not taken."""
        ended = False

        def end() -> None:
            nonlocal ended
            before_end()
            ended = True

        try:
            self._hand(message, end)
        except smtplib.SMTPRecipientsRefused as error:
            self._drop()
            code, text = next(iter(error.recipients.values()))
            raise _answer(code, text, is_server=False) from error
        except smtplib.SMTPDataError as error:
            self._drop()
            raise _answer(error.smtp_code, error.smtp_error, is_server=False) from error
        except (smtplib.SMTPException, OSError) as error:
            self._drop()
            if ended:
                raise Unknown(_short(error)) from error
            raise Later(_short(error), is_server=True) from error
        except BaseException:
            self._drop()
            raise

    def _hand(self, message: EmailMessage, end: Callable[[], None]) -> None:
        self.mailer.open()
        connection = getattr(self.mailer, "connection", None)
        if isinstance(connection, HandOver):
            connection.before_end = end
        else:
            end()
        self.mailer.send_messages([message])

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.mailer.close()

    def _drop(self) -> None:
        """Without a farewell: a server that hangs would keep us waiting."""
        connection = getattr(self.mailer, "connection", None)
        if isinstance(connection, smtplib.SMTP):
            connection.close()
            self.mailer.connection = None


def _answer(code: int, text: bytes | str, *, is_server: bool) -> Exception:
    said = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    reason = f"{code} {' '.join(said.split())}"[:LONGEST]
    return Refused(reason) if code >= 500 else Later(reason, is_server=is_server or code == 421)


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:LONGEST]
