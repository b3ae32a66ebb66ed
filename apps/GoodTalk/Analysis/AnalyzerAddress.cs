namespace GoodTalk.Analysis;

internal static class AnalyzerAddress
{
    /// <summary>The Analyzer's root, with the slash at its end that relative addresses need.</summary>
    /// <remarks>What is no address is told at the start, by the options' validation: until then a route needs any.</remarks>
    public static Uri Of(IConfiguration configuration) =>
        Parse(configuration["ANALYZER_SERVICE_URL"] is { Length: > 0 } url ? url : new GoodTalkOptions().AnalyzerUrl);

    public static Uri Parse(string url) =>
        Uri.TryCreate($"{url.TrimEnd('/')}/", UriKind.Absolute, out var address) ? address : new Uri(new GoodTalkOptions().AnalyzerUrl);
}
