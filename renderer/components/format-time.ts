import { DAY_MS } from '../../shared/lib/durations.ts';

const LOCALE = 'en-GB';
const clock = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit' });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short' });
const fullDay = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' });
const fullDateTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'medium' });

function isSameDay(a: Date, b: Date): boolean {
  return a.toDateString() === b.toDateString();
}

/** As short as is still clear: "14:02", "Tue 14:02", "12 Nov", "12 Nov 2025". */
export function formatWhen(iso: string, now: Date = new Date()): string {
  const date = new Date(iso);
  if (isSameDay(date, now)) return clock.format(date);
  const ageMs = now.getTime() - date.getTime();
  if (ageMs >= 0 && ageMs < 6 * DAY_MS) return `${weekday.format(date)} ${clock.format(date)}`;
  return date.getFullYear() === now.getFullYear() ? dayAndMonth.format(date) : fullDay.format(date);
}

/** Date and time in full, for tooltips and details. */
export function formatExactly(iso: string): string {
  return fullDateTime.format(new Date(iso));
}
