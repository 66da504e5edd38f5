"""CloudFormation and Lambda as far as the rehearsals need them; moto has the other services."""
