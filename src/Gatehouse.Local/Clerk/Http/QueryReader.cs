using System.Globalization;
using Gatehouse.Local.Clerk.Errors;
using Microsoft.AspNetCore.Http;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Reads query parameters and collects every fault. Unknown parameters are ignored, as Clerk does.</summary>
internal sealed class QueryReader(IQueryCollection query)
{
    private const int MostValues = 100;

    private readonly List<ClerkError> _errors = [];

    public string? Text(string name) => query.TryGetValue(name, out var values) && values.Count > 0 ? values[^1] : null;

    /// <summary>The values of a repeatable parameter; null when it was not given.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (!query.TryGetValue(name, out var values) || values.Count == 0)
        {
            return null;
        }

        if (values.Count > MostValues)
        {
            _errors.Add(ParameterErrors.TooMany(name, MostValues));
        }

        return [.. values.Select(value => value ?? "")];
    }

    public bool? Flag(string name) => Text(name) switch
    {
        null or "" => null,
        "true" or "1" => true,
        "false" or "0" => false,
        _ => Fault<bool?>(ParameterErrors.TypeInvalid(name, "a boolean")),
    };

    public long? Time(string name) => Text(name) switch
    {
        null or "" => null,
        var text when long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var time) => time,
        _ => Fault<long?>(ParameterErrors.TypeInvalid(name, "a unix time in milliseconds")),
    };

    public Page Page(int mostPerPage = 500) => new(Integer("limit", 1, mostPerPage) ?? 10, Integer("offset", 0, int.MaxValue) ?? 0);

    /// <summary>The field to order by and its direction. A plus sign in a query may arrive as the space that it stands for.</summary>
    public Ordering Ordering(string fallback, params ReadOnlySpan<string> allowed)
    {
        var text = Text("order_by");
        var given = string.IsNullOrEmpty(text) ? fallback : text;
        var descending = given[0] == '-';
        var field = given[0] is '-' or '+' or ' ' ? given[1..] : given;
        if (!allowed.Contains(field))
        {
            _errors.Add(ParameterErrors.ValueInvalid("order_by", $"one of {string.Join(", ", allowed!)}, with an optional + or -"));
        }

        return new Ordering(field, descending);
    }

    public void Refuse(ClerkError error) => _errors.Add(error);

    /// <summary>The answer to give when anything was wrong; null when all is well.</summary>
    public ClerkAnswer? Faults() => _errors.Count == 0 ? null : ClerkAnswer.Refused([.. _errors]);

    private int? Integer(string name, int least, int most) => Text(name) switch
    {
        null or "" => null,
        var text when int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= least && number <= most => number,
        _ => Fault<int?>(ParameterErrors.ValueInvalid(name, $"an integer from {least} to {most}")),
    };

    private T? Fault<T>(ClerkError error)
    {
        _errors.Add(error);
        return default;
    }
}
