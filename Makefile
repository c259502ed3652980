.PHONY: check golden

check:  ## everything CI runs, in order of speed
	ruff format --check .
	ruff check .
	mypy
	pytest -q -n auto --dist worksteal

golden:  ## write the sessions, docs and pictures again, then read the diff
	BCLM_UPDATE=1 pytest -q -n auto --dist worksteal
	git diff --stat
