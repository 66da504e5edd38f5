"""CloudWatch's alarms, SNS, CloudTrail and GuardDuty."""
import json
import re

from local_aws.resource import ACCOUNT, Resource, kind, pick


@kind("AWS::CloudWatch::Alarm", "AlarmName")
class Alarm(Resource):
    service = "cloudwatch"

    def make(self):
        settings = {name: value for name, value in self.properties.items() if name not in ("Tags", "AlarmName")}
        for name, of in (("Threshold", float), ("Period", int), ("EvaluationPeriods", int), ("DatapointsToAlarm", int)):
            if name in settings:
                settings[name] = of(settings[name])
        if "ActionsEnabled" in settings:
            settings["ActionsEnabled"] = str(settings["ActionsEnabled"]).lower() == "true"
        self.api.put_metric_alarm(AlarmName=self.name, **settings)

    change = make

    def end(self):
        self.api.delete_alarms(AlarmNames=[self.name])

    def attribute(self, name):
        return f"arn:aws:cloudwatch:{self.region}:{ACCOUNT}:alarm:{self.name}"


@kind("AWS::CloudWatch::CompositeAlarm", "AlarmName")
class CompositeAlarm(Resource):
    """moto has none: what its rule names must be there."""
    service = "cloudwatch"
    present = set()

    def make(self):
        known = self.present | {alarm["AlarmName"] for alarm in self.api.describe_alarms()["MetricAlarms"]}
        for name in re.findall(r'(?:ALARM|OK|INSUFFICIENT_DATA)\("?([^")]+)"?\)', self.properties["AlarmRule"]):
            if name.rsplit(":", 1)[-1] not in known:
                raise ValueError(f"The composite alarm {self.name} names the unknown alarm {name}")
        self.present.add(self.name)

    change = make

    def end(self):
        self.present.discard(self.name)

    def attribute(self, name):
        return f"arn:aws:cloudwatch:{self.region}:{ACCOUNT}:alarm:{self.name}"


@kind("AWS::SNS::TopicPolicy")
class TopicPolicy(Resource):
    service = "sns"

    def make(self):
        for topic in self.properties["Topics"]:
            self.api.set_topic_attributes(
                TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(self.properties["PolicyDocument"]))

    change = make


@kind("AWS::SNS::Subscription")
class Subscription(Resource):
    service = "sns"

    def make(self):
        made = self.api.subscribe(**pick(self.properties, "TopicArn", "Protocol", "Endpoint"), ReturnSubscriptionArn=True)
        self.physical_resource_id = made["SubscriptionArn"]

    def end(self):
        self.api.unsubscribe(SubscriptionArn=self.physical_resource_id)


@kind("AWS::CloudTrail::Trail", "TrailName")
class Trail(Resource):
    service = "cloudtrail"

    def settings(self):
        return {
            **pick(self.properties, "S3BucketName", "S3KeyPrefix", "IncludeGlobalServiceEvents", "IsMultiRegionTrail",
                   "CloudWatchLogsLogGroupArn", "CloudWatchLogsRoleArn"),
            "EnableLogFileValidation": self.properties.get("EnableLogFileValidation", False),
            "KmsKeyId": self.properties.get("KMSKeyId", ""),
        }

    def make(self):
        self.api.create_trail(Name=self.name, **self.settings())
        self.select()
        self.api.start_logging(Name=self.name)

    def select(self):
        if selectors := self.properties.get("AdvancedEventSelectors"):
            self.api.put_event_selectors(TrailName=self.name, AdvancedEventSelectors=selectors)

    def change(self):
        self.api.update_trail(Name=self.name, **self.settings())
        self.select()

    def end(self):
        self.api.delete_trail(Name=self.name)

    def attribute(self, name):
        return f"arn:aws:cloudtrail:{self.region}:{ACCOUNT}:trail/{self.name}"


@kind("AWS::GuardDuty::Detector")
class Detector(Resource):
    service = "guardduty"

    def make(self):
        if self.api.list_detectors()["DetectorIds"]:
            raise ValueError("The request is rejected because a detector already exists for the current account")
        made = self.api.create_detector(
            Enable=self.properties["Enable"], **pick(self.properties, "FindingPublishingFrequency", "Features"))
        self.physical_resource_id = made["DetectorId"]

    def end(self):
        self.api.delete_detector(DetectorId=self.physical_resource_id)

    def attribute(self, name):
        return self.physical_resource_id
