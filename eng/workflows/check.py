"""Checks of .github that neither actionlint nor zizmor makes: check.py [FOLDER], the repository by default.

zizmor, which pull-request.yml runs with the persona "pedantic", looks at pins, documented permissions, template injection, missing
concurrency, conditions, names and more. A rule here yields messages; check_test.py plants a fault for each."""
import os
import pathlib
import re
import sys

import yaml

RUNNERS = {"ubuntu-24.04", "ubuntu-24.04-arm", "macos-15", "windows-2025"}
LONGEST_JOB = 360  # minutes; what is not scheduled ends after a third of it
LONG = {"long.yml"}
TRIGGERS = {"pull_request", "push", "schedule", "workflow_call", "workflow_dispatch"}
# The write permissions that a run for any pull request may have. GitHub itself removes them for a fork's.
PULL_REQUEST_WRITES = {"security-events"}
COMMANDS = {
    r"\bnpx (?!--no-install)": "runs from npm what is not installed",
    r"\bpip3? install (?!.*-r )": "installs from PyPI what no file pins",
    r"\bdotnet tool (install|update)\b(?!.*--version)": "installs a tool of any version",
    r"\b(curl|wget)\b[^\n]*\|\s*(ba)?sh\b": "runs what it downloads",
    r"GITHUB_ENV|GITHUB_PATH": "sets the environment of later steps",
}
PROVIDED = {"chmod", "dotnet"}  # by each image or by an action
CHOSEN = "${{ needs.find.outputs.runner }}"  # by eng/delivery/runner.sh
RUNNER = pathlib.Path(__file__).resolve().parents[1] / "delivery/runner.sh"
TOOL = pathlib.Path(__file__).resolve().parents[1] / "delivery/lambda-tool.sh"


class Workflow:
    def __init__(self, path):
        self.name, self.text = path.name, path.read_text()
        self.tree = yaml.safe_load(self.text)
        self.triggers = self.tree.get("on", self.tree.get(True)) or {}  # YAML 1.1 reads the key "on" as true
        self.jobs = self.tree.get("jobs", {})

    def steps(self):
        return [(name, step) for name, job in self.jobs.items() for step in job.get("steps", [])]


def triggers(workflow):
    for name in set(workflow.triggers) - TRIGGERS:
        yield f"is triggered by {name}, which may run with permissions for what a stranger wrote"


def permissions(workflow):
    if workflow.tree.get("permissions") != {}:
        yield "does not begin with permissions: {}"
    for name, job in workflow.jobs.items():
        if not isinstance(job.get("permissions"), dict):
            yield f"{name} does not name its permissions"
        elif "pull_request" in workflow.triggers:
            for right, level in job["permissions"].items():
                if level == "write" and right not in PULL_REQUEST_WRITES:
                    yield f"{name} has {right}: write for a pull request"


def of_architectures():
    """What eng/delivery/runner.sh chooses from."""
    return re.findall(r"\[\w+\]=([\w.-]+)", RUNNER.read_text())


def ends(workflow):
    """A job ends in time, runs on a known runner, and is not cancelled in the middle of a change."""
    for name, job in workflow.jobs.items():
        longest = LONGEST_JOB if workflow.name in LONG else LONGEST_JOB // 3
        if "uses" not in job and not 0 < int(job.get("timeout-minutes", 0)) <= longest:
            yield f"{name} has no timeout of at most {longest} minutes"
        runner = job.get("runs-on")
        runners = job["strategy"]["matrix"]["runner"] if runner == "${{ matrix.runner }}" else of_architectures() if runner == CHOSEN else [runner]
        for unknown in set(runners) - RUNNERS - ({None} if "uses" in job else set()):
            yield f"{name} runs on {unknown}, not on one of {', '.join(sorted(RUNNERS))}"
        rule = job.get("concurrency") or workflow.tree.get("concurrency") or {}
        if "environment" in job and (not isinstance(rule, dict) or rule.get("cancel-in-progress") is not False):
            yield f"{name} could be cancelled in the middle of a change: cancel-in-progress must be false"


def cloud_roles(workflow):
    for match in re.finditer(r"\bsecrets\s*(\.\s*[\w-]+|\[|:\s*inherit)", workflow.text):
        yield f"uses {match[0]}: there is no long-lived secret here"
    for name, job in workflow.jobs.items():
        assuming = [step.get("with") or {} for step in job.get("steps", []) if step.get("uses", "").startswith("aws-actions/configure-aws-credentials@")]
        if assuming and "environment" not in job:
            yield f"{name} assumes a role outside any environment"
        if assuming and (job.get("permissions") or {}).get("id-token") != "write":
            yield f"{name} assumes a role without id-token: write"
        for inputs in assuming:
            yield from (f"{name} assumes a role without {needed}" for needed in ("role-to-assume", "allowed-account-ids", "role-duration-seconds")
                        if needed not in inputs)
            yield from (f"{name} has a long-lived key: {key}" for key in ("aws-access-key-id", "aws-secret-access-key") if key in inputs)
        if "pull_request" in workflow.triggers and "environment" in job:
            yield f"{name} is in an environment and serves pull requests"


