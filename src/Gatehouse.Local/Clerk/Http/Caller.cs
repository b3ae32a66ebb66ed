using Gatehouse.Local.Clerk.Machines;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>Whose secret key a request carried: the instance's, or one machine's.</summary>
internal sealed record Caller(Machine? Machine)
{
    public static Caller Instance { get; } = new((Machine?)null);

    public string Name => Machine?.Id ?? "instance";
}
