using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gatehouse.Local.Clerk.Http;

namespace Gatehouse.Local.Clerk.JwtTemplates;

/// <summary>
/// Fills templates in. A text that is one shortcode takes the type of its value; a shortcode within other text becomes text, "null" when
/// there is no value. Names of members are never shortcodes, and all else passes through.
/// </summary>
internal static class TemplateEvaluator
{
    private const string Open = "{{";
    private const string Close = "}}";

    public static JsonObject Evaluate(JsonObject template, ShortcodeContext context) =>
        new(template.Select(member => KeyValuePair.Create(member.Key, Evaluate(member.Value, context))));

    private static JsonNode? Evaluate(JsonNode? node, ShortcodeContext context) => node switch
    {
        JsonObject members => Evaluate(members, context),
        JsonArray items => new JsonArray([.. items.Select(item => Evaluate(item, context))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.String => EvaluateText(value.GetValue<string>(), context),
        _ => node?.DeepClone(),
    };

    private static JsonNode? EvaluateText(string text, ShortcodeContext context)
    {
        var result = new StringBuilder();
        var position = 0;
        while (text.IndexOf(Open, position, StringComparison.Ordinal) is >= 0 and var open
            && text.IndexOf(Close, open, StringComparison.Ordinal) is >= 0 and var close)
        {
            var value = ShortcodeExpression.Evaluate(text[(open + Open.Length)..close], context);
            if (open == 0 && close + Close.Length == text.Length)
            {
                return value;
            }

            result.Append(text, position, open - position).Append(AsText(value));
            position = close + Close.Length;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private static string AsText(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        _ => Encoding.UTF8.GetString(AnswerWriter.Render(json => value.WriteTo(json)).Span),
    };
}
