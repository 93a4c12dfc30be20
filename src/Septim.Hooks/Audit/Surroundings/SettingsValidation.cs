using Septim.Hooks.Audit.Reading;
using Septim.Hooks.Claude;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>The client's own validation of settings. Source: measured on 2.1.330 in print mode, 2026-11 (checklist §2).</summary>
internal static class SettingsValidation
{
    private static readonly string[] HookTypes = ["command", "http", "prompt", "agent", "mcp_tool"];
    private static readonly string[] OnFailureValues = ["block", "continue"];

    public static List<SettingsDrop> Check(Node root)
    {
        var drops = new List<SettingsDrop>();
        if (root.Kind != NodeKind.Map)
        {
            drops.Add(new SettingsDrop(true, "", "the file does not hold one object", root.Line));
            return drops;
        }
        if (root["permissions"] is { } permissions) CheckPermissions(permissions, drops);
        if (root["env"] is { Kind: not NodeKind.Map } env) drops.Add(new SettingsDrop(true, "env", "env is not an object", env.Line));
        if (root["hooks"] is not { } hooks) return drops;
        if (hooks.Kind != NodeKind.Map)
        {
            drops.Add(new SettingsDrop(true, "hooks", "hooks is not an object", hooks.Line));
            return drops;
        }
        foreach (var member in hooks.Members) CheckEvent(member, drops);
        return drops;
    }

    private static void CheckPermissions(Node permissions, List<SettingsDrop> drops)
    {
        foreach (var name in (string[])["allow", "deny", "ask"])
        {
            if (permissions[name] is not { } list) continue;
            var key = $"permissions.{name}";
            if (list.Kind != NodeKind.List) drops.Add(new SettingsDrop(true, key, $"{key} is not a list", list.Line));
            foreach (var rule in list.Items)
            {
                if (!rule.IsText) drops.Add(new SettingsDrop(true, key, "a permission rule is not a string", rule.Line));
                else if (!IsRule(rule.Text)) drops.Add(new SettingsDrop(false, key, "a permission rule is malformed", rule.Line));
            }
        }
    }

    private static bool IsRule(string text)
    {
        var open = text.IndexOf('(');
        return text.Length > 0 && (open < 0 ? !text.Has(")") : open > 0 && text.EndsWith(')'));
    }

    private static void CheckEvent(NodeMember member, List<SettingsDrop> drops)
    {
        var key = $"hooks.{member.Key}";
        if (Array.IndexOf(HookEvent.All, member.Key) < 0)
        {
            drops.Add(new SettingsDrop(false, key, $"the client knows no event of that name{Nearest(member.Key)}", member.Line));
            return;
        }
        if (member.Value.Kind != NodeKind.List)
        {
            drops.Add(new SettingsDrop(true, key, "not a list of matchers", member.Line));
            return;
        }
        foreach (var group in member.Value.Items)
            foreach (var hook in group["hooks"]?.Items ?? []) CheckHook(member.Key, key, hook, drops);
    }

    private static void CheckHook(string eventName, string key, Node hook, List<SettingsDrop> drops)
    {
        if (hook["timeout"] is { } timeout && (timeout.Kind != NodeKind.Number || timeout.Text.Starts("-") || timeout.Text is "0" or "0.0"))
            drops.Add(new SettingsDrop(true, key + ".timeout", "timeout must be a number above 0", timeout.Line));
        if (hook["args"] is { Kind: not NodeKind.List } args)
            drops.Add(new SettingsDrop(true, key + ".args", "args must be a list", args.Line));
        if (hook["onFailure"] is { } onFailure && (!onFailure.IsText || !OnFailureValues.Contains(onFailure.Text)))
            drops.Add(new SettingsDrop(true, key + ".onFailure", "an onFailure value that the client does not know", onFailure.Line));
        var type = hook["type"]?.Text ?? "";
        if (!HookTypes.Contains(type))
            drops.Add(new SettingsDrop(eventName == HookEvent.PreToolUse, key + ".type", "a hook type that the client does not know", hook.Line));
        else if (type == "command" && hook["command"] is not { Kind: NodeKind.Text, Text.Length: > 0 })
            drops.Add(new SettingsDrop(false, key + ".command", "a command hook without command", hook.Line));
    }

    private static string Nearest(string name)
    {
        var best = "";
        var distance = 4;
        foreach (var known in HookEvent.All)
        {
            if (Distance(name.ToLowerInvariant(), known.ToLowerInvariant()) is var d && d >= distance) continue;
            (best, distance) = (known, d);
        }
        return best.Length == 0 ? "" : $"; did you mean {best}?";
    }

    private static int Distance(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++) row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }
        return row[b.Length];
    }
}
