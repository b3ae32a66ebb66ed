using System.Text.Json;
using System.Text.Json.Nodes;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>What stands between <c>{{</c> and <c>}}</c>: operands joined by <c>||</c>, each a path or a literal.</summary>
internal static class ShortcodeExpression
{
    /// <summary>The first operand that is neither null nor false, or else the last one, whatever it is.</summary>
    public static JsonNode? Evaluate(string expression, ShortcodeContext context)
    {
        JsonNode? value = null;
        foreach (var operand in Operands(expression))
        {
            value = EvaluateOperand(operand.Trim(), context);
            if (value is not null && value.GetValueKind() is not (JsonValueKind.False or JsonValueKind.Null))
            {
                return value;
            }
        }

        return value;
    }

    private static List<string> Operands(string expression)
    {
        var operands = new List<string>();
        var (start, quoted) = (0, false);
        for (var index = 0; index < expression.Length; index++)
        {
            quoted ^= expression[index] == '\'';
            if (!quoted && expression.AsSpan(index).StartsWith("||"))
            {
                operands.Add(expression[start..index]);
                start = ++index + 1;
            }
        }

        operands.Add(expression[start..]);
        return operands;
    }

    private static JsonNode? EvaluateOperand(string operand, ShortcodeContext context) => operand switch
    {
        "" => null,
        "true" => true,
        "false" => false,
        ['\'', .. var text, '\''] => text,
        [(>= '0' and <= '9') or '-', ..] => Number(operand),
        _ => Shortcodes.Resolve(operand, context),
    };

    private static JsonValue? Number(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonValue number && number.GetValueKind() == JsonValueKind.Number ? number : null;
        }
        catch (JsonException)
        {
            return null;   // neither a number nor a path: an unknown shortcode
        }
    }
}
