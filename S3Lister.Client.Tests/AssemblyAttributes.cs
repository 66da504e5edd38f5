[assembly: AssemblyFixture(typeof(AwsVariables))]
