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
    ("deploy.yml", "persist-credentials: false", "persist-credentials: true", "keeps its token"),
    ("pull-request.yml", "          persist-credentials: false\n", "          clean: true\n", "keeps its token"),
    ("release.yml", "global-json-file: global.json", "global-json-file: global.json\n          cache: true", "uses a cache"),
    ("deploy.yml", "permissions: {}\n\njobs", "permissions: read-all\n\njobs", "does not begin with permissions"),
    ("deploy.yml", "permissions: {}\n\njobs", "jobs", "does not begin with permissions"),
    ("release.yml", r"    permissions:\n      contents: write # to make the release\n", "", "publish does not name its permissions"),
    ("pull-request.yml", "contents: read # to check", "id-token: write # to check", "has id-token: write for a pull request"),
    ("pull-request.yml", "contents: read # to check", "contents: write # to check", "has contents: write for a pull request"),
    ("pull-request.yml", "    timeout-minutes: 60\n", "", "check has no timeout"),
    ("deploy.yml", "timeout-minutes: 110", "timeout-minutes: 360", "deploy has no timeout of at most"),
    ("deploy.yml", "      cancel-in-progress: false", "      cancel-in-progress: true", "could be cancelled in the middle"),
    ("release.yml", r"\$\{\{ vars.ROLE_TO_RELEASE \}\}", "${{ secrets.ROLE }}", "there is no long-lived secret"),
    ("rollback.yml", "    with:\n      environment:", "    secrets: inherit\n    with:\n      environment:", "there is no long-lived secret"),
    ("release.yml", "    environment: artifacts\n", "", "assumes a role outside any environment"),
    ("release.yml", "      id-token: write # to assume the role that may read the bucket\n", "", "assumes a role without id-token"),
    ("deploy.yml", r"          allowed-account-ids: [^\n]*\n", "", "assumes a role without allowed-account-ids"),
    ("deploy.yml", r"          role-duration-seconds: [^\n]*\n", "", "assumes a role without role-duration-seconds"),
    ("deploy.yml", "role-to-assume: [^\n]*", "aws-access-key-id: AKIA", "has a long-lived key"),
    ("pull-request.yml", "    name: Coverage\n", "    name: Coverage\n    environment: prod\n", "is in an environment and serves pull requests"),
    ("pull-request.yml", "    runs-on: ubuntu-24.04\n", "    runs-on: ubuntu-latest\n", "runs on ubuntu-latest"),
    ("pull-request.yml", r"\[ubuntu-24.04, ubuntu-24.04-arm, [^]]*\]", "[self-hosted]", "runs on self-hosted"),
    ("pull-request.yml", "run: bash .ci/run", "run: npx left-pad", "what is not installed"),
    ("pull-request.yml", "run: bash .ci/run", "run: pip install left-pad", "what no file pins"),
    ("pull-request.yml", "run: bash .ci/run", "run: dotnet tool install --global x", "a tool of any version"),
    ("pull-request.yml", "run: bash .ci/run", "run: curl https://example.com/x | bash", "runs what it downloads"),
    ("pull-request.yml", "run: bash .ci/run", 'run: echo "A=b" >> "$GITHUB_ENV"', "sets the environment of later steps"),
    ("deploy.yml", r"failure\(\) && !inputs.at-once", "failure()", "rolls a rollback back"),
    ("deploy.yml", r"outputs.previous-parameters", "outputs.application", "with today's parameters"),
    ("release.yml", " zip ", " ", "packages in a container that has no zip"),
    ("release.yml", r"runs-on: \$\{\{ needs.find.outputs.runner \}\}", "runs-on: ubuntu-24.04", "need not have the architecture"),
    ("release.yml", "dotnet-version: 10[^ ]*", "dotnet-version: 10.0.x", "packages with any SDK that fits"),
    ("pull-request.yml", "needs: \\[check, ", "needs: [", "does not wait for check"),
    ("pull-request.yml", "    if: always\\(\\)\n", "", "does not wait for failed jobs"),
    ("release.yml", "eng/delivery/upload.sh", "eng/delivery/nowhere.sh", "not there or not executable"),
    ("../../docs/delivery.md", "eng/delivery/rehearse.sh\n", "eng/delivery/nowhere.sh\n", "there is no eng/delivery/nowhere.sh"),
    ("../../docs/delivery.md", "-f kind=", "-f sort=", "has no input sort"),
    ("../dependabot.yml", ", /infrastructure/checks", "", "npm in infrastructure/checks"),
    ("../dependabot.yml", "package-ecosystem: npm", "package-ecosystem: docker", "nothing updates npm"),
]


class CheckTest(unittest.TestCase):
    def setUp(self):
        self.root = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(ROOT / ".github", self.root / ".github")
        shutil.copytree(ROOT / "docs", self.root / "docs")
        for folder in ("eng", "infrastructure"):
            (self.root / folder).symlink_to(ROOT / folder)

    def test_the_workflows_have_no_fault(self):
        self.assertEqual([], list(check.check(self.root)))

    def test_each_planted_fault_is_found(self):
        for file, pattern, replacement, expected in FAULTS:
            with self.subTest(expected=expected, file=file), self.planted(file, pattern, replacement):
                messages = list(check.check(self.root))
                self.assertTrue(any(expected in message for message in messages), f"found only {messages}")

    def test_a_repository_without_workflows_is_a_fault(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertIn("there is no workflow", list(check.check(pathlib.Path(folder))))

    @contextlib.contextmanager
    def planted(self, file, pattern, replacement):
        path = self.root / ".github/workflows" / file
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