def kept(workflow):
    """Nothing remains of a token, and nothing of another run gets into one with rights in the cloud."""
    in_cloud = any((job.get("permissions") or {}).get("id-token") == "write" for job in workflow.jobs.values())
    for name, step in workflow.steps():
        inputs = step.get("with") or {}
        if step.get("uses", "").startswith("actions/checkout@") and inputs.get("persist-credentials") is not False:
            yield f"{name}: the checkout keeps its token: persist-credentials must be false"
        if in_cloud and (step.get("uses", "").startswith("actions/cache") or inputs.get("cache") not in (None, False)):
            yield f"{name} uses a cache, which another run may have filled"


def commands(workflow):
    for name, step in workflow.steps():
        script = str(step.get("run", ""))
        yield from (f"{name} {words}: {script.strip()}" for pattern, words in COMMANDS.items() if re.search(pattern, script))


def goes_back(workflow):
    """After a failed rollback nothing is deployed: what it came from is broken."""
    for name, step in workflow.steps():
        condition = str(step.get("if", ""))
        if "failure()" in condition and "eng/delivery/deploy.sh" in str(step.get("run", "")):
            if "!inputs.at-once" not in condition:
                yield f"{name} rolls a rollback back"
            if "previous-parameters" not in str(step.get("env", {}).get("STACK_PARAMETERS", "")):
                yield f"{name} goes back to earlier versions with today's parameters"


def packaging(workflow):
    """A container has few programs: the job that packages in one installs what the Lambda tool calls, and one SDK."""
    needed = set(re.search(r"^lambda_tool_programs=\((.*)\)$", TOOL.read_text(), re.M)[1].split()) - PROVIDED
    for name, job in workflow.jobs.items():
        scripts_ = [str(step.get("run", "")) for step in job.get("steps", [])]
        if job.get("container") and any("eng/delivery/package.sh" in script for script in scripts_):
            installed = {word for script in scripts_ if re.search(r"\b(dnf|apt-get) install\b", script) for word in script.split()}
            yield from (f"{name} packages in a container that has no {program}" for program in sorted(needed - installed))
            sdks = [(step.get("with") or {}).get("dotnet-version") for step in job["steps"] if step.get("uses", "").startswith("actions/setup-dotnet@")]
            if job.get("runs-on") != CHOSEN:
                yield f"{name} packages on a machine that need not have the architecture of the template"
            if len(sdks) != 1 or not re.fullmatch(r"\d+\.\d+\.\d+", str(sdks[0])):
                yield f"{name} packages with any SDK that fits: dotnet-version must name one"


def required(workflow):
    """Branch protection requires one job, which must wait for all others."""
    if "pull_request" in workflow.triggers:
        job = workflow.jobs.get("required", {})
        missing = set(workflow.jobs) - {"required"} - set(job.get("needs", []))
        if missing or job.get("if") != "always()":
            yield f"the job required does not wait for {', '.join(sorted(missing)) or 'failed jobs'}"


def scripts(workflow, root):
    for name, step in workflow.steps():
        for script in re.findall(r"\b(eng/[\w./-]+\.sh)\b", str(step.get("run", ""))):
            if not os.access(root / script, os.X_OK):
                yield f"{name} runs {script}, which is not there or not executable"


def dependabot(root):
    path = root / ".github/dependabot.yml"
    updates = yaml.safe_load(path.read_text())["updates"] if path.is_file() else []
    yield from (f"dependabot.yml: nothing updates {missing}" for missing in {"github-actions", "npm", "nuget"} - {update["package-ecosystem"] for update in updates})
    watched = {directory.strip("/") for update in updates if update["package-ecosystem"] == "npm" for directory in update.get("directories", [])}
    locked = {os.path.relpath(folder, root) for folder, _, files in os.walk(root, followlinks=True)
              if "package-lock.json" in files and not {"node_modules", "bin", "obj"} & set(pathlib.Path(folder).parts)}
    yield from (f"dependabot.yml: npm in {folder} does not match the lock files" for folder in sorted(locked ^ watched) if watched)


def documentation(root, workflows):
    """The commands of docs/delivery.md name scripts that exist and inputs that the workflows have."""
    inputs = {workflow.name: set((workflow.triggers.get("workflow_dispatch") or {}).get("inputs", {})) for workflow in workflows}
    for block in re.findall(r"^```bash[^\n]*\n(.*?)^```", (root / "docs/delivery.md").read_text(), re.S | re.M):
        yield from (f"delivery.md: there is no {script}" for script in re.findall(r"\beng/[\w./-]+\.sh\b", block) if not (root / script).is_file())
        for file, rest in re.findall(r"gh workflow run (\S+)([^\n]*)", block):
            yield from (f"delivery.md: {file} has no input {name}" for name in re.findall(r"-f (\S+?)=", rest) if name not in inputs.get(file, set()))


EACH = [triggers, permissions, ends, kept, cloud_roles, commands, goes_back, packaging, required]


def check(root):
    workflows = [Workflow(path) for path in sorted((root / ".github/workflows").glob("*.y*ml"))]
    if not workflows:
        yield "there is no workflow"
        return
    for workflow in workflows:
        yield from (f"{workflow.name}: {message}" for rule in EACH for message in rule(workflow))
        yield from (f"{workflow.name}: {message}" for message in scripts(workflow, root))
    yield from dependabot(root)
    yield from documentation(root, workflows)


if __name__ == "__main__":
    found = list(check(pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).resolve().parents[2]))
    print("\n".join(found) or "The workflows keep our rules.")
    sys.exit(bool(found))
