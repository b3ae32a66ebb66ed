namespace Gatehouse.Tokens;

/// <summary>The form of Clerk's ids: a prefix that says what it names, and 1 to 64 of <c>[A-Za-z0-9_]</c>.</summary>
public static class ClerkIds
{
    /// <summary>The prefix of a user's id.</summary>
    public const string User = "user_";

    /// <summary>The prefix of a machine's id.</summary>
    public const string Machine = "mch_";

    /// <summary>The prefix of a session's id.</summary>
    public const string Session = "sess_";

    /// <summary>The prefix of an organization's id.</summary>
    public const string Organization = "org_";

    /// <summary>Whether the text is an id of this kind, and nothing around it.</summary>
    public static bool Is(string prefix, ReadOnlySpan<char> text)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        var rest = text[prefix.Length..];
        return rest.Length is >= 1 and <= 64 && !rest.ContainsAnyExcept(Characters);
    }

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_");
}
