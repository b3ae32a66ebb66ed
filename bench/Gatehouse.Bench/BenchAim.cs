namespace Gatehouse.Bench;

/// <summary>One aim of the design, and what this run measured against it.</summary>
internal sealed record BenchAim(string Name, double Value, string Aim, bool Met);
