namespace Gatehouse.Conventions.Tests;

/// <summary>The files of this repository, without what is built, installed or ignored.</summary>
internal static class Repository
{
    private static readonly HashSet<string> Ignored = ["bin", "obj", "node_modules", "artifacts", ".git", ".vs", ".idea"];

    private static readonly HashSet<string> TextExtensions =
    [
        "", ".conf", ".config", ".cs", ".csproj", ".css", ".editorconfig", ".gitignore", ".html", ".js", ".json", ".jsonl", ".md", ".mjs", ".npmrc",
        ".pem", ".props", ".razor", ".sh", ".slnx", ".sql", ".targets", ".ts", ".txt", ".xml", ".yaml", ".yml",
    ];

    public static string Root { get; } = FindRoot();

    /// <summary>GATEHOUSE_UPDATE=1, which <c>./test --update</c> sets: generated files are rewritten instead of compared.</summary>
    public static bool Updating { get; } = Environment.GetEnvironmentVariable("GATEHOUSE_UPDATE") == "1";

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [.. Walk(Root).Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    public static IEnumerable<string> TextFiles => Files.Where(file => TextExtensions.Contains(Path.GetExtension(file)));

    public static IEnumerable<string> Under(string folder, string extension) =>
        Files.Where(file => file.StartsWith(folder + "/", StringComparison.Ordinal) && file.EndsWith(extension, StringComparison.Ordinal));

    public static string FullPath(string file) => Path.Combine(Root, file);

    public static string Read(string file) => File.ReadAllText(FullPath(file));

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder).Concat(
            Directory.EnumerateDirectories(folder).Where(child => !Ignored.Contains(Path.GetFileName(child))).SelectMany(Walk));

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Gatehouse.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("These tests run from a folder inside the repository.");
        }

        return folder.FullName;
    }
}
