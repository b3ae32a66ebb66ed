using System.Reflection;
using Microsoft.Extensions.Logging;

namespace Gatehouse.Conventions.Tests;

/// <summary>An event id means one thing, so that the log of a process with several projects in it can be searched by it.</summary>
public sealed class LogEventTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    [Fact]
    public void Log_event_ids_are_unique_in_each_project() =>
        Violations.None(
            from project in Project.Under("src").Concat(Project.Under("apps"))
            from same in Events(project.Assembly).GroupBy(log => log.Id)
            where same.Count() > 1
            select $"{project.Name}: {same.Key}: {string.Join(", ", same.Select(log => log.Name))}");

    [Fact]
    public void No_two_projects_share_a_log_event_id() =>
        Violations.None(
            from project in Project.Under("src").Concat(Project.Under("apps"))
            from log in Events(project.Assembly)
            group (Project: project.Name, log.Name) by log.Id into same
            where same.Select(log => log.Project).Distinct(StringComparer.Ordinal).Count() > 1
            select $"{same.Key}: {string.Join(", ", same.Select(log => $"{log.Project} {log.Name}"))}");

    [Fact]
    public void Every_log_event_has_an_id() =>
        Violations.None(
            from project in Project.Under("src").Concat(Project.Under("apps"))
            from log in Events(project.Assembly)
            where log.Id <= 0
            select $"{project.Name}: {log.Name}");

    private static IEnumerable<(int Id, string Name)> Events(Assembly assembly) =>
        from type in assembly.GetTypes()
        from method in type.GetMethods(Everything)
        let log = method.GetCustomAttribute<LoggerMessageAttribute>()
        where log is not null
        select (log.EventId, $"{type.FullName}.{method.Name}");
}
