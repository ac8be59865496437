import type { Command, Option } from "commander";

export interface Candidate {
  value: string;
  description: string;
}

/** The values of an argument or option that commander does not list, by its name. */
export type Values = (name: string, words: readonly string[]) => Promise<readonly string[]>;

/** What can stand where the last of the typed words stands: commands, options, or values. None, and the shell offers files. */
export async function candidates(program: Command, words: readonly string[], values: Values): Promise<Candidate[]> {
  const current = words.at(-1) ?? "";
  const { command, place, awaiting } = walk(program, words.slice(0, -1));
  const [flag, given] = current.startsWith("--") && current.includes("=") ? current.split("=") : [];
  const assigned = flag === undefined ? awaiting : optionOf(program, command, flag);
  const found = await offered();
  return found.filter(({ value }) => value.startsWith(given ?? current));

  async function offered(): Promise<Candidate[]> {
    if (assigned) return bare(assigned.argChoices ?? (await values(assigned.attributeName(), words)));
    if (current.startsWith("-"))
      return optionsOf(program, command).map(({ long, short, description }) => ({
        value: long ?? short ?? "",
        description,
      }));
    if (command === program)
      return program
        .createHelp()
        .visibleCommands(program)
        .map((one) => ({ value: one.name(), description: one.description() }));
    const argument = command.registeredArguments[place];
    return argument ? bare(argument.argChoices ?? (await values(argument.name(), words))) : [];
  }
}

/** Reads the words before the current one: which command, how many arguments, and whether an option waits for its value. */
function walk(program: Command, words: readonly string[]) {
  let command = program;
  let place = 0;
  let awaiting: Option | undefined;
  for (const word of words) {
    if (awaiting) awaiting = undefined;
    else if (word.startsWith("-")) {
      const option = optionOf(program, command, word);
      if (option?.required && !word.includes("=")) awaiting = option;
    } else if (command === program) command = program.commands.find((one) => one.name() === word) ?? program;
    else place += 1;
  }
  return { command, place, awaiting };
}

const optionsOf = (program: Command, command: Command) =>
  [...new Set([command, program])].flatMap((one) => one.createHelp().visibleOptions(one));

const optionOf = (program: Command, command: Command, word: string) =>
  [...command.options, ...program.options].find(({ long, short }) => [long, short].includes(word.split("=")[0]));

const bare = (all: readonly string[]): Candidate[] => all.map((value) => ({ value, description: "" }));
