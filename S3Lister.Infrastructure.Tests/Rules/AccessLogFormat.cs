using S3Lister.Infrastructure.Tests.Logs;
using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>Each stage writes a line of JSON, also where nothing is known of a request.</summary>
internal static class AccessLogFormat
{
    public static IEnumerable<string> Check(TemplateSet set) => AccessLog.Formats(set).SelectMany(log => log.Format.Length == 0
        ? [$"{log.Resource}: no access log"]
        : AccessLog.Faults(log.Format).Select(fault => $"{log.Resource}: {fault}"));
}
