"""The arguments that the scripts give the Lambda tool, each known to Amazon.Lambda.Tools 7.0.0. A program that writes them
down stands in its place. Usage: python3 lambda_tool_test.py"""
import json
import os
import pathlib
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

    def test_without_the_tool_nothing_is_deployed_but_in_a_rehearsal(self):
        run = subprocess.run(
            ["bash", "-c", f"source {HERE}/common.sh; source {HERE}/lambda-tool.sh; lambda_tool deploy-serverless s"],
            capture_output=True, text=True, env={"PATH": "/usr/bin:/bin"}, check=False)
        self.assertEqual(1, run.returncode)
        self.assertIn("dotnet tool install --global Amazon.Lambda.Tools --version 7.0.0", run.stderr)


if __name__ == "__main__":
    unittest.main()
