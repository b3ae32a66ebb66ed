namespace Gatehouse.Bench;

internal sealed record BenchRow(string Name, double Value, string Unit);
