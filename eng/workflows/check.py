"""Checks of our own on .github: what actionlint does not ask for. Usage: check.py [FOLDER], the repository by default.

A check is a function that yields messages; check_test.py plants a fault for each and sees it found."""
import os
import pathlib
import re
import sys

import yaml

WORKFLOWS = ".github/workflows"
PINNED = re.compile(r"^[\w.-]+/[\w./-]+@[0-9a-f]{40}$")
VERSION_COMMENT = re.compile(r"#\s*v\d+\.\d+\.\d+$")
RUNNERS = {"ubuntu-24.04", "ubuntu-24.04-arm"}
LONGEST_JOB = 120
TRIGGERS = {"pull_request", "push", "workflow_call", "workflow_dispatch"}
# Rights that a run for anybody's pull request may have. GitHub itself takes them from a fork's.
PULL_REQUEST_WRITES = {"security-events"}


class Workflow:
    def __init__(self, path, text):
        self.path, self.text, self.lines = path, text, text.splitlines()
        self.tree = yaml.safe_load(text)
        # YAML 1.1 reads the key "on" as true.
        on = self.tree.get("on", self.tree.get(True, {}))
        self.triggers = {on: None} if isinstance(on, str) else dict.fromkeys(on) if isinstance(on, list) else on
        self.jobs = self.tree.get("jobs", {})

    def steps(self):
        for name, job in self.jobs.items():
            for step in job.get("steps", []):
                yield name, step

    def uses(self):
        """Each use with its line, whose comment YAML does not keep."""
        for line in self.lines:
            match = re.match(r"\s*(?:- )?uses:\s*(\S+)\s*(#.*)?$", line)
            if match:
                yield match[1], (match[2] or "").strip()

    @property
    def serves_pull_requests(self):
        return "pull_request" in self.triggers

    @property
    def has_cloud_rights(self):
        return any((job.get("permissions") or {}).get("id-token") == "write" for job in self.jobs.values())


def triggers(workflow):
    for name in workflow.triggers:
        if name not in TRIGGERS:
            yield f"is triggered by {name}, which may run with rights for what a stranger wrote"


def pins(workflow):
    for use, comment in workflow.uses():
        if use.startswith("./"):
            continue
        if not PINNED.match(use):
            yield f"{use} is not pinned by a commit"
        elif not VERSION_COMMENT.search(comment):
            yield f"{use} does not say in a comment which version it is"
    for name, job in workflow.jobs.items():
        images = [job.get("container")] + [service for service in (job.get("services") or {}).values()]
        for image in filter(None, images):
            reference = image if isinstance(image, str) else image.get("image", "")
            if not re.search(r"@sha256:[0-9a-f]{64}$", reference):
                yield f"{name}: the image {reference} is not pinned by a digest"


def permissions(workflow):
    if workflow.tree.get("permissions") != {}:
        yield "does not begin with permissions: {}"
    for name, job in workflow.jobs.items():
        granted = job.get("permissions")
        if not isinstance(granted, dict):
            yield f"{name} does not name its permissions"
            continue
        for right, level in granted.items():
            if workflow.serves_pull_requests and level == "write" and right not in PULL_REQUEST_WRITES:
                yield f"{name} has {right}: write for a pull request"


def documented_permissions(workflow):
    for line in workflow.lines:
        match = re.match(r"\s+([a-z-]+): (read|write)\b(.*)$", line)
        if match and not match[3].strip().startswith("#"):
            yield f"does not say what {match[1]}: {match[2]} is for"


def expressions_in_scripts(workflow):
    """Text from outside must come through the environment; there a shell does not read it as program."""
    for name, step in workflow.steps():
        scripts = [step.get("run", ""), (step.get("with") or {}).get("script", "")]
        if any("${{" in str(script) for script in scripts):
            yield f"{name}: an expression stands in a script: {step.get('name') or step.get('run') or step.get('uses')}"


def timeouts(workflow):
    for name, job in workflow.jobs.items():
        if "uses" not in job and not 0 < int(job.get("timeout-minutes", 0)) <= LONGEST_JOB:
            yield f"{name} has no timeout of at most {LONGEST_JOB} minutes"


def concurrency(workflow):
    if "concurrency" not in workflow.tree:
        for name, job in workflow.jobs.items():
            if "concurrency" not in job:
                yield f"{name} does not say what happens when it runs twice at once"
    for name, job in workflow.jobs.items():
        rule = job.get("concurrency") or workflow.tree.get("concurrency") or {}
        if "environment" in job and (not isinstance(rule, dict) or rule.get("cancel-in-progress") is not False):
            yield f"{name} could be cancelled in the middle of a change: cancel-in-progress must be false"


