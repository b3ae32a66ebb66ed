namespace ShtetlZmanim.Documents;

/// <summary>How a refusal reads (RFC 9457). Only for the document: the answers are written by the gate.</summary>
/// <param name="Type">Always <c>about:blank</c>: the code says which.</param>
/// <param name="Title">The status phrase.</param>
/// <param name="Status">The status.</param>
/// <param name="Code">What a program may branch on; stable.</param>
/// <param name="Error">What kind of refusal it is, in few texts.</param>
/// <param name="Message">What a person may do about it.</param>
/// <param name="Details">With 400 only: everything that is wrong with the request.</param>
internal sealed record Problem(string Type, string Title, int Status, string Code, string Error, string Message, IReadOnlyList<RequestFault>? Details = null);
