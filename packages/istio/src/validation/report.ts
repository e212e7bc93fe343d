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
type Path = readonly (string | number)[]

/** `prefix` goes before every error, as istiod does for AuthorizationPolicies. */
export function createReport(prefix = ''): Report {
  return placeIn({ prefix, errors: [], warnings: [], asList: false }, true, { above: undefined, path: [] })
}

/** A report, and the place it speaks of, below another. Most places have nothing said of them: pointers are written when asked for. */
type Place = Report & Where & { readonly kept: Kept; readonly warns: boolean }
type Where = { readonly above: Place | undefined; readonly path: Path }

/** Checks make very many places: they share their methods. */
function placeIn(kept: Kept, warns: boolean, { above, path }: Where): Place {
  return { kept, warns, above, path, at: below, error, listed, warn, shadowed, withoutWarnings, result }
}

function pointerTo({ above, path }: Where): string {
  return (above === undefined ? '' : pointerTo(above)) + path.map(step).join('')
}

function below(this: Place, ...path: Path): Report {
  return placeIn(this.kept, this.warns, { above: this, path })
}

function withoutWarnings(this: Place): Report {
  return placeIn(this.kept, false, this)
}

function error(this: Place, ...messages: (string | undefined)[]): void {
  put(this, this.kept.errors, messages)
}

function listed(this: Place, ...messages: (string | undefined)[]): void {
  if (put(this, this.kept.errors, messages)) this.kept.asList = true
}

function warn(this: Place, ...messages: (string | undefined)[]): void {
  if (this.warns) put(this, this.kept.warnings, messages)
}

function shadowed(this: Place, about: NonNullable<Said['about']>, words: string): void {
  if (this.warns) this.kept.warnings.push({ words, pointer: pointerTo(this), about })
}

function result(this: Place): Result {
  const { errors, warnings } = this.kept
  return { error: errorText(this.kept), errors, warnings }
}

function put(place: Place, to: Said[], messages: readonly (string | undefined)[]): boolean {
  const { kept } = place
  let said = false
  for (const each of messages) {
    if (each === undefined) continue
    said = true
    to.push({ words: to === kept.errors ? kept.prefix + each : each, pointer: pointerTo(place) })
  }
  return said
}

/** Each of a list, with a report for its place. */
export function forEach<Item>(
  list: readonly Item[],
  report: Report,
  check: (item: Item, report: Report) => void,
): void {
  for (const [index, item] of list.entries()) check(item, report.at(index))
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
