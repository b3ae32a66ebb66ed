using System.Globalization;
using Gatehouse.Limits;
using Gatehouse.Tokens;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Gatehouse.AspNetCore.RateLimiting.Internal;

/// <summary>One limit as the configuration writes it; what it leaves out is as the code said.</summary>
internal sealed class LimitSection(IConfigurationSection section, ICollection<string> faults)
{
    private static readonly string[] PolicyKeys = ["Algorithm", "Requests", "Window", "Burst", "Refill"];

    private static readonly string[] Keys =
        [.. PolicyKeys, "By", "Classes", "WhenAway", "KeyPrefix", "Prefix", "Exempt", "LogUsage", "ReportOnly"];

    /// <summary>The limit; null, and a fault noted, if it is none.</summary>
    public PrefixedLimit? Read(PrefixedLimit? given)
    {
        foreach (var child in section.GetChildren().Where(child => !Keys.Contains(child.Key, StringComparer.OrdinalIgnoreCase)))
        {
            Fault(child.Key, $"is no setting of a limit: {string.Join(", ", Keys)}");
        }

        if (ReadPolicy(given?.Policy) is not { } policy)
        {
            return null;
        }

        var limit = given ?? new PrefixedLimit(policy, default);
        return limit with
        {
            Policy = policy,
            Prefix = ReadPrefix() ?? limit.Prefix,
            By = ReadName<LimitBy>("By") ?? limit.By,
            Classes = ReadClasses() ?? limit.Classes,
            WhenAway = ReadName<LimitWhenAway>("WhenAway") ?? limit.WhenAway,
            KeyPrefix = section["KeyPrefix"] ?? limit.KeyPrefix,
            ExemptSubjects = ReadList("Exempt:Subjects") ?? limit.ExemptSubjects,
            ExemptRoles = ReadList("Exempt:Roles") ?? limit.ExemptRoles,
            LogUsage = ReadYesNo("LogUsage") ?? limit.LogUsage,
        };
    }

    /// <summary>Whether the limit only reports; null where nothing is said of it.</summary>
    public bool? ReadReportOnly() => ReadYesNo("ReportOnly");

    private LimitPolicy? ReadPolicy(LimitPolicy? given)
    {
        if (given is not null && !PolicyKeys.Any(key => section[key] is not null))
        {
            return given;
        }

        var algorithm = ReadName<LimitAlgorithm>("Algorithm") ?? given?.Algorithm ?? LimitAlgorithm.SlidingWindow;
        var burst = ReadNumber("Burst");
        var refill = ReadNumber("Refill");
        var requests = ReadNumber("Requests") ?? (given?.Limit is { } limit ? limit : burst);
        var isStepwise = (burst ?? refill) is not null;
        var window = ReadTime("Window") ?? (isStepwise ? given?.Window : given?.Period);
        if (requests is not { } count || window is not { } period)
        {
            faults.Add($"{section.Path} needs Requests (1 or more) and Window (at least a second, as in 00:01:00)");
            return null;
        }

        if (algorithm != LimitAlgorithm.TokenBucket && isStepwise)
        {
            faults.Add($"{section.Path}: Burst and Refill are for Algorithm TokenBucket");
        }

        try
        {
            return algorithm switch
            {
                LimitAlgorithm.SlidingWindow => LimitPolicy.SlidingWindow(section.Key, count, period),
                LimitAlgorithm.FixedWindow => LimitPolicy.FixedWindow(section.Key, count, period),
                _ when !isStepwise => LimitPolicy.TokenBucket(section.Key, count, period),
                _ => LimitPolicy.TokenBucket(section.Key, burst ?? count, refill ?? count, period),
            };
        }
        catch (ArgumentException fault)
        {
            faults.Add($"{section.Path} is no limit: {fault.Message}");
            return null;
        }
    }

    private int? ReadNumber(string key) => ReadAs<int>(
        key,
        text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= LimitPolicy.MaximumLimit ? number : null,
        "must be 1 to 1,000,000,000");

    private TimeSpan? ReadTime(string key) => ReadAs<TimeSpan>(
        key,
        text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero ? time : null,
        "must be a time, as in 00:01:00");

    private bool? ReadYesNo(string key) =>
        ReadAs<bool>(key, text => bool.TryParse(text, out var yes) ? yes : null, "must be true or false");

    private T? ReadName<T>(string key)
        where T : struct, Enum => ReadAs<T>(
            key,
            text => !char.IsAsciiDigit(text.FirstOrDefault()) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null,
            $"must be one of {string.Join(", ", Enum.GetNames<T>())}");

    private TokenClass? ReadClasses() => ReadAs<TokenClass>(
        "Classes",
        text => !char.IsAsciiDigit(text.FirstOrDefault())
            && Enum.TryParse<TokenClass>(text, ignoreCase: true, out var classes)
            && classes != TokenClass.None && (classes & ~PrefixedLimit.AllClasses) == TokenClass.None ? classes : null,
        $"must name one or more of {PrefixedLimit.AllClasses}");

    private PathString? ReadPrefix() => ReadAs<PathString>(
        "Prefix", text => text.StartsWith('/') ? new PathString(text.TrimEnd('/')) : (PathString?)null, "must be a path that begins with /");

    private T? ReadAs<T>(string key, Func<string, T?> parse, string demand)
        where T : struct
    {
        if (section[key] is not { } text)
        {
            return null;
        }

        if (parse(text) is { } value)
        {
            return value;
        }

        Fault(key, demand);
        return null;
    }

    private string[]? ReadList(string key)
    {
        string[] values = [.. section.GetSection(key).GetChildren().Select(child => child.Value).OfType<string>()];
        return values.Length > 0 ? values : null;
    }

    private void Fault(string key, string demand) => faults.Add($"{section.Path}:{key} {demand}");
}
