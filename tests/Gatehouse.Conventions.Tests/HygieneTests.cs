using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Gatehouse.Conventions.Tests;

/// <summary>What must not slip into the repository, and what must not fall out of it.</summary>
public sealed partial class HygieneTests
{
    private const int LongFile = 300;
    private const int TooLongFile = 400;

    private static readonly string[] Scripts = ["test", "run", "gatehouse", ".ci/run", "bench/run"];

    [Fact]
    public void No_file_names_a_package_registry() => Violations.None(Lines(Registry));

    [Fact]
    public void No_file_names_a_path_of_somebodys_machine() => Violations.None(Lines(MachinePath));

    [Fact]
    public void Nothing_outside_the_repository_is_referred_to() => Violations.None(Lines(Outside));

    [Fact]
    public void What_is_still_to_do_names_its_issue() => Violations.None(Lines(Promise));

    [Fact]
    public void Lock_files_hold_no_download_addresses() =>
        Violations.None(Repository.Files.Where(file => file.EndsWith("package-lock.json", StringComparison.Ordinal) && Repository.Read(file).Contains("\"resolved\"", StringComparison.Ordinal)));

    [Fact]
    public void The_solution_holds_every_project()
    {
        var listed = XDocument.Parse(Repository.Read("Gatehouse.slnx")).Descendants("Project").Select(project => project.Attribute("Path")!.Value).ToList();
        var present = Project.All.Select(project => project.File).ToList();
        Violations.None([.. present.Except(listed).Select(file => $"not listed: {file}"), .. listed.Except(present).Select(file => $"listed and gone: {file}")]);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void Scripts_can_be_run() =>
        Violations.None(Scripts.Where(script => !File.GetUnixFileMode(Repository.FullPath(script)).HasFlag(UnixFileMode.UserExecute)));

    [Fact]
    public void Source_files_stay_short()
    {
        var lengths = Repository.Under("src", ".cs").Select(file => (File: file, Lines: File.ReadLines(Repository.FullPath(file)).Count())).ToList();
        foreach (var (file, lines) in lengths.Where(file => file.Lines is > LongFile and <= TooLongFile))
        {
            TestContext.Current.AddWarning($"{file} has {lines} lines; above {TooLongFile} it fails.");
        }

        Violations.None(lengths.Where(file => file.Lines > TooLongFile).Select(file => $"{file.File}: {file.Lines} lines"));
    }

    private static IEnumerable<string> Lines(Regex pattern) =>
        from file in Repository.TextFiles
        from line in File.ReadLines(Repository.FullPath(file)).Index()
        where pattern.IsMatch(line.Item)
        select $"{file}:{line.Index + 1}: {line.Item.Trim()}";

    [GeneratedRegex(@"registry\.npmjs\.|\bnuget\.org\b|registry\.yarnpkg\.|deb\.debian\.")]
    private static partial Regex Registry { get; }

    [GeneratedRegex(@"(?<![\w.}])/(?:home|Users|root)/\w|(?<!\w)/(?:work|tmp)/(?:main|wt|shared)\b|\b[A-Z]:\\{1,2}(?:Users|work)\b")]
    private static partial Regex MachinePath { get; }

    [GeneratedRegex(@"\.\./shared\b")]
    private static partial Regex Outside { get; }

    [GeneratedRegex(@"\b(?:TO[D]O|FIX[M]E)\b(?! ?\(#\d+\))")]
    private static partial Regex Promise { get; }
}
