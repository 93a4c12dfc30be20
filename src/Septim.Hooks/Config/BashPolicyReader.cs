using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Septim.Hooks.Config;

/// <summary>Reads the <c>bash</c> objects one after the other; each key says what it may not do to the layers before it.</summary>
internal sealed class BashPolicyReader(Func<string, int?> severityOf)
{
    private const int Critical = 3;

    private readonly Dictionary<string, BashRuleAction> _rules = [];
    private readonly Dictionary<string, BashRuleAction> _projectRules = [];
    private readonly HashSet<string> _managed = [];
    private readonly List<BashAllowEntry> _allow = [];
    private readonly List<string> _ignored = [];
    private bool _strict;
    private bool _strictElsewhere;
    private bool _observe;

    public BashPolicy Result() => new()
    {
        IsStrict = _strict || _strictElsewhere,
        Observe = _observe,
        Rules = _rules,
        ProjectRules = _projectRules,
        // Why: what the machine's file denies has no exceptions of a person.
        Allow = _managed.Count == 0 ? _allow : _allow.FindAll(entry => !_managed.Contains(entry.Rule)),
        Ignored = _ignored,
    };

    public void Add(ConfigValue layer)
    {
        try
        {
            var json = new Utf8JsonReader(Encoding.UTF8.GetBytes(layer.Text), new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            json.Read();
            Expect(layer, "bash", json.TokenType == JsonTokenType.StartObject, "must be an object");
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var key = json.GetString()!;
                json.Read();
                switch (key)
                {
                    case "preset": Preset(layer, ref json); break;
                    case "observe": Observe(layer, ref json); break;
                    case "rules": Rules(layer, ref json); break;
                    case "allow": Allow(layer, ref json); break;
                    default: throw Wrong(layer, "bash." + key, "is not a key; there are preset, observe, rules and allow");
                }
            }
        }
        catch (JsonException e)
        {
            throw new HookFault($"config: {layer.Origin}: bash: {e.Message}", e);
        }
    }

    private void Preset(ConfigValue layer, ref Utf8JsonReader json)
    {
        var preset = Text(layer, "bash.preset", ref json);
        Expect(layer, "bash.preset", preset is "standard" or "strict", "must be standard or strict");
        // Why: a project and the machine may only tighten what the person set.
        if (layer.Layer is ConfigLayer.Project or ConfigLayer.Managed) _strictElsewhere |= preset == "strict";
        else _strict = preset == "strict";
    }

    private void Observe(ConfigValue layer, ref Utf8JsonReader json)
    {
        Expect(layer, "bash.observe", json.TokenType is JsonTokenType.True or JsonTokenType.False, "must be true or false");
        var on = json.TokenType == JsonTokenType.True;
        if (!IsProject(layer)) _observe = on;
        else if (on) _ignored.Add($"{layer.Origin}: bash.observe: a project file may only tighten");
    }

    private void Rules(ConfigValue layer, ref Utf8JsonReader json)
    {
        Expect(layer, "bash.rules", json.TokenType == JsonTokenType.StartObject, "must be an object");
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var id = json.GetString()!;
            var key = "bash.rules." + id;
            json.Read();
            var severity = severityOf(id) ?? throw Wrong(layer, key, "is not a rule; `septim explain --rules` lists them");
            var action = Text(layer, key, ref json) switch
            {
                "off" => BashRuleAction.Off,
                "ask" => BashRuleAction.Ask,
                "deny" => BashRuleAction.Deny,
                _ => throw Wrong(layer, key, "must be off, ask or deny"),
            };
            if (IsProject(layer)) Tighten(layer, key, id, severity, action);
            else if (severity == Critical && action != BashRuleAction.Deny) throw Wrong(layer, key, "is a critical rule and cannot be loosened; a person runs such a command by hand");
            else _rules[id] = action;
            if (layer.Layer == ConfigLayer.Managed && action == BashRuleAction.Deny) _managed.Add(id);
        }
    }

    private void Tighten(ConfigValue layer, string key, string id, int severity, BashRuleAction action)
    {
        if (action == BashRuleAction.Off && severity > 0 || action == BashRuleAction.Ask && severity > 1)
            _ignored.Add($"{layer.Origin}: {key}: a project file may only tighten");
        else if (!_projectRules.TryGetValue(id, out var before) || before < action) _projectRules[id] = action;
    }

    private void Allow(ConfigValue layer, ref Utf8JsonReader json)
    {
        Expect(layer, "bash.allow", json.TokenType == JsonTokenType.StartArray, "must be a list");
        for (var i = 0; json.Read() && json.TokenType != JsonTokenType.EndArray; i++)
        {
            var entry = Entry(layer, $"bash.allow[{i.ToString(CultureInfo.InvariantCulture)}]", ref json);
            if (IsProject(layer)) _ignored.Add($"{layer.Origin}: bash.allow: a project file may only tighten");
            else _allow.Add(entry);
        }
    }

    private BashAllowEntry Entry(ConfigValue layer, string key, ref Utf8JsonReader json)
    {
        Expect(layer, key, json.TokenType == JsonTokenType.StartObject, "must be an object");
        string? rule = null, command = null, directory = null, reason = null, expires = null;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var value = Text(layer, key + "." + name, ref json);
            switch (name)
            {
                case "rule": rule = value; break;
                case "command": command = value; break;
                case "directory": directory = value; break;
                case "reason": reason = value; break;
                case "expires": expires = value; break;
                default: throw Wrong(layer, key + "." + name, "is not a key; there are rule, command, directory, reason and expires");
            }
        }
        if (rule is null || severityOf(rule) is not { } severity) throw Wrong(layer, key + ".rule", "must name a rule");
        if (severity == Critical) throw Wrong(layer, key + ".rule", $"{rule} is critical and has no exceptions");
        if (command is null || command.AsSpan().Trim("* ").IsEmpty) throw Wrong(layer, key + ".command", "must name a command; * alone would switch the rule off");
        if (directory is null || !directory.StartsWith('/')) throw Wrong(layer, key + ".directory", "must be an absolute path");
        if (string.IsNullOrWhiteSpace(reason)) throw Wrong(layer, key + ".reason", "must say why");
        if (!DateOnly.TryParseExact(expires, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) throw Wrong(layer, key + ".expires", "must be a day such as 2027-01-31");
        return new BashAllowEntry(rule, command, directory.Length > 1 ? directory.TrimEnd('/') : directory, reason, day);
    }

    private static string Text(ConfigValue layer, string key, ref Utf8JsonReader json)
    {
        Expect(layer, key, json.TokenType == JsonTokenType.String, "must be a text");
        return json.GetString()!;
    }

    private static void Expect(ConfigValue layer, string key, bool holds, string what)
    {
        if (!holds) throw Wrong(layer, key, what);
    }

    private static bool IsProject(ConfigValue layer) => layer.Layer == ConfigLayer.Project;

    private static HookFault Wrong(ConfigValue layer, string key, string what) => new($"config: {layer.Origin}: {key} {what}");
}
