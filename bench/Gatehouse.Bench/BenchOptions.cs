namespace Gatehouse.Bench;

/// <summary>How much is measured: quick is for a look, the full form for a figure that is quoted.</summary>
internal sealed record BenchOptions(bool Quick)
{
    public int Rounds => Quick ? 3 : 7;

    public TimeSpan Round => TimeSpan.FromSeconds(Quick ? 1 : 3);
}
