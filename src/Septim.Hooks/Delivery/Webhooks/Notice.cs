using System.Text;

namespace Septim.Hooks.Delivery.Webhooks;

/// <summary>What a person reads: a title, a few lines, and how urgent it is.</summary>
/// <param name="Event">What it tells of.</param>
/// <param name="Title">One line.</param>
/// <param name="Text">Some lines, or the filled template.</param>
/// <param name="Urgency">0 for information, 1 for a warning, 2 for what needs somebody.</param>
internal sealed record Notice(SpooledEvent Event, string Title, string Text, int Urgency)
{
    private const int MaxText = 1500;

    /// <param name="e">The event.</param>
    /// <param name="template">Text with {field} and {field.below}; null takes the usual lines.</param>
    public static Notice Of(SpooledEvent e, string? template)
    {
        var project = Path.GetFileName((e.Text("project") ?? "").TrimEnd('/', '\\'));
        var (what, urgency) = e.Event switch
        {
            "session_end" => ("session ended", 0),
            "stop" => ("turn finished", 0),
            "stop_failure" => ("session failed", 2),
            "subagent_stop" => ("subagent finished", 0),
            "cost_warning" => ("ceiling is near", 1),
            "cost_stop" => ("ceiling reached, session stopped", 2),
            "cost_deny" => ("ceiling reached, call refused", 2),
            "notification" => ("waiting for you", 1),
            "fault_deny" => ("could not judge, call refused", 2),
            "events_dropped" => ("events were dropped", 2),
            "test" => ("test", 0),
            var name when name.EndsWith("_deny", StringComparison.Ordinal) => ($"{name[..^5]} call refused", 1),
            var name => (name.Replace('_', ' '), 1),
        };
        var text = template is null ? Lines(e) : Fill(template, e);
        return new Notice(e, project.Length == 0 ? $"septim: {what}" : $"septim: {what} in {project}", text.Length <= MaxText ? text : text[..MaxText] + "…", urgency);
    }

    private static string Lines(SpooledEvent e)
    {
        var text = new StringBuilder();
        Line("", e.Text("reason"));
        Line("error: ", e.Text("error"));
        Line("cost: $", e.Text("cost_usd.total") is { } cost ? $"{cost} (this turn ${e.Text("cost_usd.turn") ?? "0"})" : null);
        Line("turns: ", e.Text("turns"));
        Line("exit: ", e.Text("exit_reason"));
        Line("branch: ", e.Text("branch") is { } branch ? e.Text("repo") is { Length: > 0 } repo ? $"{branch} of {repo}" : branch : null);
        Line("on: ", e.Text("user") is { Length: > 0 } user ? $"{user}@{e.Text("host")}" : e.Text("host"));
        Line("job: ", e.Text("ci.url") ?? e.Text("ci.run_id"));
        Line("session: ", e.Text("session_id"));
        return text.ToString().TrimEnd();

        void Line(string label, string? value)
        {
            if (!string.IsNullOrEmpty(value)) text.Append(label).Append(value).Append('\n');
        }
    }

    private static string Fill(string template, SpooledEvent e)
    {
        var text = new StringBuilder();
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open && rest[open..].IndexOf('}') is > 0 and var length)
        {
            text.Append(rest[..open]).Append(e.Text(rest[(open + 1)..(open + length)].ToString()) ?? "-");
            rest = rest[(open + length + 1)..];
        }
        return text.Append(rest).ToString();
    }
}
