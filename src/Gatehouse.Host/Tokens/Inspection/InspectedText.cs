using System.Globalization;
using System.Text;
using Gatehouse.Tokens;

namespace Gatehouse.Host.Tokens.Inspection;

/// <summary>An inspection for people. Every text that comes out of the token goes through <see cref="TerminalText"/>.</summary>
internal static class InspectedText
{
    private const int LongestValue = 200;

    public static string Of(InspectedToken token)
    {
        var page = new StringBuilder();
        page.AppendLine("Nothing of this has been verified: it is what the token says of itself.").AppendLine();
        page.AppendLine(Summary(token));
        if (!token.IsOpaque)
        {
            AppendPart(page, "Header", token.Header);
            AppendPart(page, "Claims", token.Payload);
            AppendOrganization(page, token.Organization);
            AppendSignature(page, token.SignatureLength);
        }

        AppendSteps(page, token.Steps);
        return page.ToString();
    }

    private static string Summary(InspectedToken token) => token switch
    {
        { IsOpaque: true } => $"By its prefix an opaque token of the class {ClassNames.Of(token.Class)}: it says nothing by itself, only Clerk can.",
        { SignatureLength: null } => "This is no token: a JWT has three parts in base64url, with dots between them, and is not longer than 16384 characters.",
        { Class: TokenClass.None } => "A JWT of no class: it is not readable as a token, or its header and its claims contradict each other.",
        _ => $"A JWT of the class {ClassNames.Of(token.Class)}, if its signature is good.",
    };

    private static void AppendPart(StringBuilder page, string title, InspectedPart part)
    {
        if (part.Members is { } members)
        {
            var rows = members.Select(member => (TerminalText.Of(member.Name, 40), TerminalText.Of(member.Value.GetRawText(), LongestValue), member.Words));
            AppendRows(page, title, [.. rows]);
        }
        else if (part.Text.Length > 0)
        {
            page.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{title}: not JSON as a token must hold it (an object, no member twice, all of it Unicode)");
            page.AppendLine(CultureInfo.InvariantCulture, $"  {TerminalText.Of(part.Text, LongestValue)}");
        }
    }

    private static void AppendRows(StringBuilder page, string title, (string Name, string Value, string Words)[] rows)
    {
        page.AppendLine().AppendLine(title);
        var width = rows.Select(row => row.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value, words) in rows)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"  {name.PadRight(width)}  {value}");
            page.AppendLine(CultureInfo.InvariantCulture, $"  {"".PadRight(width)}  {words}");
        }
    }

    private static void AppendOrganization(StringBuilder page, OrganizationClaims? organization)
    {
        if (organization is null)
        {
            return;
        }

        page.AppendLine().AppendLine("Organization");
        page.AppendLine(CultureInfo.InvariantCulture, $"  {TerminalText.Of(organization.Id)}, role {TerminalText.Of(organization.Role ?? "none")}");
        foreach (var permission in organization.Permissions)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"  {TerminalText.Of(permission)}");
        }

        if (organization.Permissions.Count == 0)
        {
            page.AppendLine("  no permissions");
        }
    }

    private static void AppendSignature(StringBuilder page, int? length)
    {
        if (length is { } bytes)
        {
            page.AppendLine().AppendLine("Signature").AppendLine(CultureInfo.InvariantCulture, $"  {bytes} bytes, not shown");
        }
    }

    private static void AppendSteps(StringBuilder page, IReadOnlyList<InspectedStep> steps)
    {
        page.AppendLine().AppendLine("What verify would say");
        var width = steps.Max(step => step.Name.Length);
        foreach (var step in steps)
        {
            page.AppendLine(CultureInfo.InvariantCulture, $"  {Mark(step.State)}  {step.Name.PadRight(width)}  {TerminalText.Of(step.Words, 400)}{Code(step)}");
        }

        page.AppendLine().AppendLine(Verdict(steps));
    }

    private static string Mark(StepState state) => state switch
    {
        StepState.Met => "ok",
        StepState.Refused => "NO",
        _ => "- ",
    };

    private static string Code(InspectedStep step) => step.Failure is { } failure ? $" ({failure.ToCode()})" : "";

    private static string Verdict(IReadOnlyList<InspectedStep> steps)
    {
        var objections = steps.Select(step => step.Failure).OfType<TokenFailure>().Distinct().Select(failure => failure.ToCode()).ToArray();
        return objections.Length > 0 ? $"It would be refused: {string.Join(", ", objections)}."
            : steps.Any(step => step is { Name: "signature", State: StepState.NotLookedAt }) ? "Nothing objects, but nobody has looked at the signature."
            : "It would be accepted.";
    }
}
