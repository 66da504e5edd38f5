using Amazon.Lambda.Annotations;
using Amazon.Lambda.Core;
using S3Lister.Inventory.Runs;

[assembly: LambdaGlobalProperties(GenerateMain = true, Runtime = "provided.al2023")]
[assembly: LambdaSerializer(typeof(InventorySerializer))]
