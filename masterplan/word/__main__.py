"""The child process: the file on stdin, its reading as one line of JSON on stdout; `refused` holds a sentence instead."""

import ctypes
import json
import resource
import signal
import sys
import time
from typing import Any

from masterplan.word.ooxml import Unfit
from masterplan.word.read import read_word

PARENT_DEATH_SIGNAL = 1
TOO_MUCH = "Isi berkas terlalu besar untuk dibaca sekaligus."


def main(name: str, cpu_seconds: int, memory_bytes: int) -> None:
    restrain(cpu_seconds, memory_bytes)
    json.dump(reading(sys.stdin.buffer.read(), name), sys.stdout, ensure_ascii=False)


def restrain(cpu_seconds: int, memory_bytes: int) -> None:
    """Before the first byte is read. The process sets its own limits: the web process has threads and cannot fork safely."""
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 2))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, signal.SIGKILL)


def reading(data: bytes, name: str) -> dict[str, Any]:
    begin = time.perf_counter()
    try:
        result = read_word(data, name)
    except Unfit as error:
        result = {"refused": str(error), "next_step": error.next_step}
    except (MemoryError, RecursionError):
        result = {"refused": TOO_MUCH, "next_step": "Unggah bab demi bab."}
    result["seconds"] = round(time.perf_counter() - begin, 3)
    return result


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
