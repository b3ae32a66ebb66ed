namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>An entrance as the slow verifier knows it; times in seconds.</summary>
internal sealed record SlowEntrance(
    string[] Classes,
    string[] Parties,
    bool AdmitAbsentParty,
    string[] Audiences,
    string? MachineId,
    string? TemplateClaim,
    bool AdmitPending,
    int Skew,
    IReadOnlyDictionary<string, int> MaximumLifetimes);
