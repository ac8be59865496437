import { html } from "hono/html";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A span in its two largest units: `3 d 4 h`, `2 h 5 min`, `12 min`. */
export function span(milliseconds: number): string {
  const total = Math.max(0, milliseconds);
  const [days, hours, minutes] = [
    Math.floor(total / DAY),
    Math.floor((total % DAY) / HOUR),
    Math.floor((total % HOUR) / MINUTE),
  ];
  if (days > 0) return hours > 0 ? `${days} d ${hours} h` : `${days} d`;
  if (hours > 0) return minutes > 0 ? `${hours} h ${minutes} min` : `${hours} h`;
  return minutes > 0 ? `${minutes} min` : "under a minute";
}

export type Urgency = "overdue" | "today" | "soon" | "later";

export function urgency(deadlineAt: string, now: number): Urgency {
  const left = Date.parse(deadlineAt) - now;
  return left <= 0 ? "overdue" : left < 8 * HOUR ? "today" : left < 2 * DAY ? "soon" : "later";
}

export const left = (deadlineAt: string, now: number) => {
  const milliseconds = Date.parse(deadlineAt) - now;
  return milliseconds <= 0 ? `${span(-milliseconds)} over` : `${span(milliseconds)} left`;
};

/** How long there is until a deadline; the page's script counts it down, from now and by no clock of the reader's. */
export const countdown = (deadlineAt: string, now: number) =>
  html`<span class="due due-${urgency(deadlineAt, now)}" data-left="${Date.parse(deadlineAt) - now}">${left(deadlineAt, now)}</span>`;

const format = new Intl.DateTimeFormat("en-GB", {
  weekday: "short",
  day: "numeric",
  month: "short",
  year: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  timeZone: "UTC",
});

/** An instant, in UTC until the page's script shows it in the reader's own time. */
export const instant = (iso: string) => html`<time datetime="${iso}">${format.format(new Date(iso))} UTC</time>`;

/** How long something has taken, or takes so far. */
export function took({ started, ended }: { started: number; ended?: number }, now: number): string {
  const milliseconds = (ended ?? now) - started;
  if (milliseconds < 1_000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  return span(milliseconds);
}
