"""The arguments that the scripts give the Lambda tool, each known to Amazon.Lambda.Tools 7.0.0. A program that writes them
down stands in its place. Usage: python3 lambda_tool_test.py"""
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]

# What the tool's own help lists for both commands.
COMMON = {"--project-location", "--configuration", "--framework", "--msbuild-parameters", "--region", "--disable-interactive"}
KNOWN = {
    "package": COMMON | {"--function-architecture", "--use-container-for-build"},
    "deploy-serverless": COMMON | {
        "--template", "--template-parameters", "--template-substitutions", "--cloudformation-role", "--tags", "--s3-bucket", "--s3-prefix"},
}


def arguments_of(script, **environment):
    """Those of each call, in its order."""
    with tempfile.TemporaryDirectory() as folder:
        log = pathlib.Path(folder, "calls")
        tool = pathlib.Path(folder, "dotnet-lambda")
        tool.write_text(f"""#!/usr/bin/env python3
import json, sys
open({str(log)!r}, "a").write(json.dumps(sys.argv[1:]) + "\\n")
""")
        tool.chmod(0o755)
        subprocess.run(
            ["bash", "-c", f"source {HERE}/common.sh; source {HERE}/lambda-tool.sh; {script}"], check=True, capture_output=True, text=True,
            env={"HOME": os.environ["HOME"], "PATH": f"{folder}:{os.environ['PATH']}", "AWS_REGION": "eu-central-1", "ARTIFACT_BUCKET": "artifacts", **environment})
        return [json.loads(line) for line in log.read_text().splitlines()]


def options(arguments):
    command, target, *rest = arguments
    return command, target, dict(zip(rest[::2], rest[1::2], strict=True))


class LambdaToolTest(unittest.TestCase):
    maxDiff = None

    def test_package(self):
        call, = arguments_of("package_functions v1.2.3 abc out.zip")
        command, target, given = options(call)
        self.assertEqual(("package", "out.zip"), (command, target))
        self.assertEqual({
            "--project-location": f"{REPOSITORY}/S3Lister.Functions",
            "--configuration": "Release",
            "--framework": "net10.0",
            "--function-architecture": "x86_64",
            "--use-container-for-build": "false",
            "--msbuild-parameters": "--self-contained true -p:MinVerVersionOverride=1.2.3 -p:SourceRevisionId=abc -p:ContinuousIntegrationBuild=true",
        }, given)

    def test_package_lets_stand_ins_in_for_a_rehearsal_only(self):
        rehearsal, = arguments_of("package_functions v1.2.3 abc out.zip", S3LISTER_REHEARSAL="1")
        self.assertIn("-p:AllowStandIns=true", options(rehearsal)[2]["--msbuild-parameters"])

    def test_deploy(self):
        call, = arguments_of(
            "deploy_stack /t/serverless.template '$.Resources.A.Properties.CodeUri=s3://b/k' 'A=1;B=\"x;y\"' 's3lister:application=v1.2.3'",
            STACK_NAME="lister", CLOUDFORMATION_ROLE="arn:aws:iam::123456789012:role/r")
        command, target, given = options(call)
        self.assertEqual(("deploy-serverless", "lister"), (command, target))
        self.assertEqual({
            "--project-location": str(REPOSITORY),
            "--template": "/t/serverless.template",
            "--template-substitutions": "$.Resources.A.Properties.CodeUri=s3://b/k",
            "--template-parameters": 'A=1;B="x;y"',
            "--cloudformation-role": "arn:aws:iam::123456789012:role/r",
            "--tags": "s3lister:application=v1.2.3",
            "--s3-bucket": "artifacts",
            "--s3-prefix": "templates/",
            "--region": "eu-central-1",
            "--disable-interactive": "true",
        }, given)

    def test_deploy_leaves_out_what_there_is_not(self):
        call, = arguments_of("deploy_stack t s '' tags")
        self.assertFalse({"--template-parameters", "--cloudformation-role"} & set(options(call)[2]))

    def test_each_option_is_one_that_the_tool_knows(self):
        calls = arguments_of("package_functions v1.2.3 abc out.zip; deploy_stack t s p tags", CLOUDFORMATION_ROLE="r")
        for call in calls:
            command, _, given = options(call)
            self.assertLessEqual(set(given), KNOWN[command])

    def test_without_zip_nothing_is_built(self):
        with tempfile.TemporaryDirectory() as folder:
            present(folder, "bash", "chmod", "dirname", "git", "python3", dotnet=LOGS, **{"dotnet-lambda": LOGS})
            run = shell("package_functions v1.2.3 abc out.zip", folder)
            self.assertEqual((1, False), (run.returncode, pathlib.Path(folder, "log").exists()))
            self.assertIn("the Lambda tool calls zip", run.stderr)

    def test_without_the_tool_nothing_is_deployed_but_in_a_rehearsal(self):
        run = subprocess.run(
            ["bash", "-c", f"source {HERE}/common.sh; source {HERE}/lambda-tool.sh; lambda_tool deploy-serverless s"],
            capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}, check=False)
        self.assertEqual(1, run.returncode)
        self.assertIn("dotnet tool install --global Amazon.Lambda.Tools --version 7.0.0", run.stderr)


