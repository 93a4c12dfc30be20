using Septim.Hooks.Audit.Reading;

namespace Septim.Hooks.Audit.Surroundings;

/// <summary>One CI file.</summary>
/// <param name="Service">github, gitlab, circleci, azure, bitbucket, drone, buildkite or jenkins.</param>
/// <param name="Input">The file.</param>
/// <param name="Root">Its nodes; null when it is not YAML or not valid.</param>
/// <param name="Error">Why it is not valid.</param>
internal sealed record CiFile(string Service, Input Input, Node? Root, string? Error)
{
    public string Path => Input.Path;
    public List<CiJob> Jobs { get; } = [];

    /// <summary>Names of the events that start it.</summary>
    public IEnumerable<string> Triggers
    {
        get
        {
            // Why "true": YAML 1.1 readers take the key "on" for a bool; ours keeps the text.
            var on = Root?["on"];
            if (on is null) return [];
            return on.IsScalar ? [on.Text] : on.Kind == NodeKind.List ? on.Items.Select(item => item.Text) : on.Members.Select(member => member.Key);
        }
    }
}
