import { reviewApi } from "./api/routes.ts";
import type { ConsoleOptions } from "./app.ts";
import { navigationFor } from "./navigation.ts";
import { auditPages } from "./pages/audit-routes.ts";
import { bulkPages } from "./pages/bulk-routes.ts";
import { calibrationPages } from "./pages/calibration.ts";
import { casePages } from "./pages/case.ts";
import { deadLetterPages } from "./pages/dead-letter-routes.ts";
import { delegationPages } from "./pages/delegations.ts";
import { linkPages } from "./pages/links.ts";
import { notice } from "./pages/notice.ts";
import { operationPages } from "./pages/operation-routes.ts";
import { outboxPages } from "./pages/outbox.ts";
import { overviewPages } from "./pages/overview.ts";
import { reviewPages } from "./pages/routes.ts";
import type { Route } from "./route.ts";
import { signInRoutes } from "./sign-in/routes.ts";

/** Every route of the console. */
export function allRoutes(options: ConsoleOptions): Route[] {
  const { desk } = options;
  return [
    start(options),
    ...signInRoutes(options),
    ...bulkPages(desk),
    ...reviewPages(desk),
    ...casePages(desk),
    ...linkPages(desk),
    ...delegationPages(desk),
    ...operationPages(desk),
    ...deadLetterPages(desk),
    ...overviewPages(desk),
    ...calibrationPages(desk),
    ...auditPages(desk),
    ...outboxPages(desk),
    ...reviewApi(desk),
  ];
}

/** The first page that a visitor's roles open. */
const start = ({ desk }: ConsoleOptions): Route => ({
  method: "GET",
  path: "/",
  kind: "page",
  access: "signed-in",
  answer(c, visitor) {
    const [first] = navigationFor(visitor, desk);
    if (first) return c.redirect(first.href);
    return notice(c, {
      status: 200,
      title: `Hello, ${visitor.person.name}`,
      text: "None of your roles decides or watches anything here. A link to your own case, from a mail, opens it.",
      visitor,
    });
  },
});
