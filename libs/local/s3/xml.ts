import { XMLParser } from "fast-xml-parser";
import { errors } from "./errors.ts";

export type XmlValue = string | number | boolean | undefined | XmlValue[] | { [name: string]: XmlValue };

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&apos;",
  "\r": "&#13;",
};
const escaped = (text: string) => text.replace(/[&<>"'\r]/g, (character) => ENTITIES[character] ?? character);

function element(name: string, value: XmlValue): string {
  if (value === undefined) return "";
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join("");
  const inner =
    typeof value === "object"
      ? Object.entries(value)
          .map(([child, content]) => element(child, content))
          .join("")
      : escaped(String(value));
  return `<${name}>${inner}</${name}>`;
}

/** An XML document as S3 writes it: arrays repeat their element, undefined leaves it out. */
export function xml(root: string, content: { [name: string]: XmlValue }): string {
  const document = element(root, content).replace(
    `<${root}>`,
    root === "Error" ? "<Error>" : `<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}`;
}

/** Parses a request's XML. `lists` names the elements that may repeat. @throws WireError MalformedXML */
export function parseXml(body: Buffer, lists: readonly string[]): unknown {
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    trimValues: false,
    isArray: (name) => lists.includes(name),
  });
  try {
    return parser.parse(body.toString(), true);
  } catch {
    throw errors.malformed("The XML you provided was not well-formed.");
  }
}
