using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using S3Lister.Functions.Gateway;

[assembly: LambdaGlobalProperties(GenerateMain = true, Runtime = "provided.al2023")]
[assembly: LambdaSerializer(typeof(EventSerializer))]
