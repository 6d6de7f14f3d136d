# `make run` to try it, `make test` before you hand in a change.
PYTHON := .venv/bin/python
TEST_OPTIONS ?=

help:
	@echo "make run      siapkan dan jalankan (web, pekerja, PostgreSQL sendiri)"
	@echo "make test     siapkan dan jalankan semua uji, termasuk di peramban"
	@echo "make check    gaya, tipe, lapisan, templat, migrasi, setelan produksi"
	@echo "make soak     uji tahan banting penyunting 10 menit (SECONDS=… mengubahnya)"
	@echo "make bench    ukur kecepatan     make bench-saves, make bench-typing, make bench-grid, make bench-reading, make bench-export, make bench-board   ukur simpan, ketik, tabel, bacaan, ekspor, papan"
	@echo "make pictures buat gambar satu halaman buku dari tiap jenis di build/pages"
	@echo "make setup    hanya menyiapkan"
	@echo "make format   rapikan kode       make lock    kunci ulang paket     make editor  bangun ulang editor"
	@echo "make audit    cari celah keamanan yang dikenal pada paket (perlu internet)"

setup:
	@scripts/setup.sh

setup-tests:
	@scripts/setup.sh --with-tests

run: setup
	@exec $(PYTHON) scripts/run.py

test: setup-tests
	$(PYTHON) -m pytest -n 2 -m "not browser" $(TEST_OPTIONS)
	$(PYTHON) -m pytest -n 2 -m browser $(TEST_OPTIONS)

check: setup-tests
	scripts/check.sh

# Two browsers in one section while the server is killed, the network cut, tabs closed and sessions ended.
SECONDS := 600
soak: setup-tests
	SOAK_SECONDS=$(SECONDS) SOAK_SEED=$${SOAK_SEED:-$$(date +%s)} $(PYTHON) -m pytest -q -s -p no:logging tests/journeys/test_soak.py

bench: setup-tests
	$(PYTHON) bench/run.py

bench-saves: setup-tests
	$(PYTHON) bench/saves.py

bench-typing: setup-tests
	$(PYTHON) bench/typing_speed.py

bench-grid: setup-tests
	$(PYTHON) bench/grid.py

bench-export: setup-tests
	$(PYTHON) bench/export.py

bench-reading: setup-tests
	$(PYTHON) bench/reading.py

bench-board: setup-tests
	$(PYTHON) bench/board.py

# One page of every kind, to be looked at.
pictures: setup-tests
	$(PYTHON) bench/pages.py

format: setup
	.venv/bin/ruff check --fix-only --quiet .
	.venv/bin/ruff format --quiet .

lock:
	@uv=$$(scripts/uv.sh) && for name in base dev; do \
	  $$uv pip compile --quiet --upgrade --universal --generate-hashes --no-emit-index-url --no-header \
	    --python-version 3.13 requirements/$$name.in -o requirements/$$name.txt || exit 1; done

# Not part of `make check`: it asks a vulnerability service. --strict fails when a package could not be looked up.
audit:
	@uv=$$(scripts/uv.sh) && $$uv tool run pip-audit --strict --disable-pip --require-hashes -r requirements/base.txt

editor:
	cd editor && npm ci && npm run build && npm run schema && npm run fuzz

clean:
	rm -rf .venv .tools var build

.PHONY: help setup setup-tests run test check soak bench bench-saves bench-typing bench-grid bench-reading bench-export bench-board pictures format lock audit editor clean
