namespace Gatehouse.AspNetCore;

/// <summary>Names and numbers that are used where nothing else is configured.</summary>
public static class GatehouseDefaults
{
    /// <summary>The authentication scheme of the app's main entrance.</summary>
    public const string Scheme = "Gatehouse";

    /// <summary>The configuration section of Gatehouse's own settings.</summary>
    public const string Section = "Gatehouse";

    /// <summary>The name of the meter that all counters of the HTTP edge belong to.</summary>
    public const string MeterName = "Gatehouse";
}
