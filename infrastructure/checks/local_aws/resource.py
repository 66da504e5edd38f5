"""A resource of a stack, made by calls of the service's own API on this very server."""
import boto3
from botocore.config import Config
from moto.core.common_models import CloudFormationModel

ACCOUNT = "123456789012"
ORIGIN = ""  # set when the server is up
KINDS = {}


def client(service, region):
    return boto3.client(
        service, region_name=region, endpoint_url=ORIGIN, aws_access_key_id="stack", aws_secret_access_key="stack",
        config=Config(retries={"max_attempts": 1}, s3={"addressing_style": "path"}))


def pick(properties, *names):
    return {name: properties[name] for name in names if name in properties}


def lower(value):
    """The same with keys in camelCase, as some APIs spell what CloudFormation spells in PascalCase."""
    if isinstance(value, dict):
        return {key[0].lower() + key[1:]: lower(item) for key, item in value.items()}
    return [lower(item) for item in value] if isinstance(value, list) else value


def kind(cloudformation_type, name_property=None):
    """Registers a class for a type of resource; the property gives its name where the template does."""
    def register(cls):
        cls.type, cls.name_property = cloudformation_type, name_property
        KINDS[cloudformation_type] = cls
        return cls
    return register


class Resource(CloudFormationModel):
    """Derived classes say what making it, changing it and ending it means. Unless told, a change makes it anew."""

    type = "S3Lister::Any"
    name_property = None
    service = None

    def __init__(self, name, properties, region):
        self.name, self.properties, self.region = name, properties, region
        self.physical_resource_id = name
        self.update_policy = {}

    @property
    def api(self):
        return client(self.service, self.region)

    def make(self):
        """May set physical_resource_id to what the service calls it."""

    def find(self):
        """Fails where a resource that is to be imported does not exist."""

    def change(self):
        self.end()
        self.make()

    def end(self):
        """Nothing, where the owner ends it too."""

    def attribute(self, name):
        """Of a recorded resource: an ARN where one is asked for, else its name."""
        service = self.type.split("::")[1].lower()
        arn = f"arn:aws:{service}:{self.region}:{ACCOUNT}:{self.physical_resource_id}"
        return arn if name.endswith("Arn") else f"{self.physical_resource_id}-{name.lower()}"

    # What moto's CloudFormation calls.

    @classmethod
    def cloudformation_type(cls):
        return cls.type

    @classmethod
    def cloudformation_name_type(cls):
        return cls.name_property

    @classmethod
    def has_cfn_attr(cls, _attr):
        return True

    def get_cfn_attribute(self, attribute_name):
        return self.attribute(attribute_name)

    def is_created(self):
        return True

    @classmethod
    def create_from_cloudformation_json(cls, resource_name, cloudformation_json, _account_id, region_name, **_):
        made = cls(resource_name, cloudformation_json.get("Properties", {}), region_name)
        made.make()
        return made

    @classmethod
    def update_from_cloudformation_json(
            cls, original_resource, new_resource_name, cloudformation_json, account_id, region_name):
        original_resource.properties = cloudformation_json.get("Properties", {})
        original_resource.update_policy = cloudformation_json.get("UpdatePolicy", {})
        if cls.name_property in original_resource.properties and new_resource_name != original_resource.name:
            original_resource.end()
            return cls.create_from_cloudformation_json(new_resource_name, cloudformation_json, account_id, region_name)
        original_resource.change()
        return original_resource

    def delete(self, _account_id, _region_name):
        self.end()
