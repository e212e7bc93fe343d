/** What the checks of one object found: refusals and warnings in istiod's own words. */
export type Report = {
  error(...messages: (string | undefined)[]): void
  /** As `error`, but shown as a list even when it stays the only one, as Istio's multierror does. */
  listed(...messages: (string | undefined)[]): void
  warn(...messages: (string | undefined)[]): void
  result(): { error: string | undefined; warnings: string[] }
}

/** `prefix` goes before every error, as istiod does for AuthorizationPolicies. */
export function createReport(prefix = ''): Report {
  const errors: string[] = []
  const warnings: string[] = []
  let asList = false
  const put = (to: string[], messages: (string | undefined)[]): boolean => {
    const said = messages.filter((each) => each !== undefined)
    to.push(...said)
    return said.length > 0
  }
  return {
    error: (...messages) => void put(errors, messages),
    listed: (...messages) => {
      if (put(errors, messages)) asList = true
    },
    warn: (...messages) => void put(warnings, messages),
    result: () => ({
      error: errorText(
        errors.map((each) => prefix + each),
        asList,
      ),
      warnings,
    }),
  }
}

/** The same report for checks whose warnings Istio drops on the way (appendErrors keeps errors only). */
export function withoutWarnings(report: Report): Report {
  return { ...report, warn: () => undefined }
}

function errorText(errors: string[], asList: boolean): string | undefined {
  const [first] = errors
  if (first === undefined) return undefined
  return errors.length === 1 && !asList ? first : listText(errors)
}

/** The list format of hashicorp/go-multierror, which reaches the user through the API server. */
export function listText(errors: string[]): string {
  const head = errors.length === 1 ? '1 error occurred:' : `${errors.length} errors occurred:`
  return `${head}\n\t${errors.map((each) => `* ${each}`).join('\n\t')}\n\n`
}
