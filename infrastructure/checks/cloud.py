"""A local AWS for as long as a with statement lasts, and the AWS CLI against it."""
import json
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

import sam
from templates import HERE, ROOT, read

ARTIFACTS, PACKAGE = "artifacts", "s3lister.zip"


class CommandFailed(Exception):
    """What the AWS CLI said."""


class Cloud:
    """server: aws.py as a process of its own; the environment reaches nothing else."""

    def __enter__(self):
        self.server = subprocess.Popen([sys.executable, HERE / "aws.py"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.origin = self.server.stdout.readline().split()[1]
        self.folder = tempfile.TemporaryDirectory()
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            "AWS_ACCESS_KEY_ID": "rehearsal", "AWS_SECRET_ACCESS_KEY": "rehearsal", "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_ENDPOINT_URL": self.origin, "AWS_EC2_METADATA_DISABLED": "true", "AWS_PAGER": "",
            "AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull, "NO_PROXY": "127.0.0.1",
        }
        self.client("s3").create_bucket(Bucket=ARTIFACTS)
        self.upload(PACKAGE, "1")
        return self

    def __exit__(self, *_):
        self.server.terminate()
        self.server.wait()
        self.folder.cleanup()

    def client(self, service, **credentials):
        credentials = credentials or {"aws_access_key_id": "rehearsal", "aws_secret_access_key": "rehearsal"}
        return boto3.client(service, region_name="us-east-1", endpoint_url=self.origin, **credentials,
                            config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))

    def upload(self, key, version):
        """A package of the functions, which here need not run."""
        file = Path(self.folder.name) / "package.zip"
        with zipfile.ZipFile(file, "w") as package:
            package.writestr("bootstrap", version)
        self.client("s3").upload_file(str(file), ARTIFACTS, key)

    def aws(self, *arguments):
        done = subprocess.run(["aws", *map(str, arguments)], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandFailed(f"aws {' '.join(map(str, arguments))}\n{done.stdout}{done.stderr}")
        return done.stdout + done.stderr

    def shell(self, command):
        """A command as a page has it, with what it puts in place of $(...)."""
        done = subprocess.run(["bash", "-c", f"set -euo pipefail; {command}"], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandFailed(f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def deploy(self, stack, path, parameters, key=PACKAGE, revision=None, template=None):
        """As a deployment does: the code is in a bucket, the template is uploaded, and so is none of 51,200 bytes."""
        template = sam.packaged(template or read(path), ARTIFACTS, key)
        if revision:
            template["Globals"]["Function"]["Environment"]["Variables"]["S3LISTER_REVISION"] = revision
        file = Path(self.folder.name) / f"{stack}.template"
        file.write_text(json.dumps(template, indent=2), encoding="utf-8")
        try:
            return self.aws(
                "cloudformation", "deploy", "--stack-name", stack, "--template-file", file, "--s3-bucket", ARTIFACTS,
                "--no-fail-on-empty-changeset",
                "--capabilities", "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "--parameter-overrides",
                *(f"{name}={value}" for name, value in parameters.items()))
        except CommandFailed as failure:
            raise CommandFailed(f"{failure}{self.reason(stack)}") from failure

    def status(self, stack):
        return self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]["StackStatus"]

    def reason(self, stack):
        """Why the stack was rolled back last; nothing where no stack was made."""
        try:
            events = self.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
        except ClientError:
            return ""
        return next((event["ResourceStatusReason"] for event in events if event["ResourceStatus"].endswith("ROLLBACK_COMPLETE")), "")

    def outputs(self, stack):
        found = self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
        return {item["OutputKey"]: item["OutputValue"] for item in found}
