import { expect, test } from "vitest";
import { eventually } from "../../support/cloud.ts";
import { sampleReview } from "../../support/reviews.ts";
import { requests } from "../requests.ts";
import type { Site } from "../site.ts";

/** A request of the sample applicant's own. */
export const requestOfAda = (note: string) =>
  `${requests["tom-reed.md"]?.replaceAll("Tom Reed", "Ada Applicant").replace("tom.reed@", "ada.applicant@")}${note}\n`;

/** More than one person: four eyes, and a decision that is contested. */
export function acting(site: () => Site) {
  test("four eyes: one agrees and is told that it takes another, the other decides, and both are named", async () => {
    const review = sampleReview("training-four-eyes", { request: { quorum: 2 } });
    await site().reviews.open(review, "none-four-eyes");
    const address = `${site().consoleUrl}/reviews/${review.id}`;
    const agree = (name: string) =>
      site().withPage(name, async (page) => {
        await page.goto(address);
        await page.getByLabel("Reason", { exact: true }).fill("It fits.");
        await page.getByRole("button", { name: "Approve" }).click();
        await page.getByRole("heading", { name: /You have agreed|Approved by/ }).waitFor();
      });
    await agree("Hana Holm");
    expect((await site().reviews.get(review.id)).status).toBe("open");
    await agree("Ravi Rao");
    await site().withPage("Aud Aasen", async (page) => {
      await page.goto(address);
      await page.getByRole("heading", { name: "Approved by Ravi Rao" }).waitFor();
      await page.getByText("With Hana Holm.").waitFor();
    });
  });

  test("an applicant contests a decision, somebody else decides again, and the second outcome counts", async () => {
    const [waiting] = await site().upload({ "ada.md": requestOfAda("For the first time.") });
    const { id = "", execution = "" } = waiting ?? {};
    const decide = (name: string, review: string, how: "Approve" | "Reject") =>
      site().withPage(name, async (page) => {
        await page.goto(`${site().consoleUrl}/reviews/${review}`);
        await page.getByLabel("Reason", { exact: true }).fill("As I see it.");
        await page.getByRole("button", { name: how }).click();
        await page.getByRole("heading", { name: new RegExp(`ed by ${name}`) }).waitFor();
      });
    await decide("Ravi Rao", id, "Reject");
    await site().outcome(id);
    await site().withPage("Ada Applicant", async (page) => {
      await page.goto(`${site().consoleUrl}/cases/${execution}`);
      await page.getByLabel("Why").fill("I am alone on the road at night.");
      await page.getByRole("button", { name: "Contest it" }).click();
      await page.getByText("A person decides again in").waitFor();
    });
    const second = `${execution}-r2.review-request`;
    await eventually(async () =>
      (await site().reviews.ofCase(`${execution}-r2`)).some(({ status }) => status === "open"),
    );
    await site().withPage("Ravi Rao", async (page) => {
      await page.goto(`${site().consoleUrl}/reviews/${second}`);
      await page.getByText("The workflow has excluded you").waitFor();
    });
    await decide("Hana Holm", second, "Approve");
    await site().outcome(second);
    await site().withPage("Ada Applicant", async (page) => {
      await page.goto(`${site().consoleUrl}/cases/${execution}`);
      await page.getByText("A later decision has taken its place").waitFor();
    });
  });
}
