"""Plants a fault for each check of check.py into a copy of .github, and sees it found. Usage: python3 check_test.py"""
import contextlib
import pathlib
import re
import shutil
import tempfile
import unittest

import check

ROOT = pathlib.Path(__file__).resolve().parents[2]

# file, what is replaced, by what, what must be found
FAULTS = [
    ("pull-request.yml", "  pull_request:\n", "  pull_request_target:\n", "is triggered by pull_request_target"),
    ("release.yml", "  push:\n", "  workflow_run:\n    workflows: [x]\n  push:\n", "is triggered by workflow_run"),
    ("release.yml", r"actions/checkout@[0-9a-f]{40} # v7.0.1", "actions/checkout@v7.0.1", "is not pinned by a commit"),
    ("release.yml", r"actions/checkout@[0-9a-f]{40} # v7.0.1", "actions/checkout@3d3c42e # v7.0.1", "is not pinned by a commit"),
    ("release.yml", r"(actions/attest@[0-9a-f]{40}) # v4.2.2", r"\1", "does not say in a comment which version"),
    ("release.yml", r"@sha256:[0-9a-f]{64}", "", "is not pinned by a digest"),
    ("release.yml", r"(actions/checkout@)[0-9a-f]{40}", r"\g<1>" + "0" * 40, "is not the version that another workflow has"),
    ("deploy.yml", "permissions: {}\n\njobs", "permissions: read-all\n\njobs", "does not begin with permissions"),
    ("deploy.yml", "permissions: {}\n\njobs", "jobs", "does not begin with permissions"),
    ("release.yml", r"    permissions:\n      contents: write # to make the release\n", "", "publish does not name its permissions"),
    ("release.yml", " # to make the release", "", "does not say what contents: write is for"),
    ("pull-request.yml", "contents: read # to check", "id-token: write # to check", "has id-token: write for a pull request"),
    ("pull-request.yml", "contents: read # to check", "contents: write # to check", "has contents: write for a pull request"),
    ("pull-request.yml", "    timeout-minutes: 60\n", "", "check has no timeout"),
    ("deploy.yml", "timeout-minutes: 110", "timeout-minutes: 360", "deploy has no timeout of at most"),
    ("deploy.yml", r'smoke-test.sh "\$APPLICATION"', "smoke-test.sh ${{ inputs.application }}", "an expression stands in a script"),
    ("pull-request.yml", "run: bash .ci/run", 'run: echo "${{ github.event.pull_request.title }}"', "an expression stands in a script"),
    ("pull-request.yml", r"concurrency:\n  group: [^\n]*\n[^\n]*\n", "", "does not say what happens when it runs twice"),
    ("deploy.yml", "      cancel-in-progress: false", "      cancel-in-progress: true", "could be cancelled in the middle"),
    ("deploy.yml", "persist-credentials: false", "persist-credentials: true", "leaves its token behind"),
    ("pull-request.yml", "          persist-credentials: false\n", "          clean: true\n", "leaves its token behind"),
    ("release.yml", r"\$\{\{ vars.ROLE_TO_RELEASE \}\}", "${{ secrets.ROLE }}", "there is no long-lived secret"),
    ("rollback.yml", "    with:\n      environment:", "    secrets: inherit\n    with:\n      environment:", "there is no long-lived secret"),
    ("release.yml", "    environment: artifacts\n", "", "takes a role outside any environment"),
    ("release.yml", "      id-token: write # to take the role that may look into the bucket\n", "", "takes a role without id-token"),
    ("deploy.yml", r"          allowed-account-ids: [^\n]*\n", "", "takes a role without allowed-account-ids"),
    ("deploy.yml", r"          role-duration-seconds: [^\n]*\n", "", "takes a role without role-duration-seconds"),
    ("deploy.yml", "role-to-assume: [^\n]*", "aws-access-key-id: AKIA", "has a long-lived key"),
    ("pull-request.yml", "    name: Coverage\n", "    name: Coverage\n    environment: prod\n", "is in an environment and serves pull requests"),
    ("release.yml", "global-json-file: global.json", "global-json-file: global.json\n          cache: true", "takes a cache into a release"),
    ("pull-request.yml", "    runs-on: ubuntu-24.04\n", "    runs-on: ubuntu-latest\n", "runs on ubuntu-latest"),
    ("pull-request.yml", r"\[ubuntu-24.04, ubuntu-24.04-arm\]", "[self-hosted]", "runs on self-hosted"),
    ("pull-request.yml", "run: bash .ci/run", "run: npm install left-pad", "without the lock file"),
    ("pull-request.yml", "run: bash .ci/run", "run: npx left-pad", "what is not installed"),
    ("pull-request.yml", "run: bash .ci/run", "run: pip install left-pad", "what no file pins"),
    ("pull-request.yml", "run: bash .ci/run", "run: dotnet tool install --global x", "a tool of any version"),
    ("pull-request.yml", "run: bash .ci/run", "run: curl https://example.com/x | bash", "runs what it downloads"),
    ("pull-request.yml", "run: bash .ci/run", 'run: echo "A=b" >> "$GITHUB_ENV"', "sets the environment of later steps"),
    ("release.yml", "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "ACTIONS_ALLOW_UNSECURE_COMMANDS", "commands that GitHub took back"),
    ("release.yml", "if: github.ref_type == 'tag'", "if: github.actor == 'dependabot[bot]'", "trusts an actor's name"),
    ("release.yml", "if: github.ref_type == 'tag'", "if: contains('refs/tags/v refs/heads/main', github.ref)", "a part of a text"),
    ("release.yml", "if: github.ref_type == 'tag'", "if: |\n      ${{ false }}\n      && true", "always true"),
    ("deploy.yml", r"failure\(\) && !inputs.at-once", "failure()", "rolls a rollback back"),
    ("deploy.yml", r"outputs.previous-parameters", "outputs.application", "with today's parameters"),
    ("release.yml", "name: release\n", "", "has no name"),
    ("release.yml", "    name: Attest and upload\n", "", "upload has no name"),
    ("release.yml", " zip ", " ", "packages in a container that has no zip"),
    ("release.yml", "dotnet-version: 10[^ ]*", "dotnet-version: 10.0.x", "packages with any SDK that fits"),
    ("pull-request.yml", "needs: \\[check, ", "needs: [", "does not wait for check"),
    ("pull-request.yml", "    if: always\\(\\)\n", "", "does not wait for failed jobs"),
    ("release.yml", "eng/delivery/upload.sh", "eng/delivery/nowhere.sh", "not there or not executable"),
    ("../dependabot.yml", "default-days: 7", "default-days: 1", "before it is a week old"),
    ("../../docs/delivery.md", "eng/delivery/rehearse.sh\n", "eng/delivery/nowhere.sh\n", "there is no eng/delivery/nowhere.sh"),
    ("../../docs/delivery.md", "-f kind=", "-f sort=", "has no input sort"),
    ("../dependabot.yml", ", /infrastructure/checks", "", "npm in infrastructure/checks"),
    ("../dependabot.yml", "package-ecosystem: npm", "package-ecosystem: docker", "nobody updates npm"),
]


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(ROOT / ".github", self.root / ".github")
        shutil.copytree(ROOT / "docs", self.root / "docs")
        (self.root / "eng").symlink_to(ROOT / "eng")

    def test_the_workflows_have_no_fault(self):
        self.assertEqual([], list(check.check(self.root)))

    def test_each_planted_fault_is_found(self):
        for file, pattern, replacement, expected in FAULTS:
            with self.subTest(expected=expected, file=file), self.planted(file, pattern, replacement):
                messages = list(check.check(self.root))
                self.assertTrue(any(expected in message for message in messages), f"found only {messages}")

    def test_each_check_finds_a_fault(self):
        idle = set(check.EACH)
        for file, pattern, replacement, _ in FAULTS:
            if file.startswith(".."):
                continue
            with self.planted(file, pattern, replacement) as path:
                workflow = check.Workflow(path, path.read_text())
                idle -= {each for each in idle if list(each(workflow))}
        self.assertEqual(set(), idle)

    def test_a_repository_without_workflows_is_a_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("there is no workflow", list(check.check(pathlib.Path(folder))))

    @contextlib.contextmanager
    def planted(self, file, pattern, replacement):
        path = self.root / check.WORKFLOWS / file
        before = path.read_text()
        after = re.sub(pattern, replacement, before, count=1)
        self.assertNotEqual(before, after, "the fault was not planted")
        path.write_text(after)
        try:
            yield path
        finally:
            path.write_text(before)


if __name__ == "__main__":
    unittest.main()
