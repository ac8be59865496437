import type { Context } from "hono";
import { z } from "zod";
import { mayReadData } from "../access.ts";
import { contractOf, type Desk } from "../desk.ts";
import { DeadLetterGoneError } from "../operations/dead-letters.ts";
import { act, type Route, show } from "../route.ts";
import { deadLettersBody } from "./dead-letters.ts";
import { page } from "./layout.ts";
import { notice } from "./notice.ts";

const Form = z.object({ id: z.uuid(), kind: z.enum(["refused", "failed"]), sure: z.literal("yes") });

/** Dead letters, for operators and auditors; only operators deal with them. */
export function deadLetterPages(desk: Desk): Route[] {
  const { deadLetters, contracts } = desk;
  const dealtWith = (name: "retry" | "remove") =>
    act(`/dead-letters/:workflow/${name}`, "operator", async (c, visitor) => {
      const contract = contractOf(desk, c.req.param("workflow") ?? "");
      const form = await read(c);
      if (!contract) throw new DeadLetterGoneError();
      if (!form) {
        const title = name === "retry" ? "It was not retried" : "It was not removed";
        const action = { href: "/dead-letters", label: "Back" };
        return notice(c, {
          status: 422,
          title,
          text: "Tick the box beside the button: it is asked once more.",
          action,
          visitor,
        });
      }
      const { subject, name: called } = visitor.person;
      const by = { subject, name: called };
      if (name === "remove") await deadLetters.remove(contract, form, by);
      else if (form.kind === "refused") await deadLetters.retry(contract, form.id, by);
      else throw new DeadLetterGoneError();
      return c.redirect("/dead-letters", 303);
    });

  return [
    show("/dead-letters", "executions", async (c, visitor) => {
      const [workflows, acts] = await Promise.all([
        Promise.all(
          contracts.map(async (contract) => ({
            contract,
            ...(await deadLetters.list(contract, mayReadData(visitor, contract))),
          })),
        ),
        deadLetters.acts(),
      ]);
      return page(c, {
        title: "Dead letters",
        visitor,
        body: deadLettersBody({ workflows, acts, visitor, now: desk.now() }),
      });
    }),
    dealtWith("retry"),
    dealtWith("remove"),
  ];
}

async function read(c: Context): Promise<z.infer<typeof Form> | undefined> {
  return Form.safeParse(await c.req.parseBody()).data;
}
