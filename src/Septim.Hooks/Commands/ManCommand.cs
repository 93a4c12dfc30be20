using System.Text;
using Septim.Hooks.Gates;
using Septim.Hooks.Recording;

namespace Septim.Hooks.Commands;

/// <summary><c>septim man</c>: the manual page, from the same texts as <c>--help</c>.</summary>
internal static class ManCommand
{
    public static readonly Command Command = new("man",
        """
        man

        install.sh puts it where `man septim` finds it. By hand: septim man | man -l -
        """,
        "prints the manual page", (args, io) =>
        {
            Options.Parse("man", args, [], []).ThrowIfRest("man");
            io.Out.Write(Page());
            return 0;
        });

    private static string Page()
    {
        var page = new StringBuilder($".TH SEPTIM 1 \"\" \"septim {CommandList.Version}\"\n.SH NAME\nseptim \\- spend ceilings and guards for Claude Code\n");
        page.Append(".SH SYNOPSIS\n.B septim\n.I verb\n[options]\n.SH HOOKS\nCalled by Claude Code, with a payload on stdin.\n");
        Item(page, "hook", "every gate that is switched on, for any event (recommended wiring)");
        foreach (var gate in GateList.All) Item(page, gate.Id, "this gate alone");
        foreach (var recorder in Recorders.All) Item(page, recorder.Id, "this recorder alone");
        page.Append(".SH VERBS\n");
        foreach (var command in CommandList.All)
            page.Append($".SS {command.Verb}\n{Roff(command.Summary)}.\n.PP\n.nf\nseptim {Roff(command.Usage)}\n.fi\n");
        return page.Append(".SH EXIT STATUS\n0 fine, 1 findings, 2 usage or fault. Hooks: 0 or 2. septim run: see there.\n.SH FILES\n~/.claude/septim/septim.json, .septim/septim.json, /etc/septim/septim.json\n").ToString();
    }

    private static void Item(StringBuilder page, string name, string text) => page.Append($".TP\n.B {name}\n{Roff(text)}\n");

    /// <summary>A line that starts with a dot or an apostrophe is a request, and a backslash starts an escape.</summary>
    private static string Roff(string text)
    {
        var lines = text.Replace("\\", "\\e", StringComparison.Ordinal).Replace("-", "\\-", StringComparison.Ordinal).Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (lines[i].StartsWith('.') || lines[i].StartsWith('\'')) lines[i] = "\\&" + lines[i];
        return string.Join('\n', lines);
    }
}
