"""S3 and CloudWatch Logs."""
import json

from local_aws.resource import ACCOUNT, Resource, kind, lower, pick


@kind("AWS::S3::Bucket", "BucketName")
class Bucket(Resource):
    service = "s3"

    def make(self):
        region = {} if self.region == "us-east-1" else {"CreateBucketConfiguration": {"LocationConstraint": self.region}}
        self.api.create_bucket(Bucket=self.name, **region)
        self.change()

    def change(self):
        api, name, properties = self.api, {"Bucket": self.name}, self.properties
        if encryption := properties.get("BucketEncryption"):
            api.put_bucket_encryption(**name, ServerSideEncryptionConfiguration={"Rules": [
                {"ApplyServerSideEncryptionByDefault": rule["ServerSideEncryptionByDefault"],
                 **pick(rule, "BucketKeyEnabled")} for rule in encryption["ServerSideEncryptionConfiguration"]]})
        if block := properties.get("PublicAccessBlockConfiguration"):
            api.put_public_access_block(**name, PublicAccessBlockConfiguration=block)
        if versioning := properties.get("VersioningConfiguration"):
            api.put_bucket_versioning(**name, VersioningConfiguration=versioning)
        if ownership := properties.get("OwnershipControls"):
            api.put_bucket_ownership_controls(**name, OwnershipControls=ownership)
        if lifecycle := properties.get("LifecycleConfiguration"):
            api.put_bucket_lifecycle_configuration(
                **name, LifecycleConfiguration={"Rules": [lifecycle_rule(rule) for rule in lifecycle["Rules"]]})

    def find(self):
        self.api.head_bucket(Bucket=self.name)

    def end(self):
        self.api.delete_bucket(Bucket=self.name)

    def attribute(self, name):
        return f"arn:aws:s3:::{self.name}" if name == "Arn" else f"{self.name}.s3.{self.region}.amazonaws.com"


def lifecycle_rule(rule):
    changed = {"ID": rule.get("Id", "rule"), "Status": rule["Status"], "Filter": {"Prefix": rule.get("Prefix", "")}}
    if "ExpirationInDays" in rule:
        changed["Expiration"] = {"Days": int(rule["ExpirationInDays"])}
    for part in ("AbortIncompleteMultipartUpload", "NoncurrentVersionExpiration"):
        if part in rule:
            changed[part] = {name: int(value) for name, value in rule[part].items()}
    return changed


@kind("AWS::S3::BucketPolicy")
class BucketPolicy(Resource):
    service = "s3"

    def make(self):
        self.physical_resource_id = self.properties["Bucket"]
        self.api.put_bucket_policy(Bucket=self.properties["Bucket"], Policy=json.dumps(self.properties["PolicyDocument"]))

    change = make

    def find(self):
        self.api.get_bucket_policy(Bucket=self.physical_resource_id)

    def end(self):
        self.api.delete_bucket_policy(Bucket=self.properties["Bucket"])


@kind("AWS::Logs::LogGroup", "LogGroupName")
class LogGroup(Resource):
    service = "logs"

    def make(self):
        key = {"kmsKeyId": self.properties["KmsKeyId"]} if "KmsKeyId" in self.properties else {}
        self.api.create_log_group(logGroupName=self.name, **key)
        self.change()

    def change(self):
        if "RetentionInDays" in self.properties:
            self.api.put_retention_policy(logGroupName=self.name, retentionInDays=int(self.properties["RetentionInDays"]))

    def end(self):
        self.api.delete_log_group(logGroupName=self.name)

    def attribute(self, name):
        return f"arn:aws:logs:{self.region}:{ACCOUNT}:log-group:{self.name}:*"


@kind("AWS::Logs::MetricFilter", "FilterName")
class MetricFilter(Resource):
    service = "logs"

    def make(self):
        transformations = [lower(item) for item in self.properties["MetricTransformations"]]
        for item in transformations:
            item["metricValue"] = str(item["metricValue"])
            item.pop("dimensions", None)
            if "defaultValue" in item:
                item["defaultValue"] = float(item["defaultValue"])
        self.api.put_metric_filter(
            logGroupName=self.properties["LogGroupName"], filterName=self.name,
            filterPattern=self.properties["FilterPattern"], metricTransformations=transformations)

    change = make

    def end(self):
        self.api.delete_metric_filter(logGroupName=self.properties["LogGroupName"], filterName=self.name)
