"""What template.py and release_notes.py make. Usage: python3 template_test.py"""
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))

import release_notes
import template

ROOT = pathlib.Path(__file__).resolve().parents[2]
FUNCTION = {"Type": "AWS::Serverless::Function", "Properties": {"CodeUri": "S3Lister.Functions"}}


def sample(**parameters):
    common = {"Architectures": ["x86_64"], "Environment": {"Variables": {"S3LISTER_REVISION": "unset"}}}
    return {"Parameters": parameters, "Globals": {"Function": common}, "Resources": {
        "A": {**FUNCTION, "Properties": dict(FUNCTION["Properties"])}, "B": {**FUNCTION, "Properties": dict(FUNCTION["Properties"])},
        "Role": {"Type": "AWS::IAM::Role", "Properties": {}}}}


class TemplateTest(unittest.TestCase):
    def test_every_function_and_nothing_else_gets_the_package(self):
        text = template.substitutions(sample(), "s3://b/lister/v1.0.0.zip", "1")
        self.assertEqual("$.Resources.A.Properties.CodeUri=s3://b/lister/v1.0.0.zip;$.Resources.B.Properties.CodeUri=s3://b/lister/v1.0.0.zip;"
                         "$.Globals.Function.Environment.Variables.S3LISTER_REVISION=1", text)
        changed = template.apply(sample(), text)
        self.assertEqual(["s3://b/lister/v1.0.0.zip"] * 2, [changed["Resources"][name]["Properties"]["CodeUri"] for name in "AB"])
        self.assertEqual(sample()["Resources"]["Role"], changed["Resources"]["Role"])
        self.assertEqual({"S3LISTER_REVISION": "1"}, changed["Globals"]["Function"]["Environment"]["Variables"])

    def test_an_older_template_gets_no_revision(self):
        older = sample()
        del older["Globals"]
        text = template.substitutions(older, "s3://b/k", "1")
        self.assertNotIn("REVISION", text)
        template.apply(older, text)
        with self.assertRaises(SystemExit):
            template.apply(older, f"{template.REVISION_PATH}=1")

    def test_a_substitution_for_what_is_not_there_fails(self):
        for text in ("$.Resources.C.Properties.CodeUri=x", "$.Resources.Role.Properties.CodeUri=x", "$.Resources.A.Properties.Timeout=1"):
            with self.subTest(text), self.assertRaises(SystemExit):
                template.apply(sample(), text)

    def test_parameters_come_through_as_the_tool_reads_them(self):
        values = {"Grants": '[{"principal":"a","prefixes":["b/"]}]', "List": "a;b", "Empty": "", "Equals": "a=b"}
        text = template.parameters(sample(**dict.fromkeys(values, {})), [f"{name}={value}" for name, value in values.items()])
        self.assertEqual(values, template.split(text))

    def test_a_parameter_that_the_template_does_not_have_is_left_out(self):
        self.assertEqual("A=1", template.parameters(sample(A={}), ["A=1", "New=2"]))

    def test_a_later_deployment_can_bring_back_the_parameters_of_a_stack(self):
        given = {"Grants": '[{"principal":"a","prefixes":["b/"]}]', "List": "a,b", "Empty": "", "Equals": "a=b"}
        stack = json.dumps({"Parameters": [{"ParameterKey": name, "ParameterValue": value} for name, value in given.items()]})
        again = template.parameters(sample(**dict.fromkeys(given, {})), template.values(stack).splitlines())
        self.assertEqual(given, template.split(again))
        self.assertEqual("", template.values(""))

    def test_a_parameter_of_several_lines_fails(self):
        with self.assertRaises(SystemExit):
            template.values(json.dumps({"Parameters": [{"ParameterKey": "A", "ParameterValue": "1\n2"}]}))

    def test_what_the_tool_cannot_be_given_fails(self):
        for line in ('A=x"y;z', 'A="x', "A"):
            with self.subTest(line), self.assertRaises(SystemExit):
                template.parameters(sample(A={}), [line])

    def test_functions_of_two_architectures_fail(self):
        mixed = sample()
        self.assertEqual("x86_64", template.architecture(mixed))
        mixed["Resources"]["A"]["Properties"]["Architectures"] = ["arm64"]
        with self.assertRaises(SystemExit):
            template.architecture(mixed)

    def test_one_substitution_changes_the_architecture(self):
        committed = template.read(ROOT / "serverless.template")
        self.assertEqual("x86_64", template.architecture(committed))
        self.assertEqual("arm64", template.architecture(template.apply(committed, f"{template.ARCHITECTURE_PATH}=arm64")))

    def test_a_package_runs_on_its_architecture_in_the_template_of_another_version(self):
        self.assertEqual(sample(), template.run_on("x86_64", sample()))
        self.assertEqual("arm64", template.architecture(template.run_on("arm64", sample())))

    def test_a_package_of_another_architecture_fails_when_the_template_names_it_in_each_function(self):
        older = sample()
        for name in "AB":
            older["Resources"][name]["Properties"]["Architectures"] = ["x86_64"]
        self.assertEqual(older, template.run_on("x86_64", older))
        with self.assertRaises(SystemExit):
            template.run_on("arm64", older)
        del older["Globals"]["Function"]["Architectures"]
        with self.assertRaises(SystemExit):
            template.run_on("arm64", older)

    def test_previous_values_are_used_for_what_the_template_still_has(self):
        stack = {"Parameters": [{"ParameterKey": name} for name in ("A", "B", "Gone")]}
        self.assertEqual(
            [{"ParameterKey": "A", "ParameterValue": "1"}, {"ParameterKey": "B", "UsePreviousValue": True}],
            template.change_set(sample(A={}, B={}, New={}), stack, "A=1"))


class NotesTest(unittest.TestCase):
    CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n### Added\n- C\n\n## [1.1.0] - 2026-02-01\n\n- B\n\n## [1.0.0] - 2026-01-01\n\n- A\n"

    def test_a_version_has_its_section(self):
        self.assertEqual("- B", release_notes.notes("v1.1.0", self.CHANGELOG))
        self.assertEqual("- A", release_notes.notes("v1.0.0", self.CHANGELOG))

    def test_a_pre_release_has_what_is_unreleased(self):
        self.assertEqual("### Added\n- C", release_notes.notes("v1.1.1-alpha.0.1", self.CHANGELOG))

    def test_a_pre_release_just_after_a_release_has_nothing(self):
        self.assertEqual("Nothing is noted yet.", release_notes.notes("v1.1.1-alpha.0.1", "## [Unreleased]\n\n## [1.1.0] - 2026-02-01\n\n- B\n"))

    def test_a_release_without_a_section_fails(self):
        with self.assertRaises(SystemExit):
            release_notes.notes("v1.2.0", self.CHANGELOG)


if __name__ == "__main__":
    unittest.main()
