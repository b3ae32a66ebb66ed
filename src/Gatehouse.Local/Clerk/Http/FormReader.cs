using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>
/// Reads the members of a request body and collects every fault, so that one answer names them all. A member that nothing asked for is
/// a fault too: an operation that ignored it would seem to support it.
/// </summary>
internal sealed class FormReader(JsonObject body)
{
    private const int DefaultMaximumLength = 256;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ClerkError> _errors = [];

    public bool Has(string name)
    {
        _known.Add(name);
        return body.ContainsKey(name);
    }

    /// <summary>Notes a fault unless the member is there and not null.</summary>
    public bool Require(string name)
    {
        if (!Has(name))
        {
            _errors.Add(ParameterErrors.Missing(name));
            return false;
        }

        if (body[name] is null)
        {
            _errors.Add(ParameterErrors.Nil(name));
            return false;
        }

        return true;
    }

    public string? Text(string name, int maximumLength = DefaultMaximumLength)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() != JsonValueKind.String)
        {
            return Fault<string>(ParameterErrors.TypeInvalid(name, "a string"));
        }

        var text = node.GetValue<string>();
        return text.Length > maximumLength ? Fault<string>(ParameterErrors.TooLong(name, maximumLength)) : text;
    }

    /// <summary>A text that must be there. When it is not, the fault is noted and the empty string returned.</summary>
    public string RequiredText(string name, int maximumLength = DefaultMaximumLength)
    {
        if (!Require(name))
        {
            return "";
        }

        var text = Text(name, maximumLength);
        if (text is { Length: 0 })
        {
            _errors.Add(ParameterErrors.Missing(name));
        }

        return text ?? "";
    }

    /// <summary>A text that may be left out or null, and must not be empty.</summary>
    public string? GivenText(string name, int maximumLength = DefaultMaximumLength)
    {
        var text = Text(name, maximumLength);
        return text is { Length: 0 } ? Fault<string>(ParameterErrors.Missing(name)) : text;
    }

    /// <summary>One of some words.</summary>
    public string? OneOf(string name, params ReadOnlySpan<string> words)
    {
        var text = Text(name);
        return text is null || words.Contains(text)
            ? text
            : Fault<string>(ParameterErrors.ValueInvalid(name, $"one of {string.Join(", ", words!)}"));
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        return node.GetValueKind() switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => Fault<bool?>(ParameterErrors.TypeInvalid(name, "a boolean")),
        };
    }

    public int? Integer(string name, int least, int most)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node.GetValueKind() != JsonValueKind.Number)
        {
            return Fault<int?>(ParameterErrors.TypeInvalid(name, "an integer"));
        }

        return node.AsValue().TryGetValue<double>(out var number) && number == Math.Floor(number) && number >= least && number <= most
            ? (int)number
            : Fault<int?>(ParameterErrors.ValueInvalid(name, $"an integer from {least} to {most}"));
    }

    /// <summary>A rate from 0 to 1.</summary>
    public double? Rate(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<double>(out var number) && number is >= 0 and <= 1
            ? number
            : Fault<double?>(ParameterErrors.ValueInvalid(name, "a number from 0 to 1"));
    }

    public double? Number(string name)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        return node.GetValueKind() == JsonValueKind.Number && node.AsValue().TryGetValue<double>(out var number) && double.IsFinite(number)
            ? number
            : Fault<double?>(ParameterErrors.TypeInvalid(name, "a number"));
    }

    /// <summary>An object of the caller's own, detached from the request.</summary>
    public JsonObject? Object(string name) =>
        Find(name) switch
        {
            null => null,
            JsonObject found => found.DeepClone().AsObject(),
            _ => Fault<JsonObject>(ParameterErrors.TypeInvalid(name, "an object")),
        };

    /// <summary>Any JSON of the caller's own, detached from the request.</summary>
    public JsonNode? Anything(string name) => Find(name)?.DeepClone();

    public IReadOnlyList<string>? Texts(string name, int most = 100)
    {
        if (Find(name) is not { } node)
        {
            return null;
        }

        if (node is not JsonArray array || array.Any(item => item?.GetValueKind() != JsonValueKind.String))
        {
            return Fault<IReadOnlyList<string>>(ParameterErrors.TypeInvalid(name, "an array of strings"));
        }

        return array.Count > most
            ? Fault<IReadOnlyList<string>>(ParameterErrors.TooMany(name, most))
            : [.. array.Select(item => item!.GetValue<string>())];
    }

    /// <summary>A time as Clerk takes it in bodies, RFC 3339, as unix milliseconds.</summary>
    public long? Time(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        return DateTimeOffset.TryParse(
            text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time)
            ? time.ToUnixTimeMilliseconds()
            : Fault<long?>(ParameterErrors.FormatInvalid(name, "a time in RFC 3339 form"));
    }

    /// <summary>Accepts a member without effect here, so that it is not reported as unknown.</summary>
    public void Accept(string name) => _known.Add(name);

    public void Refuse(ClerkError error) => _errors.Add(error);

    /// <summary>Notes a fault, if it is one.</summary>
    public void RefuseIf(ClerkError? error)
    {
        if (error is not null)
        {
            Refuse(error);
        }
    }

    /// <summary>The answer to give when anything was wrong; null when all is well. Called after the last member was read.</summary>
    public ClerkAnswer? Faults()
    {
        _errors.AddRange(body.Select(member => member.Key).Where(name => !_known.Contains(name)).Select(ParameterErrors.Unknown));
        return _errors.Count == 0 ? null : ClerkAnswer.Refused([.. _errors]);
    }

    private JsonNode? Find(string name)
    {
        _known.Add(name);
        return body[name];
    }

    private T? Fault<T>(ClerkError error)
    {
        _errors.Add(error);
        return default;
    }
}
