import { createHash } from "node:crypto";
import { icon } from "./icon.ts";
import { script } from "./script.ts";
import { style } from "./style.ts";

export interface Asset {
  /** Holds a hash of the content: what is cached for a year is never stale. */
  path: string;
  type: string;
  body: string;
}

const asset = (name: string, type: string, body: string): Asset => {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 12);
  const [base, extension] = name.split(".");
  return { path: `/assets/${base}.${hash}.${extension}`, type, body };
};

/** The console's own files; there are no others'. */
export const assets = {
  style: asset("console.css", "text/css; charset=utf-8", style),
  script: asset("console.js", "text/javascript; charset=utf-8", script),
  icon: asset("icon.svg", "image/svg+xml", icon),
};
