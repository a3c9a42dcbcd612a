# make run opens the course; make test and make test-browser pass its tests. Each makes .venv and what goes into it when it is missing.
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
OLDEST := .venv/oldest

.PHONY: run dev test test-browser test-oldest lint bench clean
.DELETE_ON_ERROR:

run: .venv/app
	$(BIN)/streamlit run app.py --server.port $(PORT)

dev: .venv/app
	$(BIN)/streamlit run app.py --server.port $(PORT) --server.fileWatcherType auto

test: .venv/dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup --ignore tests/browser

# Every page in a real Chromium, which takes longer than all other tests together.
test-browser: .venv/dev
	$(BIN)/python -m pytest --numprocesses auto --dist loadgroup tests/browser

# Every page, and a real browser, on the oldest Streamlit that the course promises to run on.
test-oldest: $(OLDEST)/dev
	$(OLDEST)/bin/python -m pytest --numprocesses auto --dist loadgroup tests/pages/test_every_page.py tests/browser/test_every_lesson.py

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.interaction

clean:
	rm -rf .venv

.venv/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Xent Lab needs Python 3.11 or newer: make PYTHON=python3.11 run")'
	$(PYTHON) -m venv .venv

.venv/app: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/dev: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/app

$(OLDEST)/dev: requirements.txt requirements-dev.txt | .venv/bin/python
	$(PYTHON) -m venv $(OLDEST)
	$(OLDEST)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	$(OLDEST)/bin/python -m pip install --quiet --disable-pip-version-check streamlit==1.62.0
	touch $@
