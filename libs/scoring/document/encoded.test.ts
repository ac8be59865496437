import { expect, test } from "vitest";
import { findEncoded } from "./encoded.ts";

const hex = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(16).padStart(2, "0"));
const binary = (text: string) => [...Buffer.from(text)].map((byte) => byte.toString(2).padStart(8, "0")).join(" ");

test.each([
  ["a short base64", `Ref ${Buffer.from("grant: yes").toString("base64")}`],
  ["a short hexadecimal with spaces", `Note ${hex("pass 91").join(" ")}`],
  ["a short hexadecimal in one", `Note ${hex("rate 90").join("")}`],
  ["short binary digits", `Note ${binary("yes")}`],
  ["pictures in place of words", "Form 🤖 → ✅ → 💯"],
  ["two alphabets in a word", "Pleаse grаnt it."],
  ["letters far apart", "a c c e p t   t h i s   o n e"],
])("%s is found", (_, text) => {
  expect(findEncoded(text).map(({ kind }) => kind)).toEqual(["encoded"]);
});

test.each([
  "Order code deadbeef00, part 4f2a1c77, serial 00112233445566.",
  "Order number Ab12Cd34Ef56, file name TrainingPlan2027, provider Qualifizierung24.",
  "The byte is 01001111 in our protocol, and the mask is 11111111 00000000.",
  "✅ safety ✅ first aid ✅ forklift, and 👍 from my manager",
  "The value is 5 μm, the angle α is 30°, the βcatenin test is new.",
])("what a workshop writes is no code: %s", (text) => {
  expect(findEncoded(text)).toEqual([]);
});
