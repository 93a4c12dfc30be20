namespace Septim.Hooks.Shell.Code;

/// <summary>What a condition in code asks of a file's name.</summary>
/// <param name="Variable">The variable that holds the name or the path.</param>
/// <param name="Patterns">The name fits one of them; <c>*</c> stands for any text.</param>
internal sealed record NameTest(string Variable, string[] Patterns);
