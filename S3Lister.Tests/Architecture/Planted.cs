namespace S3Lister.Tests.Architecture.Planted.First
{
    internal static class Start
    {
        public static object Next() => new Second.End();
    }
}

namespace S3Lister.Tests.Architecture.Planted.Second
{
    internal sealed class End
    {
        public override string? ToString() => First.Start.Next().ToString();
    }
}
