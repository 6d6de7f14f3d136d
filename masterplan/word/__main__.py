"""The child process: a Word file on stdin, its reading as one line of JSON on stdout."""

from masterplan.word.child import serve
from masterplan.word.read import read_word

if __name__ == "__main__":
    serve(read_word)
