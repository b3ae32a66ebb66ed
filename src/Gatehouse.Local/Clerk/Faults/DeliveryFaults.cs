using System.Runtime.InteropServices;

namespace Gatehouse.Local.Clerk.Faults;

/// <summary>What goes wrong with one delivery.</summary>
/// <param name="Lost">It is never sent.</param>
/// <param name="Duplicated">It is sent twice.</param>
/// <param name="HeldBack">Another overtakes it.</param>
/// <param name="DelayMilliseconds">How long it waits before its first attempt.</param>
/// <param name="Seed">What its attempts draw from.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct DeliveryFaults(bool Lost, bool Duplicated, bool HeldBack, int DelayMilliseconds, int Seed);
