namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>What the slow verifier says; the class and the subject only of what it accepts.</summary>
internal sealed record SlowVerdict(string? Objection, string Class, string Subject)
{
    public bool Accepts => Objection is null;

    public static SlowVerdict Refused(string objection) => new(objection, "", "");
}
