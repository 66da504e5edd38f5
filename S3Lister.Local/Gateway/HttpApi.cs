namespace S3Lister.Local.Gateway;

/// <summary>What <c>serverless.template</c> says about the API: its routes and the functions behind them.</summary>
internal sealed record HttpApi(IReadOnlyList<Route> Routes, IReadOnlyList<TemplateFunction> Functions);
