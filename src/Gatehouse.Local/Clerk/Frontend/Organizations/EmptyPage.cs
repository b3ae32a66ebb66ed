using Gatehouse.Local.Clerk.Frontend.Http;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.Frontend.Organizations;

/// <summary>The list of what this server has none of, and browsers ask for all the same.</summary>
internal static class EmptyPage
{
    public static FrontendAnswer Answer { get; } =
        FrontendAnswer.Ok(json => ListJson.WritePage(json, Array.Empty<string>(), 0, (inner, text) => inner.WriteStringValue(text)));
}
