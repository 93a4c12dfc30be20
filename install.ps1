<#
.SYNOPSIS
  Puts septim in place and wires it into Claude Code. All further options go to `septim install` (see `septim install --help`).
.EXAMPLE
  ./install.ps1
  ./install.ps1 -From septim-0.1.0-win-x64.zip
  ./install.ps1 -Uninstall
#>
[CmdletBinding()]
param(
    # Take the program from a release archive (a file or an https address) instead of building it.
    [string] $From,
    # The archive's checksum; without it, it must lie beside the archive in a file that ends in .sha256.
    [string] $Sha256,
    # Put the program in this folder's bin, what shells complete below its share.
    [string] $Prefix = (Join-Path $HOME '.local'),
    # Put it in place only; wire it later with `septim install`.
    [switch] $NoWire,
    # Take it out of the settings and remove it.
    [switch] $Uninstall,
    # Show what would change, change nothing.
    [switch] $DryRun,
    # Wire it for everybody who works in the project here, not for all your projects.
    [switch] $Project,
    # Further options of `septim install`.
    [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Options = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

function Fail([string] $Message) {
    [Console]::Error.WriteLine("install.ps1: $Message")
    exit 1
}

$name = if ($env:OS -eq 'Windows_NT') { 'septim.exe' } else { 'septim' }
$bin = Join-Path $Prefix 'bin'
$target = Join-Path $bin $name
# What the program prints about itself: the file, and the arguments that print it.
$pages = if ($env:OS -eq 'Windows_NT') { @(, @('septim/completions.ps1', 'completions', 'powershell')) } else {
    @(
        @('man/man1/septim.1', 'man'),
        @('bash-completion/completions/septim', 'completions', 'bash'),
        @('zsh/site-functions/_septim', 'completions', 'zsh'),
        @('fish/vendor_completions.d/septim.fish', 'completions', 'fish'),
        @('septim/completions.ps1', 'completions', 'powershell')
    )
}
if ($Project) { $Options += '--project' }
if ($DryRun) { $Options += '--dry-run' }

if ($Uninstall) {
    if (-not (Test-Path $target)) { Fail "there is no $target; give the -Prefix that it was installed with" }
    & $target uninstall @Options
    if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
    if ($DryRun) { "would remove $target"; exit 0 }
    Remove-Item $target
    @("$target.old") + @($pages | ForEach-Object { Join-Path $Prefix "share/$($_[0])" }) | ForEach-Object { Remove-Item $_ -ErrorAction SilentlyContinue }
    "removed $target and its completions"
    exit 0
}

function Test-Tools {
    if (-not (Get-Command dotnet -ErrorAction SilentlyContinue)) { Fail 'the .NET SDK 10 is missing; install it: winget install Microsoft.DotNet.SDK.10' }
    if (-not (dotnet --list-sdks | Where-Object { $_ -like '10.*' })) { Fail 'the .NET SDK 10 is missing; install it: winget install Microsoft.DotNet.SDK.10' }
    if ($env:OS -ne 'Windows_NT') { return }
    $vswhere = Join-Path ${env:ProgramFiles(x86)} 'Microsoft Visual Studio\Installer\vswhere.exe'
    $tools = if (Test-Path $vswhere) { & $vswhere -latest -products '*' -requires Microsoft.VisualStudio.Component.VC.Tools.x86.x64 -property installationPath }
    if (-not $tools) { Fail 'the C++ build tools are missing; install them: winget install Microsoft.VisualStudio.2022.BuildTools --override "--add Microsoft.VisualStudio.Workload.VCTools --includeRecommended"' }
}

function Build([string] $Work) {
    Test-Tools
    Write-Host 'building septim (about a minute)'
    $publish = Join-Path $Work 'publish'
    $log = dotnet publish (Join-Path $PSScriptRoot 'src/Septim.Hooks') -c Release -p:RunAnalyzers=false -o $publish 2>&1
    if ($LASTEXITCODE -ne 0) {
        $log | Select-Object -Last 20 | ForEach-Object { [Console]::Error.WriteLine($_) }
        Fail 'the build failed; the last lines are above'
    }
    Join-Path $publish $name
}

function Expand([string] $Work) {
    $archive = $From
    if ($From -like 'https://*') {
        $archive = Join-Path $Work "archive$(if ($From -like '*.zip') { '.zip' })"
        Invoke-WebRequest -Uri $From -OutFile $archive -UseBasicParsing
        if (-not $Sha256) { $Sha256 = (Invoke-WebRequest -Uri "$From.sha256" -UseBasicParsing).ToString().Split(' ')[0].Trim() }
    }
    elseif ($From -like '*://*') { Fail "-From ${From}: only https is trusted" }
    elseif (-not (Test-Path $From)) { Fail "-From ${From}: there is no such file" }
    elseif (-not $Sha256) {
        if (-not (Test-Path "$From.sha256")) { Fail "there is no checksum for $From; put it in $From.sha256 or give -Sha256" }
        $Sha256 = (Get-Content "$From.sha256" -Raw).Split(' ')[0].Trim()
    }
    $found = (Get-FileHash $archive -Algorithm SHA256).Hash
    if ($found -ne $Sha256) { Fail "$From is not what its checksum says: expected $Sha256, found $found. Nothing was installed" }
    if ($archive -like '*.zip') { Expand-Archive $archive -DestinationPath $Work } else { tar -xzf $archive -C $Work $name }
    $program = Join-Path $Work $name
    if (-not (Test-Path $program)) { Fail "$From holds no $name" }
    $program
}

# Without them everything works, so what cannot be written is told and nothing more.
function Write-Pages {
    foreach ($page in $pages) {
        $file = Join-Path $Prefix "share/$($page[0])"
        try {
            New-Item -ItemType Directory (Split-Path $file) -Force | Out-Null
            $words = @($page | Select-Object -Skip 1)
            [IO.File]::WriteAllText($file, ((& $target @words) -join "`n") + "`n")
        }
        catch { "$file could not be written; everything else works without it" }
    }
}

$work = Join-Path ([IO.Path]::GetTempPath()) "septim-$([Guid]::NewGuid())"
New-Item -ItemType Directory $work | Out-Null
try {
    $program = if ($From) { Expand $work } else { Build $work }
    $version = & $program --version
    if ($LASTEXITCODE -ne 0) { Fail 'the program does not run on this machine' }
    if ($DryRun) {
        "would put $version in $target"
        # A file that is shared names no path of this machine.
        if ($Options -notcontains '--project' -and $Options -notcontains 'project' -and $Options -notcontains '--command') { $Options += @('--command', $target) }
        if (-not $NoWire) { & $program install @Options; exit $LASTEXITCODE }
        exit 0
    }
    New-Item -ItemType Directory $bin -Force | Out-Null
    # A running program cannot be overwritten on Windows, but it can be moved away.
    if (Test-Path $target) { Move-Item $target "$target.old" -Force }
    Copy-Item $program $target
    "$version is in $target"
    Write-Pages
    if (($env:PATH -split [IO.Path]::PathSeparator) -notcontains $bin) { "$bin is not on your PATH; add it in the system settings, or for this window: `$env:PATH = `"$bin;`$env:PATH`"" }
    if (-not $NoWire) { & $target install @Options; exit $LASTEXITCODE }
}
finally {
    Remove-Item $work -Recurse -Force -ErrorAction SilentlyContinue
}
