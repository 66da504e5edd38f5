"""IAM, KMS and Cognito."""
import json

from local_aws.resource import ACCOUNT, Resource, kind, pick


@kind("AWS::IAM::Role", "RoleName")
class Role(Resource):
    service = "iam"

    def make(self):
        boundary = {"PermissionsBoundary": self.properties["PermissionsBoundary"]} if "PermissionsBoundary" in self.properties else {}
        self.api.create_role(
            RoleName=self.name, **pick(self.properties, "Path"), Description=self.properties.get("Description", ""), **boundary,
            AssumeRolePolicyDocument=json.dumps(self.properties["AssumeRolePolicyDocument"]))
        self.allow()

    def allow(self):
        for policy in self.properties.get("Policies", []):
            self.api.put_role_policy(
                RoleName=self.name, PolicyName=policy["PolicyName"], PolicyDocument=json.dumps(policy["PolicyDocument"]))
        for arn in self.properties.get("ManagedPolicyArns", []):
            self.api.attach_role_policy(RoleName=self.name, PolicyArn=arn)

    def change(self):
        api, name = self.api, {"RoleName": self.name}
        api.update_assume_role_policy(**name, PolicyDocument=json.dumps(self.properties["AssumeRolePolicyDocument"]))
        if "PermissionsBoundary" in self.properties:
            api.put_role_permissions_boundary(**name, PermissionsBoundary=self.properties["PermissionsBoundary"])
        elif "PermissionsBoundary" in api.get_role(**name)["Role"]:
            api.delete_role_permissions_boundary(**name)
        wanted = {policy["PolicyName"] for policy in self.properties.get("Policies", [])}
        for gone in set(api.list_role_policies(**name)["PolicyNames"]) - wanted - self.foreign:
            api.delete_role_policy(**name, PolicyName=gone)
        self.allow()

    @property
    def foreign(self):
        """Inline policies that AWS::IAM::Policy put here."""
        return {policy.name for policy in Policy.present if self.name in policy.properties.get("Roles", [])}

    def end(self):
        api, name = self.api, {"RoleName": self.name}
        for policy in api.list_role_policies(**name)["PolicyNames"]:
            api.delete_role_policy(**name, PolicyName=policy)
        for policy in api.list_attached_role_policies(**name)["AttachedPolicies"]:
            api.detach_role_policy(**name, PolicyArn=policy["PolicyArn"])
        api.delete_role(**name)

    def attribute(self, name):
        if name == "RoleId":
            return self.api.get_role(RoleName=self.name)["Role"]["RoleId"]
        return f"arn:aws:iam::{ACCOUNT}:role{self.properties.get('Path', '/')}{self.name}"


@kind("AWS::IAM::Policy", "PolicyName")
class Policy(Resource):
    service = "iam"
    present = []

    def make(self):
        for role in self.properties.get("Roles", []):
            self.api.put_role_policy(RoleName=role, PolicyName=self.name, PolicyDocument=json.dumps(self.properties["PolicyDocument"]))
        self.present.append(self)

    def end(self):
        self.present.remove(self)
        for role in self.properties.get("Roles", []):
            try:
                self.api.delete_role_policy(RoleName=role, PolicyName=self.name)
            except self.api.exceptions.NoSuchEntityException:
                pass  # it went with the role


