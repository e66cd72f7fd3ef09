# make demo    install into .venv and show the tasks of a speech and of a notice
# make test    install what developers need and run all tests
# make check   formatting, lint, types, layers, tests: what CI runs
# make golden  write the expected outputs and the command reference anew, and show what changed
# make bench   print the table of speeds
# make fuzz    read damaged files of every format for FUZZ_SECONDS each; what fails is kept in build/fuzz
# make scores  print how good it is on corpora/
# make lock    resolve requirements-dev.lock anew from pyproject.toml
# make clean   remove caches and build results (.venv stays)

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SPEECH := corpora/tasks/T01.docx
NOTICE := corpora/tasks/T03.pdf
FUZZ_SECONDS := 20

.DELETE_ON_ERROR:
.PHONY: demo test check lint golden bench fuzz scores lock clean

demo: $(VENV)/installed
	$(BIN)/textsafe tasks $(SPEECH) $(NOTICE)

test: $(VENV)/developed
	$(BIN)/pytest -n auto

lint: $(VENV)/developed
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test

golden: $(VENV)/developed
	$(BIN)/pytest -q --update-golden tests/test_golden.py tests/cli/test_golden.py tests/test_docs.py
	git diff --stat -- tests/golden docs/reference

bench: $(VENV)/developed
	$(BIN)/python benchmarks/run.py $(BENCH)

fuzz: $(VENV)/developed
	$(BIN)/python -m tests.fuzz --seconds $(FUZZ_SECONDS) $(FUZZ)

scores: $(VENV)/developed
	$(BIN)/python -m benchmarks.corpora

lock: $(VENV)-lock/bin/uv
	$< pip compile pyproject.toml --extra dev --extra ocr --universal --python-version 3.11 --upgrade \
		--no-emit-index-url --no-header --quiet --output-file requirements-dev.lock

clean:
	rm -rf build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)*' -prune -exec rm -rf {} +

# Debian ships venv without pip unless python3-venv is installed; the system's pip fills the gap.
$(VENV)/pyvenv.cfg:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo '需要 Python 3.11 或更高版本 / Python 3.11 or newer is needed: make PYTHON=python3.12'; exit 1; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || \
		{ $(PYTHON) -m venv --clear --without-pip $(VENV) && \
		  $(PYTHON) -m pip --python $(BIN)/python install --quiet pip; } || \
		{ rm -rf $(VENV); \
		  echo '无法建立虚拟环境，请先运行 / cannot create .venv, please run: apt-get install python3-venv'; \
		  exit 1; }

$(VENV)/installed: pyproject.toml $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --editable .
	@touch $@

$(VENV)/developed: requirements-dev.lock pyproject.toml $(VENV)/pyvenv.cfg
	$(BIN)/python -m pip install --quiet --requirement requirements-dev.lock
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $(VENV)/installed $@

$(VENV)-lock/bin/uv:
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
