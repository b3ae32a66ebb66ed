using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Gatehouse.AspNetCore.Forwarding.Internal;

/// <summary>Where a request goes: the upstream's address, what the route's catch-all took, and the query, each as it came.</summary>
/// <param name="upstream">The configured address.</param>
/// <param name="catchAll">The name of the route's catch-all parameter; null if it has none.</param>
internal sealed class UpstreamAddress(Uri upstream, string? catchAll)
{
    // Written out by hand and not made canonical: what the judge let through must reach the upstream letter for letter.
    private static readonly UriCreationOptions AsItIs = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly string _exact = upstream.GetLeftPart(UriPartial.Path);
    private readonly string _base = upstream.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <returns>Null for a target that could be read in two ways.</returns>
    public Uri? Join(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var rest = catchAll is null ? null : context.Request.RouteValues[catchAll] as string;
        return TryJoin(target, rest, out var address) && Uri.TryCreate(address, AsItIs, out var uri) ? uri : null;
    }

    /// <param name="target">The request line's target.</param>
    /// <param name="rest">What the catch-all took, as the router decoded it.</param>
    /// <param name="address">The whole address.</param>
    internal bool TryJoin(ReadOnlySpan<char> target, string? rest, out string address)
    {
        address = "";
        var end = target.IndexOf('?');
        var path = end < 0 ? target : target[..end];
        var query = end < 0 ? default : target[end..];
        if (!PathJudge.IsPlain(path) || !PathJudge.IsPlainQuery(query))
        {
            return false;
        }

        if (string.IsNullOrEmpty(rest))
        {
            address = string.Concat(_exact, query);
            return true;
        }

        var raw = LastSegments(path, rest.AsSpan().Count('/') + 1);
        if (!rest.AsSpan().SequenceEqual(Uri.UnescapeDataString(raw)))
        {
            return false;   // the router has read something else than what would be sent
        }

        address = string.Concat(string.Concat(_base, "/"), raw, query);
        return true;
    }

    // The router hands out its reading of the path; the letters that came are counted out from the end, whatever prefix stands before them.
    private static ReadOnlySpan<char> LastSegments(ReadOnlySpan<char> path, int count)
    {
        var start = path.Length;
        while (count > 0 && start > 0)
        {
            start = path[..start].LastIndexOf('/');
            count--;
        }

        return path[(start + 1)..];
    }
}
