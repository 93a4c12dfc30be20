namespace Septim.Hooks.Shell.Code;

/// <summary>What a token of interpreter code is. Comments and regular expressions leave no token.</summary>
internal enum CodeTokenKind
{
    Name,
    Number,
    /// <summary>A text; its value has escapes resolved.</summary>
    String,
    /// <summary>A text that the language hands to a shell: backticks of Perl, Ruby and PHP, <c>qx{}</c>, <c>%x{}</c>.</summary>
    Command,
    /// <summary>A list of bare words: <c>qw(a b)</c>, <c>%w[a b]</c>.</summary>
    Words,
    /// <summary>A JavaScript template text: tagged ones may be shell commands.</summary>
    Template,
    Mark,
}
