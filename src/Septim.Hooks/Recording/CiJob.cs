using Septim.Hooks.Config;

namespace Septim.Hooks.Recording;

/// <summary>The job of a CI service that this process runs in.</summary>
internal sealed record CiJob(string Provider, string RunId, string? Url, string? Job)
{
    // Source: the services' documentation of predefined variables, read 2026-11. {NAME} is the variable's value.
    private static readonly (string Provider, string Url, string Job)[] Services =
    [
        ("appveyor", "{APPVEYOR_URL}/project/{APPVEYOR_ACCOUNT_NAME}/{APPVEYOR_PROJECT_SLUG}/builds/{APPVEYOR_BUILD_ID}", "{APPVEYOR_JOB_NAME}"),
        ("azure", "{SYSTEM_COLLECTIONURI}{SYSTEM_TEAMPROJECT}/_build/results?buildId={BUILD_BUILDID}", "{SYSTEM_JOBDISPLAYNAME}"),
        ("bitbucket", "{BITBUCKET_GIT_HTTP_ORIGIN}/pipelines/results/{BITBUCKET_BUILD_NUMBER}", "{BITBUCKET_STEP_UUID}"),
        ("buildkite", "{BUILDKITE_BUILD_URL}", "{BUILDKITE_LABEL}"),
        ("circleci", "{CIRCLE_BUILD_URL}", "{CIRCLE_JOB}"),
        ("codebuild", "{CODEBUILD_PUBLIC_BUILD_URL}", "{CODEBUILD_INITIATOR}"),
        ("drone", "{DRONE_BUILD_LINK}", "{DRONE_STAGE_NAME}"),
        ("github", "{GITHUB_SERVER_URL}/{GITHUB_REPOSITORY}/actions/runs/{GITHUB_RUN_ID}", "{GITHUB_JOB}"),
        ("gitlab", "{CI_JOB_URL}", "{CI_JOB_NAME}"),
        ("jenkins", "{BUILD_URL}", "{JOB_NAME}"),
        ("teamcity", "{BUILD_URL}", "{TEAMCITY_BUILDCONF_NAME}"),
        ("travis", "{TRAVIS_BUILD_WEB_URL}", "{TRAVIS_JOB_NAME}"),
    ];

    public static CiJob? Read(Func<string, string?> variable)
    {
        if (CiRun.Read(variable) is not { } run) return null;
        foreach (var service in Services)
            if (service.Provider == run.Provider)
                return new CiJob(run.Provider, run.RunId, Fill(service.Url, variable), Fill(service.Job, variable));
        return new CiJob(run.Provider, run.RunId, null, null);
    }

    /// <returns>Null when a variable is missing: half an address helps nobody.</returns>
    private static string? Fill(string template, Func<string, string?> variable)
    {
        var text = "";
        var rest = template.AsSpan();
        while (rest.IndexOf('{') is >= 0 and var open)
        {
            var close = rest.IndexOf('}');
            if (variable(rest[(open + 1)..close].ToString()) is not { Length: > 0 } value) return null;
            text += string.Concat(rest[..open], value);
            rest = rest[(close + 1)..];
        }
        return string.Concat(text, rest);
    }
}
