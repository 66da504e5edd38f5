"""What moto's CloudFormation lacks for the templates of this repository."""
