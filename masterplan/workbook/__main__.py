"""The child process: a workbook on stdin, its reading as one line of JSON on stdout."""

from masterplan.word.child import serve
from masterplan.workbook.read import read_workbook

if __name__ == "__main__":
    serve(read_workbook)
