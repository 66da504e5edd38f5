using System.CommandLine;

namespace S3Lister.Cli.Commands;

/// <summary><c>completion</c>: a script for a shell. The command itself completes, with the directive <c>[suggest:POSITION]</c>.</summary>
internal static class CompletionCommand
{
    private const string Bash =
        """
        # In ~/.bashrc: source <(s3lister completion bash)
        _s3lister() {
          local line
          COMPREPLY=()
          while IFS= read -r line; do
            [[ $line == "${COMP_WORDS[COMP_CWORD]}"* ]] && COMPREPLY+=("$line")
          done < <(s3lister "[suggest:$COMP_POINT]" "$COMP_LINE" 2> /dev/null)
        }
        complete -o default -F _s3lister s3lister
        """;

    private const string Zsh =
        """
        # In ~/.zshrc, after compinit: source <(s3lister completion zsh)
        _s3lister() {
          local -a lines
          lines=("${(@f)$(s3lister "[suggest:$CURSOR]" "$BUFFER" 2> /dev/null)}")
          compadd -- $lines
        }
        compdef _s3lister s3lister
        """;

    private const string PowerShell =
        """
        # In $PROFILE: s3lister completion pwsh | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName s3lister -ScriptBlock {
          param($word, $line, $position)
          s3lister "[suggest:$position]" "$line" 2> $null | Where-Object { $_ -like "$word*" } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
          }
        }
        """;

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or pwsh." }.AcceptOnlyFromAmong("bash", "zsh", "pwsh");
        Command command = new("completion", "Print a script that completes commands and options in a shell.") { shell };
        command.SetLocalAction(async (options, terminal, _) =>
        {
            await terminal.Output.WriteLineAsync(options.GetRequiredValue(shell) switch
            {
                "bash" => Bash,
                "zsh" => Zsh,
                _ => PowerShell,
            });
            return ExitCode.Success;
        });
        return command;
    }
}
