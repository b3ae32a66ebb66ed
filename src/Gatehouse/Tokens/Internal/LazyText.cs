using System.Text;
using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary>A text where it lies in a payload: checked when it is met, and made a string only for whoever wants it.</summary>
internal readonly ref struct LazyText
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly string? _unescaped;

    private LazyText(ReadOnlySpan<byte> bytes, string? unescaped)
    {
        _bytes = bytes;
        _unescaped = unescaped;
        IsPresent = true;
    }

    public bool IsPresent { get; }

    /// <param name="text">Stands at a string.</param>
    /// <exception cref="InvalidOperationException">Its escapes spell no Unicode.</exception>
    public static LazyText At(Utf8JsonReader text) => new(text.ValueSpan, text.ValueIsEscaped ? text.GetString() : null);

    /// <returns>Null where there is none.</returns>
    public string? ToText() => IsPresent ? _unescaped ?? Encoding.UTF8.GetString(_bytes) : null;
}
