using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Septim.Hooks.Audit.Reading;

/// <summary>YAML to nodes with lines: comments, quoting, anchors and merge keys understood; expansion is bounded.</summary>
internal static class YamlTree
{
    private const int MaxNodes = 10_000;
    private const int MaxDepth = 64;

    /// <returns>The first document; null when there is none, or with an error that names the line.</returns>
    public static Node? Parse(string text, out string? error)
    {
        error = null;
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            if (!parser.Accept<DocumentStart>(out _)) return null;
            parser.Consume<DocumentStart>();
            var budget = MaxNodes;
            return Read(parser, [], ref budget, 0);
        }
        catch (YamlException e)
        {
            error = $"not valid YAML (line {e.Start.Line})";
        }
        catch (InvalidDataException e)
        {
            error = e.Message;
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException or FormatException or OverflowException)
        {
            // Why these: the scanner of the library throws them, not its own exception, on some texts that are not YAML.
            error = "not valid YAML";
        }
        return null;
    }

    private static Node Read(Parser parser, Dictionary<string, Node> anchors, ref int budget, int depth)
    {
        if (--budget < 0) throw new InvalidDataException("too many YAML nodes");
        if (depth > MaxDepth) throw new InvalidDataException("YAML nested too deeply");
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            if (!anchors.TryGetValue(alias.Value.Value, out var known)) throw new InvalidDataException($"unknown YAML anchor (line {alias.Start.Line})");
            Charge(known, ref budget);
            return known;
        }
        Node node;
        if (parser.TryConsume<Scalar>(out var scalar))
        {
            node = ToNode(scalar);
            Remember(scalar, node, anchors);
        }
        else if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            node = new Node(NodeKind.List, "", (int)sequence.Start.Line, (int)sequence.Start.Column);
            while (!parser.TryConsume<SequenceEnd>(out _)) node.Items.Add(Read(parser, anchors, ref budget, depth + 1));
            // Why only now: an alias to what is still open would make the tree endless.
            Remember(sequence, node, anchors);
        }
        else
        {
            var mapping = parser.Consume<MappingStart>();
            node = new Node(NodeKind.Map, "", (int)mapping.Start.Line, (int)mapping.Start.Column);
            while (!parser.TryConsume<MappingEnd>(out _))
            {
                var key = Read(parser, anchors, ref budget, depth + 1);
                var value = Read(parser, anchors, ref budget, depth + 1);
                node.Members.Add(new NodeMember(key.Text, value, key.Line));
            }
            Merge(node, ref budget);
            Remember(mapping, node, anchors);
        }
        return node;
    }

    /// <summary>Puts what <c>&lt;&lt;</c> brings in before the map's own keys, which win.</summary>
    private static void Merge(Node map, ref int budget)
    {
        for (var i = map.Members.Count - 1; i >= 0; i--)
        {
            if (map.Members[i].Key != "<<") continue;
            var source = map.Members[i].Value;
            map.Members.RemoveAt(i);
            var bases = source.Kind == NodeKind.List ? source.Items : [source];
            // Why backwards: of several merged maps the first one wins, and the last member counts.
            foreach (var other in bases)
            {
                Charge(other, ref budget);
                map.Members.InsertRange(0, other.Members);
            }
        }
    }

    private static void Charge(Node node, ref int budget)
    {
        foreach (var _ in node.Scalars())
            if (--budget < 0) throw new InvalidDataException("YAML aliases expand to too much");
    }

    private static void Remember(NodeEvent part, Node node, Dictionary<string, Node> anchors)
    {
        if (!part.Anchor.IsEmpty) anchors[part.Anchor.Value] = node;
    }

    private static Node ToNode(Scalar scalar)
    {
        var line = (int)scalar.Start.Line;
        var kind = scalar.Style != ScalarStyle.Plain ? NodeKind.Text : scalar.Value switch
        {
            "" or "~" or "null" => NodeKind.Null,
            "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => NodeKind.Bool,
            _ when double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out _) => NodeKind.Number,
            _ => NodeKind.Text,
        };
        return new Node(kind, kind == NodeKind.Bool ? scalar.Value.ToLowerInvariant() : scalar.Value, line, (int)scalar.Start.Column);
    }
}
