"""A process of its own for a file from outside: the file on stdin, its reading as JSON; `refused` holds a sentence instead."""

import ctypes
import json
import resource
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from masterplan.word.ooxml import Unfit

PARENT_DEATH_SIGNAL = 1
TOO_MUCH = "Isi berkas terlalu besar untuk dibaca sekaligus."
type Read = Callable[[bytes, str], dict[str, Any]]


def serve(read: Read) -> None:
    """Arguments: the file's name, seconds of processor, bytes of memory."""
    name, cpu_seconds, memory_bytes = sys.argv[1:4]
    restrain(int(cpu_seconds), int(memory_bytes))
    json.dump(reading(read, sys.stdin.buffer.read(), name), sys.stdout, ensure_ascii=False)


def restrain(cpu_seconds: int, memory_bytes: int) -> None:
    """Before the first byte is read. The process sets its own limits: the web process has threads and cannot fork safely."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def reading(read: Read, data: bytes, name: str) -> dict[str, Any]:
    begin = time.perf_counter()
    try:
        result = read(data, name)
    except Unfit as error:
        result = {"refused": str(error), "next_step": error.next_step}
    except (MemoryError, RecursionError):
        result = {"refused": TOO_MUCH, "next_step": "Bagi menjadi beberapa berkas, lalu unggah lagi."}
    result["seconds"] = round(time.perf_counter() - begin, 3)
    return result
