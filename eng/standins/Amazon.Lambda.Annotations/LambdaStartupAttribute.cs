namespace Amazon.Lambda.Annotations;

/// <summary>Marks the class whose <c>ConfigureServices</c> registers what the functions need.</summary>
[AttributeUsage(AttributeTargets.Class)]
public class LambdaStartupAttribute : Attribute;
