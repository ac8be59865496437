/** Answers a step's attempt from a record, in place of its body. */
export type Answers = (operation: string) => Promise<unknown>;

// By the global object: the SDK loads this file itself, and may get another instance of it than who sets the answers.
const KEY = Symbol.for("longhaul.history.answers");
const holder = globalThis as { [KEY]?: Answers | undefined };

/** From now on no body of a step runs, in handlers that were loaded after `answerSteps`. */
export function setAnswers(answers: Answers | undefined): void {
  holder[KEY] = answers;
}

/** Makes the SDK load this file as its plugin: call it before a workflow is loaded. */
export function answerSteps(): void {
  process.env.DURABLE_EXECUTION_PLUGINS = import.meta.url;
}

class RecordedAnswers {
  wrapOperationAttemptFn({ id }: { id: string }, body: () => Promise<unknown>): Promise<unknown> {
    const answers = holder[KEY];
    return answers ? answers(id) : body();
  }
}

/** The name that the SDK looks for. */
export const durableExecutionPluginProvider = {
  pluginApiVersion: 1,
  pluginType: RecordedAnswers,
  createPlugin: () => new RecordedAnswers(),
};