def checkouts(workflow):
    for name, step in workflow.steps():
        if step.get("uses", "").startswith("actions/checkout@") and (step.get("with") or {}).get("persist-credentials") is not False:
            yield f"{name}: the checkout leaves its token behind: persist-credentials must be false"


def secrets(workflow):
    for match in re.finditer(r"\bsecrets\s*(\.\s*[\w-]+|\[|:\s*inherit)", workflow.text):
        yield f"uses {match[0]}: there is no long-lived secret here"


def cloud_roles(workflow):
    for name, job in workflow.jobs.items():
        rights = job.get("permissions") or {}
        takes_role = [step for step in job.get("steps", []) if step.get("uses", "").startswith("aws-actions/configure-aws-credentials@")]
        if takes_role and "environment" not in job:
            yield f"{name} takes a role outside any environment"
        if takes_role and rights.get("id-token") != "write":
            yield f"{name} takes a role without id-token: write"
        for step in takes_role:
            inputs = step.get("with") or {}
            for needed in ("role-to-assume", "allowed-account-ids", "role-duration-seconds"):
                if needed not in inputs:
                    yield f"{name} takes a role without {needed}"
            for key in ("aws-access-key-id", "aws-secret-access-key"):
                if key in inputs:
                    yield f"{name} has a long-lived key: {key}"
        if workflow.serves_pull_requests and "environment" in job:
            yield f"{name} is in an environment and serves pull requests"


def caches(workflow):
    if not workflow.has_cloud_rights:
        return
    for name, step in workflow.steps():
        inputs = step.get("with") or {}
        if step.get("uses", "").startswith("actions/cache") or inputs.get("cache") not in (None, False):
            yield f"{name} takes a cache into a release, which another run may have filled"


def runners(workflow):
    for name, job in workflow.jobs.items():
        runner = job.get("runs-on")
        names = (job.get("strategy") or {}).get("matrix", {}).get("runner", []) if runner == "${{ matrix.runner }}" else [runner]
        for unknown in set(names) - RUNNERS - ({None} if "uses" in job else set()):
            yield f"{name} runs on {unknown}, not on one of {', '.join(sorted(RUNNERS))}"


def commands(workflow):
    bad = {
        r"\bnpm (install|i|add)\b": "installs from npm without the lock file",
        r"\bnpx (?!--no-install)": "runs from npm what is not installed",
        r"\bpip3? install (?!.*-r )": "installs from PyPI what no file pins",
        r"\bdotnet tool (install|update)\b(?!.*--version)": "installs a tool of any version",
        r"\b(curl|wget)\b[^\n]*\|\s*(ba)?sh\b": "runs what it downloads",
        r"GITHUB_ENV|GITHUB_PATH|::set-env|::add-path": "sets the environment of later steps",
    }
    for name, step in workflow.steps():
        for pattern, words in bad.items():
            if re.search(pattern, str(step.get("run", ""))):
                yield f"{name} {words}: {step['run'].strip()}"
    if "ACTIONS_ALLOW_UNSECURE_COMMANDS" in workflow.text:
        yield "allows commands that GitHub took back"


def conditions(workflow):
    conditions_ = [(name, str(part.get("if", ""))) for name, job in workflow.jobs.items() for part in [job, *job.get("steps", [])]]
    for name, condition in conditions_:
        if re.search(r"github\.(actor|triggering_actor)\b", condition):
            yield f"{name} trusts an actor's name, which a pull request can borrow"
        if re.search(r"contains\(\s*'", condition):
            yield f"{name} looks for a part of a text where it means one of a list"
        if "\n" in condition.strip() and "${{" in condition:
            yield f"{name} has a condition of several lines, which is always true"


def goes_back(workflow):
    """What a rollback came from is broken: it must not be gone back to because an alarm is still in ALARM."""
    for name, step in workflow.steps():
        condition = str(step.get("if", ""))
        if "failure()" in condition and "eng/delivery/deploy.sh" in str(step.get("run", "")) and "!inputs.at-once" not in condition:
            yield f"{name} rolls a rollback back"
        if "failure()" in condition and "eng/delivery/deploy.sh" in str(step.get("run", "")) \
                and "previous-parameters" not in str(step.get("env", {}).get("STACK_PARAMETERS", "")):
            yield f"{name} goes back to earlier versions with today's parameters"


def names(workflow):
    if not workflow.tree.get("name"):
        yield "has no name"
    for name, job in workflow.jobs.items():
        if not job.get("name"):
            yield f"{name} has no name"


def scripts(workflow, root):
    for name, step in workflow.steps():
        for script in re.findall(r"\b(eng/[\w./-]+\.sh)\b", str(step.get("run", ""))):
            path = root / script
            if not path.is_file() or not os.access(path, os.X_OK):
                yield f"{name} runs {script}, which is not there or not executable"


# In each image, or put there by an action.
THERE = {"chmod", "dotnet"}
TOOL = pathlib.Path(__file__).resolve().parents[1] / "delivery/lambda-tool.sh"


