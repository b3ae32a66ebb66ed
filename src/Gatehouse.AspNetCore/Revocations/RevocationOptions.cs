namespace Gatehouse.AspNetCore.Revocations;

/// <summary>How revocations are heard of. From the section <c>Gatehouse:Revocations</c>.</summary>
public sealed class RevocationOptions
{
    /// <summary>Where the feed is, such as <c>https://gatehouse.example.com/api/revocations</c>; null for none. HTTPS, or HTTP on loopback.</summary>
    public Uri? Feed { get; set; }

    /// <summary>What happens while the feed is silent for a minute.</summary>
    /// <value>Default <see cref="StaleRevocations.Refuse"/>.</value>
    public StaleRevocations WhenStale { get; set; }
}
