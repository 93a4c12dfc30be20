namespace Septim.Hooks.Audit.Reading;

/// <summary>What a value of a JSON or YAML document is.</summary>
internal enum NodeKind
{
    Null,
    Bool,
    Number,
    Text,
    List,
    Map,
}
