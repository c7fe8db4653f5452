# The two commands that everybody needs: `make run` and `make test`. See README.md.
PORT ?= 8000
DATA ?= data
.PHONY: run test bench soak dev check sbom opzetten opzetten-test slot vernieuw

run: opzetten
	.venv/bin/inspecties serve --demo --port $(PORT) --data "$(DATA)"

dev: opzetten
	.venv/bin/inspecties serve --demo --ontwikkel --port $(PORT) --data "$(DATA)"

test: opzetten-test
	bash tests/alles.sh

check: opzetten-test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	.venv/bin/bandit -q -c pyproject.toml -r inspecties migrations config
	cd static && npm run --silent check

bench: opzetten-test
	.venv/bin/python -m tests.bench

soak: opzetten-test
	.venv/bin/python -m tests.soak

# What is in it: CycloneDX of every Python and npm package with its hash, in build/sbom.
sbom: opzetten-test
	.venv/bin/python config/sbom.py build/sbom

opzetten:
	@bash config/opzetten.sh basis

opzetten-test:
	@bash config/opzetten.sh test

# Renews the locks (needs uv on the PATH); review the difference before committing.
slot:
	uv pip compile $(NIEUWSTE) pyproject.toml --extra test --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-binary pysqlite3 -o config/vereisten/test.txt -q
	uv pip compile $(NIEUWSTE) pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --no-binary pysqlite3 -c config/vereisten/test.txt -o config/vereisten/basis.txt -q

# Every package at its newest version that fits, and the day on which that was; `inspecties doctor` watches its age.
vernieuw:
	$(MAKE) slot NIEUWSTE=--upgrade
	cd static && npm update --package-lock-only --silent
	date -u +%F > config/vereisten/vernieuwd.txt
