namespace Septim.Hooks.Config;

/// <summary>The CI run that this process belongs to, as the service names it in the environment.</summary>
/// <param name="Provider">Short name of the service.</param>
/// <param name="RunId">Unique among the service's runs, the attempt included.</param>
internal sealed record CiRun(string Provider, string RunId)
{
    // Source: the services' documentation of predefined variables, read 2026-11. Several variables are joined by a dash.
    private static readonly (string Provider, string[] Variables)[] Services =
    [
        ("github", ["GITHUB_RUN_ID", "GITHUB_RUN_ATTEMPT"]),
        ("gitlab", ["CI_PIPELINE_ID"]),
        ("circleci", ["CIRCLE_WORKFLOW_ID"]),
        ("buildkite", ["BUILDKITE_BUILD_ID"]),
        ("azure", ["BUILD_BUILDID"]),
        ("bitbucket", ["BITBUCKET_BUILD_NUMBER"]),
        ("drone", ["DRONE_BUILD_NUMBER"]),
        ("jenkins", ["BUILD_TAG"]),
        ("codebuild", ["CODEBUILD_BUILD_ID"]),
        ("teamcity", ["TEAMCITY_BUILD_ID"]),
        ("travis", ["TRAVIS_BUILD_ID"]),
        ("appveyor", ["APPVEYOR_BUILD_ID"]),
    ];

    /// <returns>Null outside the services that we know.</returns>
    public static CiRun? Read(Func<string, string?> variable)
    {
        foreach (var (provider, variables) in Services)
        {
            if (variable(variables[0]) is not { Length: > 0 } id) continue;
            for (var i = 1; i < variables.Length; i++)
                if (variable(variables[i]) is { Length: > 0 } part) id += "-" + part;
            return new CiRun(provider, $"{provider}-{id}");
        }
        return null;
    }
}
