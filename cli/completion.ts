import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof shells)[number];

interface CompletedOption {
  /** `--json` */
  readonly flag: string;
  readonly description: string;
  readonly takesValue: boolean;
  readonly choices: readonly string[];
}

interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly CompletedOption[];
}

/** The commands as they are registered: whatever is added there is completed. */
function tableOf(program: Command): readonly CompletedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    description: command.description(),
    options: command.options.map((option) => ({
      flag: option.long ?? option.flags,
      description: option.description,
      takesValue: option.required || option.optional,
      choices: option.argChoices ?? [],
    })),
  }));
}

/** A script that completes commands, options, their values and files, to be loaded by the shell. */
export function completionScript(shell: Shell, program: Command): string {
  const table = tableOf(program);
  const write: Readonly<Record<Shell, (commands: readonly CompletedCommand[]) => string>> = {
    bash: writeBash,
    zsh: writeZsh,
    fish: writeFish,
    powershell: writePowershell,
  };
  return write[shell](table);
}

const namesOf = (commands: readonly CompletedCommand[]) => commands.map(({ name }) => name).join(' ');
const flagsOf = ({ options }: CompletedCommand) => options.map(({ flag }) => flag).join(' ');
const withChoices = ({ options }: CompletedCommand) => options.filter(({ choices }) => choices.length > 0);

function writeBash(commands: readonly CompletedCommand[]): string {
  const values = commands.flatMap((command) =>
    withChoices(command).map(({ flag, choices }) => `    ${command.name}:${flag}) words="${choices.join(' ')}" ;;`),
  );
  const flags = commands.map((command) => `    ${command.name}) words="${flagsOf(command)}" ;;`);
  return `# gabinet completion bash
_gabinet() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} words=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${namesOf(commands)}" -- "$current"))
    return
  fi
  case "\${COMP_WORDS[1]}:$previous" in
${values.join('\n')}
  esac
  if [ -z "$words" ]; then
    case $current in
    -*) case "\${COMP_WORDS[1]}" in
${flags.join('\n')}
    esac ;;
    *) COMPREPLY=($(compgen -f -- "$current")); return ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o filenames -F _gabinet gabinet
`;
}

/** A text in single quotes, in which zsh, fish and bash read everything as it is. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
/** In the specifications of `_arguments`. */
const zshText = (text: string) => text.replaceAll(/[[\]:\\]/g, '\\$&');

function writeZsh(commands: readonly CompletedCommand[]): string {
  const described = commands.map(({ name, description }) => `    ${quoted(`${name}:${description}`)}`);
  const cases = commands.map((command) => {
    const options = command.options.map((option) => `      ${quoted(zshOption(option))} \\`);
    return `    ${command.name}) _arguments \\\n${options.join('\n')}\n      '*:file:_files' ;;`;
  });
  return `#compdef gabinet
_gabinet() {
  local -a commands
  commands=(
${described.join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
compdef _gabinet gabinet
`;
}

function zshOption({ flag, description, takesValue, choices }: CompletedOption): string {
  const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
  return `${flag}[${zshText(description)}]${value}`;
}

/** Fish also reads a backslash in single quotes. */
const fishText = (text: string) => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

function writeFish(commands: readonly CompletedCommand[]): string {
  const names = commands.map(
    ({ name, description }) => `complete -c gabinet -n __fish_use_subcommand -f -a ${name} -d ${fishText(description)}`,
  );
  const options = commands.flatMap((command) =>
    command.options.map(({ flag, description, takesValue, choices }) => {
      const value = choices.length > 0 ? ` -x -a ${fishText(choices.join(' '))}` : takesValue ? ' -r' : '';
      const when = fishText(`__fish_seen_subcommand_from ${command.name}`);
      return `complete -c gabinet -n ${when} -l ${flag.replace(/^--/, '')}${value} -d ${fishText(description)}`;
    }),
  );
  return `# gabinet completion fish\n${[...names, ...options].join('\n')}\n`;
}

/** PowerShell doubles a quote in single quotes. */
const powershellText = (text: string) => `'${text.replaceAll("'", "''")}'`;

function writePowershell(commands: readonly CompletedCommand[]): string {
  const listOf = (words: readonly string[]) => `@(${words.map(powershellText).join(', ')})`;
  const flags = commands.map(
    (one) => `    ${powershellText(one.name)} = ${listOf(one.options.map(({ flag }) => flag))}`,
  );
  const values = commands.flatMap((command) =>
    withChoices(command).map(
      ({ flag, choices }) => `    ${powershellText(`${command.name} ${flag}`)} = ${listOf(choices)}`,
    ),
  );
  return `# gabinet completion powershell
Register-ArgumentCompleter -Native -CommandName gabinet -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $options = @{
${flags.join('\n')}
  }
  $values = @{
${values.join('\n')}
  }
  $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |
    ForEach-Object { $_.ToString() })
  $found = @()
  if ($before.Count -le 1) { $found = ${listOf(commands.map(({ name }) => name))} }
  elseif ($values.ContainsKey("$($before[1]) $($before[-1])")) { $found = $values["$($before[1]) $($before[-1])"] }
  elseif ($wordToComplete -like '-*' -and $options.ContainsKey($before[1])) { $found = $options[$before[1]] }
  $found | Where-Object { $_ -like "$wordToComplete*" } |
    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
}
`;
}
