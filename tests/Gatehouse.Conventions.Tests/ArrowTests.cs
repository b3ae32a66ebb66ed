namespace Gatehouse.Conventions.Tests;

/// <summary>Who may refer to whom. A project that the tables do not name fails: decide its place first.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Libraries = new()
    {
        ["Gatehouse"] = [],
        ["Gatehouse.Clerk"] = ["Gatehouse"],
        ["Gatehouse.AspNetCore"] = ["Gatehouse", "Gatehouse.Clerk"],
        ["Gatehouse.Sync"] = ["Gatehouse", "Gatehouse.Clerk"],
        ["Gatehouse.Sqlite"] = ["Gatehouse", "Gatehouse.Sync"],
        ["Gatehouse.Postgres"] = ["Gatehouse", "Gatehouse.Sync"],
        ["Gatehouse.Connectors"] = ["Gatehouse", "Gatehouse.Clerk", "Gatehouse.Sync"],
        ["Gatehouse.Dashboard"] = ["Gatehouse", "Gatehouse.Clerk", "Gatehouse.AspNetCore", "Gatehouse.Sync"],
        ["Gatehouse.Local"] = ["Gatehouse"],
        ["Gatehouse.Testing"] = ["Gatehouse", "Gatehouse.Clerk", "Gatehouse.AspNetCore", "Gatehouse.Local"],
    };

    private static readonly string[] Apps = ["Hemera", "Aither", "Analyzer", "GoodTalk", "ShtetlZmanim", "Marketplace"];

    private static readonly string[] ForProduction = [.. Libraries.Keys.Except(["Gatehouse.Local", "Gatehouse.Testing"])];

    private static readonly Dictionary<string, string[]> Allowed = new(
    [
        .. Libraries,
        new("Gatehouse.Host", [.. Libraries.Keys.Except(["Gatehouse.Testing"])]),
        .. Apps.Select(app => KeyValuePair.Create(app, ForProduction)),
        new("KryptonGraph", [.. ForProduction, "Gatehouse.Host"]),
        new("Showcase", [.. Apps, "KryptonGraph", .. ForProduction, "Gatehouse.Local", "Gatehouse.Host"]),
    ]);

    private static readonly string[] WithoutAspNetCore = ["Gatehouse", "Gatehouse.Clerk", "Gatehouse.Sqlite", "Gatehouse.Postgres", "Gatehouse.Connectors"];

    [Fact]
    public void Every_library_and_app_has_its_place_in_the_table() =>
        Violations.None(ForPeople().Where(project => !Allowed.ContainsKey(project.Name)).Select(project => project.File));

    [Fact]
    public void Projects_refer_only_along_the_arrows() =>
        Violations.None(
            from project in ForPeople()
            from reference in project.Projects.Except(Allowed.GetValueOrDefault(project.Name, []))
            select $"{project.Name} -> {reference}");

    [Fact]
    public void The_core_depends_on_abstractions_only() =>
        Violations.None(
            Project.All.Single(project => project.Name == "Gatehouse").Packages
                .Where(package => !package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || !package.EndsWith(".Abstractions", StringComparison.Ordinal)));

    [Fact]
    public void What_is_not_about_http_servers_does_without_ASP_NET_Core() =>
        Violations.None(ForPeople().Where(project => WithoutAspNetCore.Contains(project.Name) && project.UsesAspNetCore).Select(project => project.File));

    [Fact]
    public void No_project_is_a_drawer_for_everything() =>
        Violations.None(Project.All.Where(project => project.Name.Split('.')[^1] is "Common" or "Shared" or "Utils" or "Abstractions" or "Core").Select(project => project.File));

    private static IEnumerable<Project> ForPeople() => Project.Under("src").Concat(Project.Under("apps"));
}