def packaging(workflow):
    """A container has little in it: what packages there installs what the Lambda tool calls, and one SDK."""
    needed = set(re.search(r"^lambda_tool_programs=\((.*)\)$", TOOL.read_text(), re.M)[1].split()) - THERE
    for name, job in workflow.jobs.items():
        scripts_ = [str(step.get("run", "")) for step in job.get("steps", [])]
        if job.get("container") and any("eng/delivery/package.sh" in script for script in scripts_):
            installed = {word for script in scripts_ if re.search(r"\b(dnf|apt-get) install\b", script) for word in script.split()}
            for program in sorted(needed - installed):
                yield f"{name} packages in a container that has no {program}"
            sdks = [(step.get("with") or {}).get("dotnet-version") for step in job["steps"] if step.get("uses", "").startswith("actions/setup-dotnet@")]
            if len(sdks) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", str(sdks[0])):
                yield f"{name} packages with any SDK that fits: dotnet-version must name one"


def required(workflow):
    """Branch protection asks for one job, which must ask for all others."""
    if "pull_request" not in workflow.triggers:
        return
    job = workflow.jobs.get("required", {})
    missing = set(workflow.jobs) - {"required"} - set(job.get("needs", []))
    if missing or job.get("if") != "always()":
        yield f"the job required does not wait for {', '.join(sorted(missing)) or 'failed jobs'}"


def same_pins(workflows):
    found = {}
    for workflow in workflows:
        for use, comment in workflow.uses():
            action, _, commit = use.partition("@")
            # codeql-action/init and /analyze are one repository.
            repository = "/".join(action.split("/")[:2])
            if commit and found.setdefault(repository, (commit, comment)) != (commit, comment):
                yield f"{workflow.path.name}: {repository} is not the version that another workflow has"


def npm_folders(root):
    """Those with a lock file of ours."""
    found = set()
    for folder, folders, files in os.walk(root, followlinks=True):
        folders[:] = [name for name in folders if name not in ("node_modules", "bin", "obj", ".git")]
        if "package-lock.json" in files:
            found.add(os.path.relpath(folder, root))
    return found


def dependabot(root):
    path = root / ".github/dependabot.yml"
    updates = yaml.safe_load(path.read_text())["updates"] if path.is_file() else []
    ecosystems = {update["package-ecosystem"] for update in updates}
    for missing in {"github-actions", "npm", "nuget"} - ecosystems:
        yield f"dependabot.yml: nobody updates {missing}"
    watched = {directory.strip("/") for update in updates if update["package-ecosystem"] == "npm" for directory in update.get("directories", [])}
    for folder in sorted(npm_folders(root) ^ watched if "npm" in ecosystems else ()):
        yield f"dependabot.yml: npm in {folder} is not what the lock files say"
    for update in updates:
        if (update.get("cooldown") or {}).get("default-days", 0) < 7:
            yield f"dependabot.yml: {update['package-ecosystem']} takes a version before it is a week old"


def documentation(root, workflows):
    """The commands of docs/delivery.md name scripts that are there and inputs that the workflow has."""
    page = root / "docs/delivery.md"
    inputs = {workflow.path.name: set((workflow.triggers.get("workflow_dispatch") or {}).get("inputs", {})) for workflow in workflows}
    for block in re.findall(r"^```bash[^\n]*\n(.*?)^```", page.read_text() if page.is_file() else "", re.S | re.M):
        for script in re.findall(r"\beng/[\w./-]+\.sh\b", block):
            if not (root / script).is_file():
                yield f"delivery.md: there is no {script}"
        for file, rest in re.findall(r"gh workflow run (\S+)([^\n]*)", block):
            for name in re.findall(r"-f (\S+?)=", rest):
                if name not in inputs.get(file, set()):
                    yield f"delivery.md: {file} has no input {name}"


EACH = [triggers, pins, permissions, documented_permissions, expressions_in_scripts, timeouts, concurrency, checkouts, secrets,
        cloud_roles, caches, runners, commands, conditions, goes_back, names, packaging, required]


def check(root):
    workflows = [Workflow(path, path.read_text()) for path in sorted((root / WORKFLOWS).glob("*.y*ml"))]
    if not workflows:
        yield "there is no workflow"
    for workflow in workflows:
        for each in EACH:
            yield from (f"{workflow.path.name}: {message}" for message in each(workflow))
        yield from (f"{workflow.path.name}: {message}" for message in scripts(workflow, root))
    yield from same_pins(workflows)
    yield from dependabot(root)
    yield from documentation(root, workflows)


def main():
    root = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]
    found = list(check(root))
    print("\n".join(found) or "The workflows hold to our rules.")
    sys.exit(bool(found))


if __name__ == "__main__":
    main()
