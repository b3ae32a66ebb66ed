namespace Gatehouse.Local.Clerk.Data.Storage;

/// <summary>What a data file holds.</summary>
/// <param name="Data">The data, as <see cref="ClerkDataJson"/> writes them.</param>
/// <param name="ClockOffsetSeconds">How far the instance's clock was from the machine's.</param>
/// <param name="Runs">How many runs have written it.</param>
internal sealed record StoredState(ReadOnlyMemory<byte> Data, long ClockOffsetSeconds, int Runs);
