.PHONY: check check-all golden

check:  ## in order of speed
	ruff format --check .
	ruff check .
	mypy
	pytest -q -n auto --dist worksteal

check-all: check  ## and what takes minutes: TeX, browsers, services, kills, full disks; all that CI runs
	pytest -q -m slow -n auto --dist worksteal

golden:  ## write the sessions, docs and pictures again, then read the diff
	BCLM_UPDATE=1 pytest -q -m 'slow or not slow' --ignore tests/faults -n auto --dist worksteal
	git diff --stat
