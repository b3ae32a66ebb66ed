using System.Buffers;
using Gatehouse.AspNetCore.Forwarding.Internal;

namespace Gatehouse.AspNetCore.ForwardAuth.Internal;

/// <summary>
/// What a proxy asks for, read from the request's target as it came over the wire. Servers and proxies disagree about what an odd path means,
/// and what they disagree about is how people get in: so nothing odd is read at all.
/// </summary>
/// <param name="Rule">The rule's name; empty for the plain question whether somebody is signed in.</param>
/// <param name="Rest">What Envoy appends: the path and query of the client's own request; null from other proxies.</param>
internal readonly record struct ForwardAuthTarget(string Rule, string? Rest)
{
    public const string Path = "/auth/verify";

    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_");

    public static bool IsName(ReadOnlySpan<char> name) => name.Length is > 0 and <= 64 && !name.ContainsAnyExcept(NameCharacters);

    public static bool TryRead(string rawTarget, out ForwardAuthTarget target)
    {
        target = default;
        var end = rawTarget.AsSpan().IndexOf('?');
        var path = end < 0 ? rawTarget : rawTarget[..end];
        if (!path.StartsWith(Path, StringComparison.Ordinal) || !PathJudge.IsPlain(path))
        {
            return false;
        }

        var question = path.AsSpan(Path.Length);
        if (question.Length == 0)
        {
            target = new ForwardAuthTarget("", null);
            return true;
        }

        var slash = question[1..].IndexOf('/');
        var name = slash < 0 ? question[1..] : question.Slice(1, slash);
        if (question[0] != '/' || !IsName(name))
        {
            return false;
        }

        target = new ForwardAuthTarget(name.ToString(), slash < 0 ? null : rawTarget[(Path.Length + 1 + slash)..]);
        return true;
    }
}
