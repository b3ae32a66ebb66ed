namespace Gatehouse.Host.Local;

/// <summary>Keys of a production instance, beside which no local Clerk is started: whose program would be pointed at it?</summary>
internal static class ProductionKeys
{
    private static readonly string[] Variables = ["CLERK_SECRET_KEY", "CLERK_PUBLISHABLE_KEY", "NEXT_PUBLIC_CLERK_PUBLISHABLE_KEY"];

    /// <summary>The variable that holds one; null when none does.</summary>
    public static string? Find(ToolEnvironment environment) => Array.Find(Variables, name =>
        environment(name) is { } value
        && (value.StartsWith("sk_live_", StringComparison.Ordinal) || value.StartsWith("pk_live_", StringComparison.Ordinal)));
}
