import { type Case, faultsOfFixes, findingsOf } from './cases.ts'

/** What is found of some codes, for tests: severity, slug, place, ways out; and what is wrong with the ways out of all. */
export function told(codes: RegExp, of: Case): string[] {
  const said = findingsOf(of)
    .filter(({ code }) => codes.test(code))
    .map(({ severity, code, pointer, fixes }) =>
      [severity, code.slice(code.indexOf('.') + 1), pointer, ...fixes.map((fix) => `(${fix.code})`)].join(' '),
    )
  return [...said, ...faultsOfFixes(of)]
}
