using S3Lister.Infrastructure.Tests.Templates;

namespace S3Lister.Infrastructure.Tests.Rules;

/// <summary>A trail has one kind of selectors, CloudTrail takes no more, and it sees what is done to objects.</summary>
internal static class EventSelectors
{
    public static IEnumerable<string> Check(TemplateSet set)
    {
        foreach (var trail in set.OfType("AWS::CloudTrail::Trail"))
        {
            var (basic, advanced) = (trail["EventSelectors"], trail["AdvancedEventSelectors"]);
            if (basic is null == advanced is null)
            {
                yield return $"{trail}: needs one kind of event selectors, not both";
            }

            if (!(basic ?? advanced).Texts().Any(text => text.Text == "AWS::S3::Object"))
            {
                yield return $"{trail}: does not see objects listed";
            }
        }
    }
}
