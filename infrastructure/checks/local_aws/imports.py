"""Change sets of the type IMPORT, which moto has not: a stack takes over resources that exist, and changes nothing of them."""
from moto.cloudformation import models, responses
from moto.cloudformation.exceptions import ValidationError

from local_aws import resource

ASKED = {}  # by change set: the identifier of each resource, as the caller gave it
ADOPTED = {}  # while one is executed: the physical id of each resource, by logical id


def install():
    responses.CloudFormationResponse.create_change_set = noting(responses.CloudFormationResponse.create_change_set)
    models.ChangeSet.apply = adopting(models.ChangeSet.apply)
    resource.Resource.create_from_cloudformation_json = classmethod(made_or_found(resource.Resource.create_from_cloudformation_json.__func__))


def noting(create_change_set):
    """Keeps ResourcesToImport, which moto does not read, and refuses what CloudFormation refuses."""
    def inner(self):
        made = create_change_set(self)
        if self._get_param("ChangeSetType") == "IMPORT":
            change_set = self.cloudformation_backend.change_sets[made.result["Id"]]
            asked = {item["LogicalResourceId"]: next(iter(item["ResourceIdentifier"].values())) for item in self._get_param("ResourcesToImport")}
            if reason := refuse(change_set.template_dict, asked, self.cloudformation_backend):
                raise ValidationError(message=reason)
            ASKED[change_set.change_set_id] = asked
        return made
    return inner


def refuse(template, asked, backend):
    """Why these cannot be imported into a new stack; None when they can. AWS's page says nothing of outputs in a new stack, and
    CloudFormation refuses new ones in an existing stack: none is right under both."""
    if template.get("Outputs"):
        return "As part of the import operation, you cannot modify or add [Outputs]"
    if not_named := template["Resources"].keys() ^ asked.keys():
        return f"the resources to import are not those of the template: {sorted(not_named)}"
    for name, item in template["Resources"].items():
        if "DeletionPolicy" not in item:
            return f"{name} needs a DeletionPolicy to be imported"
    for stack in backend.stacks.values():
        for name, made in stack.resource_map._parsed_resources.items():
            if isinstance(made, resource.Resource) and made.physical_resource_id in asked.values():
                return f"{made.physical_resource_id} already belongs to the stack {stack.name}, as {name}"
    return None


def adopting(apply):
    def inner(self):
        ADOPTED.update(ASKED.get(self.change_set_id, {}))
        try:
            apply(self)
        finally:
            ADOPTED.clear()
    return inner


def made_or_found(create):
    def inner(cls, resource_name, cloudformation_json, account_id, region_name, LogicalId=None, **more):
        if LogicalId not in ADOPTED:
            return create(cls, resource_name, cloudformation_json, account_id, region_name, **more)
        found = cls(ADOPTED[LogicalId], cloudformation_json.get("Properties", {}), region_name)
        found.physical_resource_id = ADOPTED[LogicalId]
        found.find()
        return found
    return inner
