namespace Septim.Hooks.Shell;

/// <summary>One redirection of a command.</summary>
/// <param name="Descriptor">The descriptor redirected; -1 for <c>{name}&gt;f</c> and for <c>&amp;&gt;</c> (1 and 2).</param>
/// <param name="Operator"><c>&lt; &gt; &gt;&gt; &gt;| &lt;&gt; &lt;&amp; &gt;&amp; &amp;&gt; &amp;&gt;&gt; &lt;&lt; &lt;&lt;- &lt;&lt;&lt;</c>.</param>
/// <param name="Target">File, descriptor or here-string; for a here-document its body as expanded.</param>
internal sealed record Redirect(int Descriptor, string Operator, Word Target)
{
    /// <summary>It can empty, create or change a file: <c>&gt; &gt;&gt; &gt;| &lt;&gt; &amp;&gt; &amp;&gt;&gt;</c> and <c>&gt;&amp; file</c>.</summary>
    public bool Writes => Operator is ">" or ">>" or ">|" or "<>" or "&>" or "&>>"
        || (Operator == ">&" && !IsDescriptor);

    /// <summary>What was there is lost.</summary>
    public bool Truncates => Writes && Operator is not (">>" or "&>>" or "<>");

    public bool Reads => Operator is "<" or "<>";

    public bool IsHereDocument => Operator is "<<" or "<<-";

    private bool IsDescriptor => Target.Text is { Length: > 0 } text
        && (text is "-" || text.AsSpan().TrimEnd('-').IndexOfAnyExceptInRange('0', '9') < 0);
}
