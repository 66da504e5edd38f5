"""The arguments that the scripts give the Lambda tool, each known to Amazon.Lambda.Tools 7.0.0, and its stand-in. Programs that write
down how they are called replace the real ones. Usage: python3 lambda_tool_test.py"""
import pathlib
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
LOGS = '#!/bin/bash\nprintf "%s\\n" "${0##*/}" "$@" "" >> "$LOG"\n'
BUILDS = LOGS + 'while [ "$1" != --output ]; do shift; done\n: > "$2/bootstrap"\n'
MACHINE = "#!/bin/sh\necho x86_64\n"
PROGRAMS = ("bash", "chmod", "dirname", "git", "mktemp", "python3", "rm")

# What the tool's own help lists for both commands.
COMMON = {"--project-location", "--configuration", "--framework", "--msbuild-parameters", "--region", "--disable-interactive"}
KNOWN = {
    "package": COMMON | {"--function-architecture", "--use-container-for-build"},
    "deploy-serverless": COMMON | {
        "--template", "--template-parameters", "--template-substitutions", "--cloudformation-role", "--tags", "--s3-bucket", "--s3-prefix"},
}
PACKAGE = "package_functions v1.2.3 abc out.zip"
STAND_IN = (f"bash {HERE}/lambda-tool-stand-in.sh package $PWD/out.zip --project-location p --configuration Release --framework net10.0 "
            "--function-architecture x86_64 --use-container-for-build false --msbuild-parameters '-p:A=1'")


def run(script, scripts, **environment):
    """Runs it with these scripts and a few programs of the machine; returns the result and the calls, each a list of words."""
    with tempfile.TemporaryDirectory() as folder:
        for program in PROGRAMS:
            pathlib.Path(folder, program).symlink_to(shutil.which(program))
        for name, text in scripts.items():
            path = pathlib.Path(folder, name)
            path.write_text(text)
            path.chmod(0o755)
        result = subprocess.run(
            ["bash", "-c", f"source {HERE}/common.sh; source {HERE}/lambda-tool.sh; {script}"], capture_output=True, text=True, check=False, cwd=folder,
            env={"PATH": folder, "LOG": f"{folder}/log", "HOME": folder, "AWS_REGION": "eu-central-1", "ARTIFACT_BUCKET": "artifacts", **environment})
        log = pathlib.Path(folder, "log")
        return result, [call.splitlines() for call in log.read_text().split("\n\n") if call] if log.exists() else []


class LambdaToolTest(unittest.TestCase):
    maxDiff = None

    def given(self, script, **environment):
        """The command, the target and the options of the one call."""
        result, (call,) = run(script, {"dotnet": LOGS, "dotnet-lambda": LOGS, "zip": LOGS}, **environment)
        self.assertEqual((0, "lambda"), (result.returncode, call[1]), result.stderr)
        options = dict(zip(call[4::2], call[5::2], strict=True))
        self.assertLessEqual(set(options), KNOWN[call[2]])
        return call[2], call[3], options

    def test_package(self):
        self.assertEqual(("package", "out.zip", {
            "--project-location": f"{HERE.parents[1]}/S3Lister.Functions", "--configuration": "Release", "--framework": "net10.0",
            "--function-architecture": "x86_64", "--use-container-for-build": "false",
            "--msbuild-parameters": "--self-contained true -p:MinVerVersionOverride=1.2.3 -p:SourceRevisionId=abc -p:ContinuousIntegrationBuild=true",
        }), self.given(PACKAGE))

    def test_package_allows_stand_ins_in_a_rehearsal_only(self):
        self.assertIn("-p:AllowStandIns=true", self.given(PACKAGE, S3LISTER_REHEARSAL="1")[2]["--msbuild-parameters"])

    def test_deploy(self):
        self.assertEqual(("deploy-serverless", "lister", {
            "--project-location": str(HERE.parents[1]), "--template": "/t/serverless.template",
            "--template-substitutions": "$.Resources.A.Properties.CodeUri=s3://b/k", "--template-parameters": 'A=1;B="x;y"',
            "--cloudformation-role": "arn:aws:iam::123456789012:role/r", "--tags": "s3lister:application=v1.2.3",
            "--s3-bucket": "artifacts", "--s3-prefix": "templates/", "--region": "eu-central-1", "--disable-interactive": "true",
        }), self.given(
            "deploy_stack /t/serverless.template '$.Resources.A.Properties.CodeUri=s3://b/k' 'A=1;B=\"x;y\"' 's3lister:application=v1.2.3'",
            STACK_NAME="lister", CLOUDFORMATION_ROLE="arn:aws:iam::123456789012:role/r"))

    def test_deploy_omits_what_is_not_given(self):
        self.assertFalse({"--template-parameters", "--cloudformation-role"} & set(self.given("deploy_stack t s '' tags")[2]))

    def fails(self, words, script, scripts, **environment):
        result, calls = run(script, scripts, **environment)
        self.assertEqual(1, result.returncode)
        self.assertIn(words, result.stderr)
        return calls

    def test_nothing_is_built_without_zip(self):
        self.assertEqual([], self.fails("the Lambda tool calls zip", PACKAGE, {"dotnet": LOGS, "dotnet-lambda": LOGS}))

    def test_nothing_is_deployed_without_the_tool_outside_a_rehearsal(self):
        self.fails("dotnet tool install --global Amazon.Lambda.Tools --version 7.0.0", "lambda_tool deploy-serverless s", {})

    def test_stand_in_zips_in_the_folder_of_the_build(self):
        result, calls = run(STAND_IN, {"dotnet": BUILDS, "uname": MACHINE, "zip": LOGS}, S3LISTER_REHEARSAL="1")
        self.assertEqual(0, result.returncode, result.stderr)
        self.assertRegex(" ".join(calls[-1]), r"^zip --quiet \S+/out\.zip \./bootstrap$")

    def test_stand_in_fails_without_zip(self):
        self.fails('Failed to find the "zip" utility program', STAND_IN, {"dotnet": BUILDS, "uname": MACHINE}, S3LISTER_REHEARSAL="1")

    def test_stand_in_fails_on_a_machine_of_another_architecture(self):
        scripts = {"dotnet": BUILDS, "uname": MACHINE.replace("x86_64", "aarch64"), "zip": LOGS}
        self.assertEqual([], self.fails("Host machine architecture (aarch64) differs", STAND_IN, scripts, S3LISTER_REHEARSAL="1"))


if __name__ == "__main__":
    unittest.main()
