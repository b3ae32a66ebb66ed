using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens;

/// <summary>The token classes as the command line writes them.</summary>
internal static class ClassNames
{
    private static readonly Dictionary<string, TokenClass> Classes = new(StringComparer.Ordinal)
    {
        ["session"] = TokenClass.Session,
        ["template"] = TokenClass.Template,
        ["m2m"] = TokenClass.M2M,
        ["oauth"] = TokenClass.OAuth,
        ["api_key"] = TokenClass.ApiKey,
    };

    /// <summary>The classes that an entrance can take. A handshake's is not among them: it is nobody's credential.</summary>
    public static IEnumerable<string> All => Classes.Keys;

    public static TokenClass Parse(string name) => Classes[name];

    public static string Of(TokenClass tokenClass) =>
        Classes.FirstOrDefault(known => known.Value == tokenClass).Key ?? (tokenClass == TokenClass.Handshake ? "handshake" : "none");
}
