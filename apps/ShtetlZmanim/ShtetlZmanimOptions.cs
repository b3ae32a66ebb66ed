namespace ShtetlZmanim;

/// <summary>Shtetl Zmanim's own settings, from the section <c>ShtetlZmanim</c>.</summary>
internal sealed class ShtetlZmanimOptions
{
    /// <summary>How many calls each machine has in an hour: as many at once, and one back as often as that makes. Default 10,000; 1 to 1,000,000.</summary>
    public int M2MRequestsPerHour { get; set; } = 10_000;

    /// <summary>How many calls the subject of API keys has in an hour, with all its keys together. Default 1,000; 1 to 1,000,000.</summary>
    public int ApiKeyRequestsPerHour { get; set; } = 1_000;
}
