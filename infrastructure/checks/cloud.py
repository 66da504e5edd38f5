"""A local AWS for as long as a with statement lasts, and the AWS CLI against it."""
import json
import os
import urllib.request
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
    """What the AWS CLI printed."""


class Cloud:
    """aws.py as a process, and an environment that reaches nothing else."""

    def __enter__(self):
        self.server = subprocess.Popen([sys.executable, HERE / "aws.py"], stdout=subprocess.PIPE, text=True)
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
        """A package of the functions, which are not run here."""
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
        """A command as a page has it."""
        done = subprocess.run(["bash", "-c", f"set -euo pipefail; {command}"], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandFailed(f"{command}\n{done.stdout}{done.stderr}")
        return done.stdout

    def deploy(self, stack, path, parameters, key=PACKAGE, revision=None, template=None):
        """As a deployment does: code and template are uploaded, since a request takes only 51,200 bytes of template."""
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

    def resources(self, method="GET"):
        """All resources of CloudFormation, or, with DELETE, those that remain when the ones that deletions kept are deleted."""
        with urllib.request.urlopen(urllib.request.Request(f"{self.origin}/rehearsal/resources", method=method)) as response:
            return json.load(response)

    def kept(self):
        """The logical ids of the resources that deletions have kept."""
        return {item["logicalId"] for item in self.resources() if item["stack"] is None}

    def properties(self, stack, logical_id):
        return next(item["properties"] for item in self.resources() if (item["stack"], item["logicalId"]) == (stack, logical_id))

    def fail(self, logical_id):
        """Has the creation or change of this resource fail from now on; none with an empty text."""
        urllib.request.urlopen(urllib.request.Request(f"{self.origin}/rehearsal/failing", logical_id.encode(), method="PUT")).close()

    def sweep(self):
        """Deletes what deletions kept, and the buckets of the rehearsals."""
        found = self.resources()
        owned = {item["physicalId"] for item in found if item["stack"]}
        made_by_stacks = {item["physicalId"] for item in found}
        for name in {bucket["Name"] for bucket in self.client("s3").list_buckets()["Buckets"]} - owned - {ARTIFACTS}:
            for item in self.client("s3").list_objects_v2(Bucket=name).get("Contents", []):
                self.client("s3").delete_object(Bucket=name, Key=item["Key"])
            if name not in made_by_stacks:
                self.client("s3").delete_bucket(Bucket=name)
        self.resources("DELETE")

    def stacks(self):
        return sorted(item["StackName"] for item in self.client("cloudformation").describe_stacks()["Stacks"])

    def delete(self, stack):
        self.aws("cloudformation", "delete-stack", "--stack-name", stack)

    def end(self):
        """Deletes all stacks, the newest first and protected or not, and what they keep."""
        for item in reversed(self.client("cloudformation").describe_stacks()["Stacks"]):
            self.aws("cloudformation", "update-termination-protection", "--stack-name", item["StackName"], "--no-enable-termination-protection")
            self.delete(item["StackName"])
        self.sweep()

    def outputs(self, stack):
        found = self.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0].get("Outputs", [])
        return {item["OutputKey"]: item["OutputValue"] for item in found}
