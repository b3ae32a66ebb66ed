namespace Gatehouse.Clerk.Keys.Internal;

/// <summary>Gets an issuer's present key set, once.</summary>
internal interface IKeySetDownload
{
    /// <summary>What the log names.</summary>
    Uri Address { get; }

    /// <summary>Bounds its own time. Throws for every answer that is not a key set with at least one usable key.</summary>
    Task<KeySetDocument> RunAsync();
}
