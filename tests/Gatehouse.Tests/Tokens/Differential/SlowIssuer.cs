using System.Security.Cryptography;

namespace Gatehouse.Tests.Tokens.Differential;

/// <summary>An issuer as the slow verifier knows it.</summary>
internal sealed record SlowIssuer(string Name, bool IsForeign, IReadOnlyDictionary<string, AsymmetricAlgorithm> Keys);
