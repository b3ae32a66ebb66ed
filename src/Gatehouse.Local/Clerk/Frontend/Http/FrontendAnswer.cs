using System.Text.Json;
using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Frontend.Http;

/// <summary>What an operation of the Frontend API answers, before it is written.</summary>
internal sealed class FrontendAnswer
{
    private FrontendAnswer(int status) => Status = status;

    public int Status { get; }

    /// <summary>The resource; null when there is none to tell.</summary>
    public Action<Utf8JsonWriter>? Body { get; private init; }

    /// <summary>Whether the body goes out as it is, without the browser's client beside it.</summary>
    public bool IsBare { get; private init; }

    /// <summary>Whether the body is written while other requests go on: it holds all it needs.</summary>
    public bool IsApart { get; private init; }

    /// <summary>Whether the client goes along even though the resource was merely read: it may have been changed from elsewhere.</summary>
    public bool TellsClient { get; private init; }

    public IReadOnlyList<ClerkError> Errors { get; private init; } = [];

    public string? Location { get; private init; }

    /// <summary>A resource, with the client beside it unless it was merely read.</summary>
    public static FrontendAnswer Ok(Action<Utf8JsonWriter> body) => new(200) { Body = body };

    /// <summary>A resource that a browser polls until something happens to it in another place.</summary>
    public static FrontendAnswer Polled(Action<Utf8JsonWriter> body) => new(200) { Body = body, TellsClient = true };

    public static FrontendAnswer Nothing { get; } = new(200) { Body = json => json.WriteNullValue() };

    /// <summary>A body that clients expect without the usual wrapper.</summary>
    public static FrontendAnswer Bare(Action<Utf8JsonWriter> body) => new(200) { Body = body, IsBare = true };

    /// <summary>A bare body that costs time to make.</summary>
    public static FrontendAnswer Apart(Action<Utf8JsonWriter> body) => new(200) { Body = body, IsBare = true, IsApart = true };

    public static FrontendAnswer Redirect(string location) => new(307) { Location = location };

    /// <summary>Sends a browser on that has done something by coming here.</summary>
    public static FrontendAnswer SeeOther(string location) => new(303) { Location = location };

    public static FrontendAnswer Refused(IReadOnlyList<ClerkError> errors) => new(errors[0].Status) { Errors = errors };

    public static implicit operator FrontendAnswer(ClerkError error) => Refused([error]);
}
