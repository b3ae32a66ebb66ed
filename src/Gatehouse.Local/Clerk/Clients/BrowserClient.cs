using Gatehouse.Local.Clerk.Frontend.Sessions;
using Gatehouse.Local.Clerk.Frontend.SignIns;
using Gatehouse.Local.Clerk.Frontend.SignUps;
using Gatehouse.Local.Clerk.Frontend.Verifications;

namespace Gatehouse.Local.Clerk.Clients;

/// <summary>One browser as Clerk knows it: who is signed in there, and who is about to be. Times are unix milliseconds.</summary>
internal sealed class BrowserClient
{
    public required string Id { get; init; }

    /// <summary>What the cookie <c>__client</c> holds.</summary>
    public required string Secret { get; init; }

    /// <summary>What development hosts are told in place of the cookie, as <c>__clerk_db_jwt</c>.</summary>
    public required string DevBrowser { get; init; }

    /// <summary>Every session that was begun here, the newest last.</summary>
    public List<string> SessionIds { get; } = [];

    public string? LastActiveSessionId { get; set; }

    public string? LastStrategy { get; set; }

    public SignIn? SignIn { get; set; }

    public SignUp? SignUp { get; set; }

    /// <summary>The codes sent to e-mail addresses that are to be proved here.</summary>
    public List<EmailProof> EmailProofs { get; } = [];

    /// <summary>What somebody who is signed in here is about to prove again.</summary>
    public Reverification? Reverification { get; set; }

    public required long CreatedAt { get; init; }

    /// <summary>When somebody last signed in or out here, and nothing else: apps take tokens issued before it for outdated.</summary>
    public required long UpdatedAt { get; set; }
}
