namespace Aither.Storage;

/// <summary>The SQL that is embedded in this assembly.</summary>
internal static class Scripts
{
    public static string Schema { get; } = Read("schema.sql");

    public static string Seed { get; } = Read("seed.sql");

    private static string Read(string name)
    {
        using var stream = typeof(Scripts).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
