import { type Case, faultsOfFixes, findingsOf } from './cases.ts'

/**
 * What is said with one of some slugs of a kind, `severity slug pointer [ways out]`, in the order of the slugs; and what is
 * wrong with ways out of anything.
 */
export function saidOf(of: Case, kind: string, slugs: readonly string[]): string[] {
  const found = findingsOf(of).filter(({ code }) => slugs.some((each) => code === `${kind}.${each}`))
  const lines = found.map(({ severity, code, pointer, fixes }) => {
    const ways = fixes.length === 0 ? '' : ` [${fixes.map((each) => each.code).join(' ')}]`
    return `${severity} ${code.slice(kind.length + 1)} ${pointer}${ways}`
  })
  return [...lines, ...faultsOfFixes(of).map((each) => `FAULT ${each}`)]
}
