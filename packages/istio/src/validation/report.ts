import { step } from '../pointer.ts'

/** One refusal or warning in istiod's own words, and the place it speaks of (JSON pointer into the object). */
export type Said = {
  words: string
  pointer: string
  /** What istioctl tells apart among warnings, by the names of its messages. */
  about?: 'unreachable-rule' | 'ineffective-match'
}

/** What the checks of one object found. A report speaks of one place; `at` gives one for a place below it. */
export type Report = {
  at(...path: (string | number)[]): Report
  error(...messages: (string | undefined)[]): void
  /** As `error`, but shown as a list even when it stays the only one, as Istio's multierror does. */
  listed(...messages: (string | undefined)[]): void
  warn(...messages: (string | undefined)[]): void
  /** A warning that istioctl has a message of its own for. */
  shadowed(about: NonNullable<Said['about']>, message: string): void
  /** The same report for checks whose warnings Istio drops on the way (appendErrors keeps errors only). */
  withoutWarnings(): Report
  result(): Result
}

export type Result = {
  /** All refusals as istiod tells them in one text. */
  error: string | undefined
  errors: Said[]
  warnings: Said[]
}

type Kept = { prefix: string; errors: Said[]; warnings: Said[]; asList: boolean }

/** `prefix` goes before every error, as istiod does for AuthorizationPolicies. */
export function createReport(prefix = ''): Report {
  return reportAt({ prefix, errors: [], warnings: [], asList: false }, undefined, true)
}

/** A place, below another. Most places have nothing said of them, so their pointers are written only when asked for. */
type Where = { above: Where; path: readonly (string | number)[] } | undefined

function pointerTo(where: Where): string {
  return where === undefined ? '' : pointerTo(where.above) + where.path.map(step).join('')
}

function reportAt(kept: Kept, where: Where, warns: boolean): Report {
  const put = (to: Said[], messages: (string | undefined)[], before = ''): boolean => {
    const said = messages.filter((each) => each !== undefined)
    if (said.length === 0) return false
    const pointer = pointerTo(where)
    to.push(...said.map((words) => ({ words: before + words, pointer })))
    return true
  }
  return {
    at: (...path) => reportAt(kept, { above: where, path }, warns),
    error: (...messages) => void put(kept.errors, messages, kept.prefix),
    listed: (...messages) => {
      if (put(kept.errors, messages, kept.prefix)) kept.asList = true
    },
    warn: (...messages) => {
      if (warns) put(kept.warnings, messages)
    },
    shadowed: (about, words) => {
      if (warns) kept.warnings.push({ words, pointer: pointerTo(where), about })
    },
    withoutWarnings: () => reportAt(kept, where, false),
    result: () => ({ error: errorText(kept), errors: kept.errors, warnings: kept.warnings }),
  }
}

/** Each of a list, with a report for its place. */
export function forEach<Item>(
  list: readonly Item[],
  report: Report,
  check: (item: Item, report: Report) => void,
): void {
  list.forEach((item, index) => check(item, report.at(index)))
}

function errorText({ errors, asList }: Kept): string | undefined {
  const [first] = errors
  if (first === undefined) return undefined
  return errors.length === 1 && !asList ? first.words : listText(errors.map(({ words }) => words))
}

/** The list format of hashicorp/go-multierror, which reaches the user through the API server. */
export function listText(errors: string[]): string {
  const head = errors.length === 1 ? '1 error occurred:' : `${errors.length} errors occurred:`
  return `${head}\n\t${errors.map((each) => `* ${each}`).join('\n\t')}\n\n`
}
