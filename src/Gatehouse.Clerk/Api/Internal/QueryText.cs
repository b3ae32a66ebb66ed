using System.Globalization;
using System.Text;

namespace Gatehouse.Clerk.Api.Internal;

/// <summary>A query being written; what is null is left out, and a list repeats its name.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder _text = new();

    public QueryText Add(string name, string? value)
    {
        if (value is not null)
        {
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }

    public QueryText Add(string name, int value) => Add(name, value.ToString(CultureInfo.InvariantCulture));

    public QueryText Add(string name, bool? value) => Add(name, value is null ? null : value.Value ? "true" : "false");

    public QueryText Add(string name, DateTimeOffset? value) =>
        Add(name, value?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture));

    public QueryText Add(string name, IReadOnlyList<string> values)
    {
        foreach (var value in values)
        {
            Add(name, value);
        }

        return this;
    }

    public override string ToString() => _text.ToString();
}
