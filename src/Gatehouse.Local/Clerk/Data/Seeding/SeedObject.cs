using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Gatehouse.Local.Clerk.Data.Seeding;

/// <summary>
/// An object of a seed file. Its members are asked for by name and type; what is of another type, there twice, or never asked for is a
/// fault. A faulty member reads as an absent one.
/// </summary>
internal sealed class SeedObject
{
    private const int MaximumLength = 256;

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly SeedFaults _faults;

    public SeedObject(JsonElement value, string path, SeedFaults faults)
    {
        (Path, _faults) = (path, faults);
        if (value.ValueKind != JsonValueKind.Object)
        {
            faults.Add(path, $"is {Kind(value)}, and must be an object");
            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            if (SeedJson.NameOf(member) is not { } name)
            {
                faults.Add(path, SeedJson.BrokenName);
            }
            else if (!_members.TryAdd(name, member.Value))
            {
                faults.Add(PathOf(name), "is there twice");
            }
        }
    }

    public string Path { get; }

    public string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    public void Refuse(string name, string text) => _faults.Add(PathOf(name), text);

    /// <summary>Whether the member is there and not null, whatever it is.</summary>
    public bool Has(string name)
    {
        _known.Add(name);
        return _members.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null;
    }

    public string? Text(string name, int longest = MaximumLength)
    {
        if (Find(name, "a text", JsonValueKind.String) is not { } value)
        {
            return null;
        }

        var text = SeedJson.TextOf(value);
        switch (text)
        {
            case null:
                Refuse(name, "holds half a character pair");
                return null;
            case "":
                Refuse(name, "is empty");
                return null;
            case { Length: var length } when length > longest:
                Refuse(name, $"is longer than {longest} characters");
                return null;
            default:
                return text;
        }
    }

    /// <summary>A text that must be there. A fault reads as the empty text.</summary>
    public string RequiredText(string name, int longest = MaximumLength)
    {
        if (!Has(name))
        {
            Refuse(name, "is missing");
        }

        return Text(name, longest) ?? "";
    }

    /// <summary>A text of a form, such as an id.</summary>
    public string? Text(string name, Regex pattern, string expected)
    {
        var text = Text(name);
        if (text is not null && !pattern.IsMatch(text))
        {
            Refuse(name, $"is '{text}', and must be {expected}");
            return null;
        }

        return text;
    }

    public bool? Flag(string name) =>
        Find(name, "true or false", JsonValueKind.True, JsonValueKind.False) is { } value ? value.ValueKind == JsonValueKind.True : null;

    public int? Integer(string name, int least, int most)
    {
        if (Find(name, "a number", JsonValueKind.Number) is not { } value)
        {
            return null;
        }

        if (!value.TryGetInt32(out var number) || number < least || number > most)
        {
            Refuse(name, $"is {value.GetRawText()}, and must be a whole number from {least} to {most}");
            return null;
        }

        return number;
    }

    /// <summary>A time, as unix milliseconds or in RFC 3339 form.</summary>
    public long? Time(string name)
    {
        if (Find(name, "a time", JsonValueKind.Number, JsonValueKind.String) is not { } value)
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) && number is >= 0 and <= 253_402_300_799_999)
        {
            return number;
        }

        if (value.ValueKind == JsonValueKind.String
            && DateTimeOffset.TryParse(SeedJson.TextOf(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && time.ToUnixTimeMilliseconds() is >= 0 and var milliseconds)
        {
            return milliseconds;
        }

        Refuse(name, "must be unix milliseconds or a time in RFC 3339 form, since 1970");
        return null;
    }

    /// <summary>An object of the file's own, such as metadata.</summary>
    public JsonObject? Free(string name)
    {
        if (Find(name, "an object", JsonValueKind.Object) is not { } value)
        {
            return null;
        }

        if (SeedJson.FindFault(value) is var (path, text))
        {
            _faults.Add(PathOf(name) + path, text);
            return null;
        }

        return JsonObject.Create(value.Clone());
    }

    /// <summary>The elements of a list, each with its path.</summary>
    public IEnumerable<(JsonElement Value, string Path)> Items(string name) =>
        Find(name, "a list", JsonValueKind.Array) is { } list
            ? list.EnumerateArray().Select((item, index) => (item, $"{PathOf(name)}[{index}]"))
            : [];

    /// <summary>The objects of a list.</summary>
    public IEnumerable<SeedObject> Objects(string name) => Items(name).Select(item => new SeedObject(item.Value, item.Path, _faults));

    /// <summary>The texts of a list.</summary>
    public IReadOnlyList<(string Text, string Path)> Texts(string name)
    {
        var texts = new List<(string, string)>();
        foreach (var (value, path) in Items(name))
        {
            if (value.ValueKind == JsonValueKind.String && SeedJson.TextOf(value) is { Length: > 0 } text)
            {
                texts.Add((text, path));
            }
            else
            {
                _faults.Add(path, $"is {Kind(value)}, and must be a text that is not empty");
            }
        }

        return texts;
    }

    /// <summary>Ends the reading: what was not asked for is a fault.</summary>
    public void Finish()
    {
        foreach (var name in _members.Keys.Where(name => !_known.Contains(name)))
        {
            Refuse(name, $"is no member of this object, which may have {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }

    private JsonElement? Find(string name, string expected, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (!Has(name))
        {
            return null;
        }

        var value = _members[name];
        if (!kinds.Contains(value.ValueKind))
        {
            Refuse(name, $"is {Kind(value)}, and must be {expected}");
            return null;
        }

        return value;
    }

    private static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
