namespace Analyzer.Access;

/// <summary>The ways in, besides the main one, which takes session tokens only.</summary>
public static class AnalyzerEntrances
{
    /// <summary>Takes API keys too, for what they may read.</summary>
    public const string Reading = "reading";

    /// <summary>The scope of API keys that read their own subject's modules, and the permission that it grants.</summary>
    public const string ReadModules = "modules:read";
}
