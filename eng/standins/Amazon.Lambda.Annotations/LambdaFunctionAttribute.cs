namespace Amazon.Lambda.Annotations;

/// <summary>Makes a method a Lambda function with a resource in the template.</summary>
[AttributeUsage(AttributeTargets.Method)]
public class LambdaFunctionAttribute : Attribute
{
    /// <summary>Logical id of the resource in the template.</summary>
    public string ResourceName { get; set; }

    /// <summary>Seconds; 0 leaves the template's value alone.</summary>
    public uint Timeout { get; set; }

    /// <summary>MB; 0 leaves the template's value alone.</summary>
    public uint MemorySize { get; set; }

    /// <summary>An ARN, or <c>@Name</c> for a resource or parameter of the template.</summary>
    public string Role { get; set; }

    /// <summary>
    /// Names or ARNs of managed policies with commas between, or <c>@Name</c> for a resource or parameter of the template.
    /// They take the place of <see cref="Role"/>.
    /// </summary>
    public string Policies { get; set; }
}
