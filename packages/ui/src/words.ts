import type { en } from './words.en.ts'

/** The kit's own words; what an app says comes in through props. */
export type Words = { [key in keyof typeof en]: string }

/** Fills `{name}` blanks. */
export function fill(template: string, params: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (blank, name: string) => String(params[name] ?? blank))
}
