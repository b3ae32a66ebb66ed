using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gatehouse.Tokens.Internal;

/// <summary><c>fva</c>: minutes since the first and the second factor were verified; null for never.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FactorAges(int? First, int? Second)
{
    public static FactorAges Read(ref Utf8JsonReader json)
    {
        json.Read();
        Span<int> ages = stackalloc int[2];
        var count = 0;
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.Read() && json.TokenType == JsonTokenType.Number && count < 2)
            {
                ages[count++] = json.GetInt32();
            }
        }

        return json.TokenType == JsonTokenType.EndArray && count == 2
            ? new FactorAges(Age(ages[0]), Age(ages[1]))
            : throw new JsonException("not two ages");
    }

    private static int? Age(int minutes) => minutes < 0 ? null : minutes;
}
