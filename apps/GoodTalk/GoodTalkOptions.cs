namespace GoodTalk;

/// <summary>GoodTalk's own settings.</summary>
internal sealed class GoodTalkOptions
{
    /// <summary>Where the Analyzer is (<c>ANALYZER_SERVICE_URL</c>). HTTPS, or HTTP on loopback: people's tokens are sent there.</summary>
    public string AnalyzerUrl { get; set; } = "http://localhost:5420";
}
