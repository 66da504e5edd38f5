"""What revision.py says of serverless.template. Usage: python3 revision_test.py"""
import copy
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import json

import revision
import template as templates

TEMPLATE = json.loads((pathlib.Path(__file__).resolve().parents[2] / "serverless.template").read_text(encoding="utf-8"))
STACK = {"StackId": "arn:aws:cloudformation:eu-central-1:123456789012:stack/lister/1",
         "Parameters": [{"ParameterKey": "BucketName", "ParameterValue": "ours"}, {"ParameterKey": "Gone", "ParameterValue": "1"}]}
# Another value of each parameter that functions read; a new one must be added here.
CHANGED = {"BucketName": "theirs", "EnableTracing": "true", "ExpectedBucketOwner": "999999999999", "Grants": "[]", "ListablePrefixes": "team-a/",
           "LogLevel": "DEBUG", "Priming": "false", "RequestBudget": "1", "RequestPayer": "true", "ReservedConcurrency": "5", "ScanBudget": "1000",
           "TrustedRoots": "system"}


def live(given=""):
    """The configurations of functions that have all that is requested."""
    found = {}
    for name in templates.functions(TEMPLATE):
        wanted = revision.wanted_of(TEMPLATE, STACK, given, name)
        found[name] = {
            "Environment": {"Variables": {key.split()[1]: value for key, value in wanted.items() if key.startswith("Environment ")}},
            "MemorySize": int(wanted["MemorySize"]), "Timeout": int(wanted["Timeout"]),
            "LoggingConfig": {"ApplicationLogLevel": wanted["LoggingConfig"]}, "TracingConfig": {"Mode": wanted["Tracing"]},
            "Architectures": [wanted["Architectures"]],
        }
    return found


def differences(found, given=""):
    return sorted({line.split(": ")[1].removesuffix(" is not what was requested") for line in revision.differences(TEMPLATE, STACK, given, found)})


class RevisionTest(unittest.TestCase):
    def test_the_parameters_that_functions_read_are_known(self):
        self.assertEqual(sorted(CHANGED), revision.read_by_functions(TEMPLATE))

    def test_each_of_them_changes_the_hash_and_no_other_does(self):
        before = revision.hash_of(TEMPLATE, STACK, "")
        for name, value in CHANGED.items():
            with self.subTest(name):
                self.assertNotEqual(before, revision.hash_of(TEMPLATE, STACK, f"{name}={value}"))
        self.assertEqual(before, revision.hash_of(TEMPLATE, STACK, "RateLimit=7;DeploymentPreference=AllAtOnce;BucketName=ours"))

    def test_what_is_not_given_has_its_previous_value(self):
        self.assertEqual(revision.hash_of(TEMPLATE, STACK, "BucketName=ours"), revision.hash_of(TEMPLATE, STACK, ""))
        self.assertNotEqual(revision.hash_of(TEMPLATE, STACK, ""), revision.hash_of(TEMPLATE, {}, "BucketName=theirs"))

    def test_functions_that_have_all_differ_in_nothing(self):
        self.assertEqual([], differences(live()))

    def test_each_parameter_that_is_not_live_is_reported(self):
        seen = {name: differences(live(), f"{name}={value}") for name, value in CHANGED.items()}
        self.assertEqual({
            "BucketName": ["Environment S3LISTER_BUCKET"], "EnableTracing": ["Tracing"],
            "ExpectedBucketOwner": ["Environment S3LISTER_EXPECTED_BUCKET_OWNER"], "Grants": ["Environment S3LISTER_GRANTS"],
            "ListablePrefixes": ["Environment S3LISTER_LISTABLE_PREFIXES"], "LogLevel": ["LoggingConfig"],
            "Priming": ["Environment S3LISTER_PRIMING"],
            "RequestBudget": ["Environment S3LISTER_REQUEST_BUDGET"],
            "RequestPayer": ["Environment S3LISTER_REQUEST_PAYER"], "ReservedConcurrency": [], "ScanBudget": ["Environment S3LISTER_SCAN_BUDGET"],
            "TrustedRoots": ["Environment S3LISTER_TRUSTED_ROOTS"],
        }, seen)

    def test_another_architecture_is_reported(self):
        found = live()
        found["Health"]["Architectures"] = ["arm64"]
        self.assertEqual(["Architectures"], differences(found))

    def test_a_variable_too_many_and_a_function_that_is_not_there_are_reported(self):
        found = live()
        found["Health"]["Environment"]["Variables"]["S3LISTER_ENDPOINT"] = "http://127.0.0.1"
        self.assertEqual(["Environment S3LISTER_ENDPOINT"], differences(found))
        self.assertTrue(any(line.startswith("Summary: ") for line in revision.differences(TEMPLATE, STACK, "", {**live(), "Summary": {}})))

    def test_the_live_revision_is_kept_while_nothing_of_the_functions_changes(self):
        found, revision_ = live(), f"{revision.hash_of(TEMPLATE, STACK, '')}-20260101T000000Z"
        for configuration in found.values():
            configuration["Environment"]["Variables"]["S3LISTER_REVISION"] = revision_
        kept = lambda given: revision.kept(copy.deepcopy(TEMPLATE), STACK, given, found)
        self.assertEqual([revision_, revision_, "", ""], [kept(""), kept("RateLimit=7"), kept("LogLevel=DEBUG"), kept("ReservedConcurrency=5")])
        found["Health"]["Environment"]["Variables"]["S3LISTER_REVISION"] = "another"
        self.assertEqual("", kept(""))

    def test_no_value_is_printed(self):
        found = copy.deepcopy(live())
        found["Health"]["Environment"]["Variables"]["S3LISTER_GRANTS"] = "confidential"
        self.assertNotIn("confidential", "".join(revision.differences(TEMPLATE, STACK, "", found)))


if __name__ == "__main__":
    unittest.main()
