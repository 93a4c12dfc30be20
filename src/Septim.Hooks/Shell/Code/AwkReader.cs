using System.Text;

namespace Septim.Hooks.Shell.Code;

/// <summary>An awk program: <c>system(…)</c>, pipes to and from commands, and the files that print writes. Source: POSIX awk, gawk 5.3.</summary>
internal static class AwkReader
{
    public static void Read(CodeText text, List<CodeToken> tokens, CodeEffects effects)
    {
        var variables = new Dictionary<string, string>();
        var inPrint = false;
        for (var i = 0; i < tokens.Count; i++)
        {
            var token = tokens[i];
            if (token.StartsLine || token.IsMark(";") || token.IsMark("{") || token.IsMark("}")) inPrint = false;
            if (token.Kind == CodeTokenKind.Name && token.Text is "print" or "printf") inPrint = true;
            else if (inPrint && token.IsName("ENVIRON") && i + 2 < tokens.Count && tokens[i + 1].IsMark("["))
            {
                if (tokens[i + 2].IsText) effects.Do(token.Start, tokens[i + 2].End, CodeValue.Of("echo"), CodeValue.Of(text.Variable(tokens[i + 2].Text)));
                else effects.Do(token.Start, tokens[i + 2].End, CodeValue.Of("env"));
            }
            else if (token.IsName("system") && i + 1 < tokens.Count && tokens[i + 1].IsMark("("))
            {
                var command = Joined(text, tokens, i + 2, variables, out var end);
                effects.Shell(CodeValue.Of(command), token.Start, tokens[Math.Min(end, tokens.Count - 1)].End);
            }
            else if (token.Kind == CodeTokenKind.Name && i + 2 < tokens.Count && tokens[i + 1].IsMark("=") && IsValue(tokens, i + 2, variables))
                variables[token.Text] = Joined(text, tokens, i + 2, variables, out _);
            else if (i > 0 && i + 1 < tokens.Count && (token.IsMark("|") || (token.IsMark("&") && tokens[i - 1].IsMark("|")))) Pipe(text, tokens, i, variables, effects);
            else if (inPrint && (token.IsMark(">") || token.IsMark(">>")) && i + 1 < tokens.Count)
            {
                var path = Joined(text, tokens, i + 1, variables, out _);
                if (path.Length > 0) effects.Write(CodeValue.Of(path), token.Text == ">>", token.Start, tokens[i + 1].End);
            }
            else if (token.IsMark("<") && i > 0 && i + 1 < tokens.Count && IsValue(tokens, i + 1, variables) && IsGetline(text, tokens, i))
                effects.Read(CodeValue.Of(tokens[i + 1].IsText ? tokens[i + 1].Text : variables[tokens[i + 1].Text]), token.Start, tokens[i + 1].End);
        }
    }

    /// <summary>A text, or a variable that holds one by now: <c>c = c " x"</c>.</summary>
    private static bool IsValue(List<CodeToken> tokens, int at, Dictionary<string, string> variables) =>
        tokens[at].IsText || (tokens[at].Kind == CodeTokenKind.Name && variables.ContainsKey(tokens[at].Text));

    /// <summary><c>getline &lt;</c>, and <c>getline line &lt;</c> in a program that prints.</summary>
    private static bool IsGetline(CodeText text, List<CodeToken> tokens, int at) =>
        tokens[at - 1].IsName("getline") || (at > 1 && tokens[at - 2].IsName("getline") && text.Mentions("print"));

    private static void Pipe(CodeText text, List<CodeToken> tokens, int at, Dictionary<string, string> variables, CodeEffects effects)
    {
        if (tokens[at + 1].IsName("getline") || (tokens[at + 1].IsMark("&") && at + 2 < tokens.Count && tokens[at + 2].IsName("getline")))
        {
            var first = at - 1;
            while (first > 0 && IsOperand(tokens[first - 1]) && !tokens[first].StartsLine && text.Work.Look()) first--;
            if (tokens[first].IsMark("(")) first++;
            effects.Shell(CodeValue.Of(Joined(text, tokens, first, variables, out _)), tokens[first].Start, tokens[at + 1].End);
        }
        else if (IsOperand(tokens[at + 1]))
        {
            var command = Joined(text, tokens, at + 1, variables, out _);
            var print = at - 1;
            while (print > 0 && text.Work.Look() && !(tokens[print].Kind == CodeTokenKind.Name && tokens[print].Text is "print" or "printf")) print--;
            var printed = command.Trim() is "sh" or "bash" or "/bin/sh" or "/bin/bash" ? Joined(text, tokens, print + 1, variables, out _) : "";
            // Why: a bare print hands the lines of its files to the shell, and nobody knows them here.
            if (printed.Length == 0 && print == at - 1 && command.Trim() is "sh" or "bash" or "/bin/sh" or "/bin/bash") effects.Evaluate(CodeValue.Unknown, "sh", tokens[at].Start, tokens[at + 1].End);
            else effects.Shell(CodeValue.Of(printed.Length > 0 ? printed : command), tokens[at].Start, tokens[at + 1].End);
        }
    }

    private static bool IsOperand(CodeToken token) => token.IsText || (token.Kind == CodeTokenKind.Name && token.Text is not ("print" or "printf" or "getline" or "BEGIN" or "END" or "while" or "if" or "for" or "do" or "else" or "return")) || token.IsMark("(");

    /// <summary>Values that stand side by side are one text.</summary>
    private static string Joined(CodeText text, List<CodeToken> tokens, int at, Dictionary<string, string> variables, out int end)
    {
        var joined = new StringBuilder();
        end = at;
        for (; end < tokens.Count && text.Work.Look(); end++)
        {
            var token = tokens[end];
            string part;
            if (token.IsText || (token.Kind == CodeTokenKind.Number && token.Text.Length > 0)) part = token.Text;
            else if (token.Kind == CodeTokenKind.Name && token.Text is not ("getline" or "print" or "printf") && !(token.StartsLine && end > at))
                part = variables.TryGetValue(token.Text, out var known) ? known : text.Unknown(token.Text.TrimStart('$'));
            else if (token.IsMark("(")) continue;
            else break;
            if (!text.Work.Fold(part.Length)) part = text.Unknown("value");
            joined.Append(part);
        }
        return joined.ToString();
    }
}
