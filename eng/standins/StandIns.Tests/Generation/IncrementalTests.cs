using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace StandIns.Tests.Generation;

public sealed class IncrementalTests
{
    [Theory]
    [InlineData("// a comment\n", IncrementalStepRunReason.Cached)]
    [InlineData("class Another { void Method() { } }\n", IncrementalStepRunReason.Cached)]
    public void Generator_Uses_Its_Cache_When_Only_Other_Code_Changes(string other, IncrementalStepRunReason expected)
    {
        using var project = new SampleProject();
        var compilation = SampleProject.Compile(SampleProject.Functions);
        var driver = project.Driver().RunGenerators(compilation, TestContext.Current.CancellationToken);

        var options = (CSharpParseOptions)compilation.SyntaxTrees[0].Options;
        driver = driver.RunGenerators(
            compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(other, options, cancellationToken: TestContext.Current.CancellationToken)),
            TestContext.Current.CancellationToken);

        var outputs = driver.GetRunResult().Results[0].TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs);
        Assert.All(outputs, output => Assert.Equal(expected, output.Reason));
        Assert.NotEmpty(outputs);
    }
}
