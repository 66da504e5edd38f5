namespace S3Lister.Local.Gateway;

/// <summary>The API of <c>serverless.template</c>: its routes and functions.</summary>
internal sealed record HttpApi(IReadOnlyList<Route> Routes, IReadOnlyList<TemplateFunction> Functions);
