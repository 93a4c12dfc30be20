namespace Septim.Hooks.Audit.Reading;

/// <summary>A value of a JSON or YAML document that knows its line. Of a repeated key the last one counts, as in the client.</summary>
internal sealed class Node(NodeKind kind, string text, int line, int column = 0)
{
    public NodeKind Kind { get; } = kind;

    /// <summary>The text of a scalar; for a bool "true" or "false".</summary>
    public string Text { get; } = text;
    public int Line { get; } = line;
    public int Column { get; } = column;
    public List<Node> Items { get; } = [];
    public List<NodeMember> Members { get; } = [];

    public Node? this[string key]
    {
        get
        {
            for (var i = Members.Count - 1; i >= 0; i--)
                if (Members[i].Key == key) return Members[i].Value;
            return null;
        }
    }

    public bool IsTrue => Kind == NodeKind.Bool && Text == "true";
    public bool IsFalse => Kind == NodeKind.Bool && Text == "false";
    public bool IsText => Kind == NodeKind.Text;
    public bool IsScalar => Kind is NodeKind.Text or NodeKind.Number or NodeKind.Bool;

    /// <summary>Follows a dotted key path; null where it ends early.</summary>
    public Node? At(string path)
    {
        var node = this;
        foreach (var key in path.Split('.'))
        {
            node = node[key];
            if (node is null) return null;
        }
        return node;
    }

    /// <summary>The texts of a list, or the one text of a scalar.</summary>
    public IEnumerable<Node> Texts()
    {
        if (IsScalar) yield return this;
        foreach (var item in Items)
            if (item.IsScalar) yield return item;
    }

    /// <summary>Every scalar below, with its key path; list places are <c>[]</c>.</summary>
    public IEnumerable<(string Path, Node Value)> Scalars(string path = "")
    {
        if (IsScalar) yield return (path, this);
        foreach (var item in Items)
            foreach (var inner in item.Scalars(path + "[]")) yield return inner;
        foreach (var member in Members)
            foreach (var inner in member.Value.Scalars(path.Length == 0 ? member.Key : $"{path}.{member.Key}")) yield return inner;
    }
}
