namespace Amazon.Lambda.Annotations;

/// <summary>Makes a method a Lambda function with a resource in the template.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    /// <summary>Logical ID of the resource in the template.</summary>
    public string ResourceName { get; set; }

    /// <summary>Seconds; 0 keeps the template's value.</summary>
    public uint Timeout { get; set; }

    /// <summary>MB; 0 keeps the template's value.</summary>
    public uint MemorySize { get; set; }

    /// <summary>An ARN, or <c>@Name</c> for a resource or parameter of the template.</summary>
    public string Role { get; set; }
}
