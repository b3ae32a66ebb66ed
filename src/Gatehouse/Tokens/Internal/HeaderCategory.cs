namespace Gatehouse.Tokens.Internal;

/// <summary>The header's <c>cat</c>, by which Clerk separates classes that are signed with one key.</summary>
internal enum HeaderCategory
{
    /// <summary>Issued before categories were rolled out.</summary>
    Absent,

    /// <summary><c>cl_I7d4PD111III</c>: carries no word about the class, and counts as absent.</summary>
    Ignore,

    /// <summary><c>cl_B7d4PD111AAA</c>.</summary>
    Session,

    /// <summary><c>cl_B7d4PD222AAA</c>.</summary>
    Template,

    /// <summary><c>cl_B7d4PD333AAA</c>.</summary>
    M2M,

    /// <summary>A category that did not exist when this was written: refused.</summary>
    Other,
}
