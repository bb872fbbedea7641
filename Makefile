# Needs make and Python 3.11 or newer; everything else is built into .venv.

PORT ?= 8000
RELOAD ?= yes
JOBS ?= 2
SINCE ?= 10m
PYTHON ?= python3
STAGE ?=
# A local AWS instead of AWS itself (ENDPOINT=http://...).
LOCAL = $(if $(ENDPOINT),--endpoint '$(ENDPOINT)')

BIN := .venv/bin
STAMP := .venv/.stamp

# A Python that was upgraded or removed leaves a broken environment behind: then build it anew.
$(shell test ! -e $(STAMP) || $(BIN)/python -c '' 2>/dev/null || rm -f $(STAMP))

.DEFAULT_GOAL := help
.PHONY: help run fire test lint format schema clean bootstrap secrets smoke rollback demo
.PHONY: deploy destroy logs invoke status

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' Makefile

run: $(STAMP) ## Start Tiza with its database and demo data (PORT=8001 for another port)
	@exec $(BIN)/python -m dev.run --port '$(PORT)' --reload '$(RELOAD)'

fire: $(STAMP) ## Run a schedule of the running Tiza now (WORKER=alerts)
	@$(BIN)/python -m dev.fire $(WORKER)

test: $(STAMP) ## Run all tests, with coverage (JOBS=4 for more at a time)
	@$(BIN)/python -m pytest -n $(JOBS) --dist loadgroup --cov

lint: $(STAMP) ## Check style, types, the resources template and the workflows
	@$(BIN)/python -m ruff check .
	@$(BIN)/python -m ruff format --check .
	@$(BIN)/python -m mypy
	@$(BIN)/python -m dev.aws.template --check
	@$(BIN)/python -m dev.deploy.policies --check
	@$(BIN)/cfn-lint --regions eu-west-1 -- .chalice/resources.json
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.dependabot .github/dependabot.yml
	@$(BIN)/zizmor --offline --quiet --no-progress --strict-collection --persona=pedantic .github

bootstrap: $(STAMP) ## Do and list what an AWS account needs once (STAGE=prod REPOSITORY=owner/name)
	@$(BIN)/python -m dev.deploy.bootstrap --stage '$(STAGE)' $(LOCAL) $(if $(REPOSITORY),--repository '$(REPOSITORY)')

secrets: $(STAMP) ## Show which parameters of a stage are there and which are missing (STAGE=prod)
	@$(BIN)/python -m dev.deploy.secrets list --stage '$(STAGE)' $(LOCAL)

smoke: $(STAMP) ## Try a deployed stage at its public address (STAGE=prod)
	@$(BIN)/python -m dev.deploy.smoke --stage '$(STAGE)' $(LOCAL)

rollback: $(STAMP) ## Deploy the version again that last worked, or another one (STAGE=prod TO=commit)
	@$(BIN)/python -m dev.deploy.rollback --stage '$(STAGE)' $(LOCAL) $(if $(TO),--to '$(TO)')

demo: $(STAMP) ## Make a demo school in a deployed stage (STAGE=staging CONFIRM='seed staging')
	@$(BIN)/python -m dev.deploy.demo_users --stage '$(STAGE)' $(LOCAL) --confirm '$(CONFIRM)'

schema: $(STAMP) ## Check that models and migrations agree
	@$(BIN)/python -m dev.schema_check

deploy: $(STAMP) ## Deploy a stage to AWS (STAGE=prod; API=... where that is ambiguous; TAKE_OVER=yes)
	@$(BIN)/python -m dev.deploy up --stage '$(STAGE)' $(LOCAL) --api '$(API)' $(if $(TAKE_OVER),--take-over)

destroy: $(STAMP) ## Remove a stage from AWS, after asking (STAGE=staging)
	@$(BIN)/python -m dev.deploy down --stage '$(STAGE)' $(LOCAL)

logs: $(STAMP) ## Follow the logs of a stage (STAGE=prod FUNCTION=mail SINCE=1h)
	@$(BIN)/python -m dev.deploy logs --stage '$(STAGE)' $(LOCAL) --function '$(FUNCTION)' --since '$(SINCE)' --follow

invoke: $(STAMP) ## Call a function of a stage now (STAGE=prod FUNCTION=sweep)
	@$(BIN)/python -m dev.deploy invoke --stage '$(STAGE)' $(LOCAL) --function '$(FUNCTION)'

status: $(STAMP) ## Say how a stage stands (STAGE=prod)
	@$(BIN)/python -m dev.deploy status --stage '$(STAGE)' $(LOCAL)

format: $(STAMP) ## Format the code and mend what can be mended
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

clean: ## Remove all that was made: environment, database, caches
	@test ! -x $(BIN)/python || test ! -d .tiza || $(BIN)/python -m dev.postgres stop
	@rm -rf .venv .tiza .coverage .coverage.* htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@rm -rf .schemathesis .chalice/deployments
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): requirements.txt requirements-dev.txt
	@set -e; found=; \
	for python in '$(PYTHON)' python3.13 python3.12 python3.14 python3.11; do \
	  if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    found="$$python"; break; \
	  fi; \
	done; \
	if [ -z "$$found" ]; then \
	  echo 'Tiza needs Python 3.11 or newer. If it is not on the path: make run PYTHON=...' >&2; exit 1; \
	fi; \
	echo "Building .venv with $$("$$found" --version); once, and again when the requirements change."; \
	rm -rf .venv; "$$found" -m venv .venv; \
	$(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements-dev.txt
	@touch $@