class StandInTest(unittest.TestCase):
    """The stand-in calls the programs that the tool calls, so that a rehearsal fails where a release would."""
    PACKAGE = (f"bash {HERE}/lambda-tool-stand-in.sh package $PWD/out.zip --project-location p --configuration Release --framework net10.0 "
               "--function-architecture x86_64 --use-container-for-build false --msbuild-parameters '-p:A=1'")

    def package(self, *programs, **scripts):
        with tempfile.TemporaryDirectory() as folder:
            present(folder, "bash", "chmod", "dirname", "mktemp", "python3", "rm", *programs, dotnet=BUILDS, **scripts)
            run = shell(self.PACKAGE, folder)
            log = pathlib.Path(folder, "log")
            return run, log.read_text() if log.exists() else ""

    def test_the_package_is_made_by_zip_in_the_folder_of_the_build(self):
        run, log = self.package(uname="#!/bin/sh\necho x86_64\n", zip=LOGS)
        self.assertEqual(0, run.returncode, run.stderr)
        self.assertRegex(log, r"(?m)^zip --quiet \S+/out\.zip \./bootstrap$")

    def test_without_zip_it_fails(self):
        run, _ = self.package(uname="#!/bin/sh\necho x86_64\n")
        self.assertEqual(1, run.returncode)
        self.assertIn('Failed to find the "zip" utility program', run.stderr)

    def test_on_a_machine_of_another_architecture_it_fails(self):
        run, log = self.package(uname="#!/bin/sh\necho aarch64\n", zip=LOGS)
        self.assertEqual(1, run.returncode)
        self.assertIn("Host machine architecture (aarch64) differs", run.stderr)
        self.assertNotIn("dotnet", log)


LOGS = '#!/bin/sh\necho "${0##*/} $*" >> "$LOG"\n'
BUILDS = LOGS + 'while [ "$1" != --output ]; do shift; done\n: > "$2/bootstrap"\n'


def present(folder, *programs, **scripts):
    """A folder for PATH that has these programs of the machine, and these scripts, and no other."""
    for program in programs:
        pathlib.Path(folder, program).symlink_to(shutil.which(program))
    for name, text in scripts.items():
        path = pathlib.Path(folder, name)
        path.write_text(text)
        path.chmod(0o755)


def shell(script, folder):
    return subprocess.run(
        ["bash", "-c", f"source {HERE}/common.sh; source {HERE}/lambda-tool.sh; {script}"], capture_output=True, text=True, check=False, cwd=folder,
        env={"PATH": folder, "LOG": f"{folder}/log", "HOME": folder, "S3LISTER_REHEARSAL": "1", "AWS_REGION": "eu-central-1"})


if __name__ == "__main__":
    unittest.main()
