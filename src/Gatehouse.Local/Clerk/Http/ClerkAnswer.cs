using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Gatehouse.Local.Clerk.Errors;

namespace Gatehouse.Local.Clerk.Http;

/// <summary>What an operation answers, before it is written.</summary>
internal sealed class ClerkAnswer
{
    private ClerkAnswer(int status, Action<Utf8JsonWriter>? body, bool readsData, IReadOnlyList<ClerkError> errors)
    {
        Status = status;
        Body = body;
        ReadsData = readsData;
        Errors = errors;
    }

    public static ClerkAnswer NoContent { get; } = new(204, null, readsData: false, []);

    public int Status { get; }

    public Action<Utf8JsonWriter>? Body { get; }

    /// <summary>Whether the body is read from the instance's data, and so must be written before another request changes them.</summary>
    public bool ReadsData { get; }

    /// <summary>Empty unless the request was refused.</summary>
    public IReadOnlyList<ClerkError> Errors { get; }

    public static ClerkAnswer Ok(Action<Utf8JsonWriter> body) => new(200, body, readsData: true, []);

    public static ClerkAnswer Created(Action<Utf8JsonWriter> body) => new(201, body, readsData: true, []);

    /// <summary>An answer that costs time to make and holds all it needs: it is made while other requests go on.</summary>
    public static ClerkAnswer Apart(int status, Action<Utf8JsonWriter> body) => new(status, body, readsData: false, []);

    public static ClerkAnswer Refused(IReadOnlyList<ClerkError> errors) => new(errors[0].Status, null, readsData: false, errors);

    /// <summary>The same refusal under another status.</summary>
    public ClerkAnswer With(int status) => new(status, Body, ReadsData, Errors);

    [return: NotNullIfNotNull(nameof(error))]
    public static implicit operator ClerkAnswer?(ClerkError? error) => error is null ? null : Refused([error]);
}
