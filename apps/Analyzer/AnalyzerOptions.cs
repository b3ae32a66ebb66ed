namespace Analyzer;

/// <summary>The Analyzer's own settings, from the section <c>Analyzer</c>.</summary>
internal sealed class AnalyzerOptions
{
    /// <summary>How many calls each user has in a minute, whichever token or key they come by. Default 60; 1 to 100,000.</summary>
    public int RequestsPerMinute { get; set; } = 60;
}
