# make run opens the course, make test passes its tests. Each makes .venv and what goes into it when it is missing.
PORT ?= 8501
PYTHON ?= python3
BIN := .venv/bin
BROWSER := static/plotly.min.js $(patsubst xent_ui/%.js,static/%.js,$(wildcard xent_ui/*.js))

OLDEST := .venv/oldest

.PHONY: run dev test test-oldest lint bench clean
.DELETE_ON_ERROR:

run: .venv/app $(BROWSER)
	$(BIN)/streamlit run server.py --server.port $(PORT)

dev: .venv/app $(BROWSER)
	$(BIN)/streamlit run server.py --server.port $(PORT) --server.fileWatcherType auto

test: .venv/dev $(BROWSER)
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile

# Every page on the oldest Streamlit that the course promises to run on.
test-oldest: $(OLDEST)/dev $(BROWSER)
	$(OLDEST)/bin/python -m pytest --numprocesses auto --dist loadfile tests/pages/test_every_lesson.py tests/pages/test_previews.py

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: .venv/dev $(BROWSER)
	$(BIN)/python -m benchmarks.core
	$(BIN)/python -m benchmarks.interaction

clean:
	rm -rf .venv static

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

# The browser's half of a live picture: plotly.js from the installed package, so that both halves fit.
static/plotly.min.js: .venv/app
	mkdir -p static
	$(BIN)/python -c 'import plotly, pathlib; print(pathlib.Path(plotly.__file__).parent / "package_data/plotly.min.js")' | xargs -I{} cp {} $@
	touch $@

static/%.js: xent_ui/%.js
	mkdir -p static
	cp $< $@