@kind("AWS::IAM::ManagedPolicy", "ManagedPolicyName")
class ManagedPolicy(Resource):
    service = "iam"

    def make(self):
        made = self.api.create_policy(
            PolicyName=self.name, **pick(self.properties, "Path"), PolicyDocument=json.dumps(self.properties["PolicyDocument"]))
        self.physical_resource_id = made["Policy"]["Arn"]
        self.attach()

    def attach(self):
        self.roles = set(self.properties.get("Roles", []))
        for role in self.roles:
            self.api.attach_role_policy(RoleName=role, PolicyArn=self.physical_resource_id)

    def change(self):
        api, arn = self.api, {"PolicyArn": self.physical_resource_id}
        for version in api.list_policy_versions(**arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                api.delete_policy_version(**arn, VersionId=version["VersionId"])
        api.create_policy_version(**arn, PolicyDocument=json.dumps(self.properties["PolicyDocument"]), SetAsDefault=True)
        for role in self.roles - set(self.properties.get("Roles", [])):
            api.detach_role_policy(**arn, RoleName=role)
        self.attach()

    def end(self):
        api, arn = self.api, {"PolicyArn": self.physical_resource_id}
        for role in api.list_entities_for_policy(**arn)["PolicyRoles"]:
            api.detach_role_policy(**arn, RoleName=role["RoleName"])
        for version in api.list_policy_versions(**arn)["Versions"]:
            if not version["IsDefaultVersion"]:
                api.delete_policy_version(**arn, VersionId=version["VersionId"])
        api.delete_policy(**arn)

    def attribute(self, name):
        return self.physical_resource_id


@kind("AWS::KMS::Key")
class Key(Resource):
    service = "kms"

    def make(self):
        made = self.api.create_key(Policy=json.dumps(self.properties["KeyPolicy"]), Description=self.properties.get("Description", ""))
        self.physical_resource_id = made["KeyMetadata"]["KeyId"]
        self.rotate()

    def find(self):
        self.api.describe_key(KeyId=self.physical_resource_id)

    def rotate(self):
        if self.properties.get("EnableKeyRotation"):
            self.api.enable_key_rotation(KeyId=self.physical_resource_id)

    def change(self):
        self.api.put_key_policy(KeyId=self.physical_resource_id, PolicyName="default", Policy=json.dumps(self.properties["KeyPolicy"]))
        self.rotate()

    def end(self):
        self.api.schedule_key_deletion(KeyId=self.physical_resource_id)

    def attribute(self, name):
        return f"arn:aws:kms:{self.region}:{ACCOUNT}:key/{self.physical_resource_id}" if name == "Arn" else self.physical_resource_id


@kind("AWS::Cognito::UserPool", "UserPoolName")
class UserPool(Resource):
    service = "cognito-idp"

    def make(self):
        made = self.api.create_user_pool(PoolName=self.name, **pick(self.properties, "MfaConfiguration"))
        self.physical_resource_id = made["UserPool"]["Id"]

    def change(self):
        """Nothing of ours changes."""

    def end(self):
        self.api.delete_user_pool(UserPoolId=self.physical_resource_id)

    def attribute(self, name):
        provider = f"cognito-idp.{self.region}.amazonaws.com/{self.physical_resource_id}"
        return {
            "Arn": f"arn:aws:cognito-idp:{self.region}:{ACCOUNT}:userpool/{self.physical_resource_id}",
            "ProviderName": provider, "ProviderURL": f"https://{provider}", "UserPoolId": self.physical_resource_id,
        }[name]


@kind("AWS::Cognito::UserPoolDomain")
class UserPoolDomain(Resource):
    service = "cognito-idp"

    def make(self):
        self.physical_resource_id = self.properties["Domain"]
        self.api.create_user_pool_domain(Domain=self.properties["Domain"], UserPoolId=self.properties["UserPoolId"])

    def end(self):
        self.api.delete_user_pool_domain(Domain=self.properties["Domain"], UserPoolId=self.properties["UserPoolId"])


@kind("AWS::Cognito::UserPoolResourceServer")
class UserPoolResourceServer(Resource):
    service = "cognito-idp"

    def make(self):
        self.physical_resource_id = self.properties["Identifier"]
        self.api.create_resource_server(**pick(self.properties, "UserPoolId", "Identifier", "Name", "Scopes"))

    def change(self):
        self.api.update_resource_server(**pick(self.properties, "UserPoolId", "Identifier", "Name", "Scopes"))


@kind("AWS::Cognito::UserPoolClient")
class UserPoolClient(Resource):
    service = "cognito-idp"

    def settings(self):
        return pick(self.properties, "UserPoolId", "AllowedOAuthFlows", "AllowedOAuthFlowsUserPoolClient", "AllowedOAuthScopes")

    def make(self):
        made = self.api.create_user_pool_client(
            ClientName=self.name, GenerateSecret=bool(self.properties.get("GenerateSecret")), **self.settings())
        self.physical_resource_id = made["UserPoolClient"]["ClientId"]

    def change(self):
        self.api.update_user_pool_client(ClientId=self.physical_resource_id, **self.settings())

    def end(self):
        self.api.delete_user_pool_client(UserPoolId=self.properties["UserPoolId"], ClientId=self.physical_resource_id)

    def attribute(self, name):
        return self.physical_resource_id
