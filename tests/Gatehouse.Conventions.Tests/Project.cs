using System.Reflection;
using System.Xml.Linq;

namespace Gatehouse.Conventions.Tests;

/// <summary>A project file: what it is called and what it refers to.</summary>
internal sealed record Project(string File, XDocument Xml)
{
    public static IReadOnlyList<Project> All { get; } =
        [.. Repository.Files.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Select(file => new Project(file, XDocument.Parse(Repository.Read(file))))];

    public static IEnumerable<Project> Under(string folder) => All.Where(project => project.File.StartsWith(folder + "/", StringComparison.Ordinal));

    public string Name => Path.GetFileNameWithoutExtension(File);

    public string Folder => Path.GetDirectoryName(File)!.Replace('\\', '/');

    public IEnumerable<string> Projects =>
        Included("ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));

    public IEnumerable<string> Packages => Included("PackageReference");

    public bool UsesAspNetCore =>
        Included("FrameworkReference").Contains("Microsoft.AspNetCore.App") || Xml.Root!.Attribute("Sdk")?.Value is not "Microsoft.NET.Sdk";

    public bool IsLibrary =>
        !Xml.Descendants("OutputType").Any(type => type.Value == "Exe") && Xml.Root!.Attribute("Sdk")?.Value is not "Microsoft.NET.Sdk.Web";

    /// <summary>The built assembly; this project refers to all of src and apps, so it lies beside this one.</summary>
    public Assembly Assembly => Assembly.Load(Xml.Descendants("AssemblyName").FirstOrDefault()?.Value ?? Name);

    private IEnumerable<string> Included(string item) =>
        Xml.Descendants(item).Select(element => element.Attribute("Include")?.Value).OfType<string>();
}
