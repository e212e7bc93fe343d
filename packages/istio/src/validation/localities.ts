/** validateLocalities of pkg/config/validation/agent/validation.go: the first of `region/zone/subzone` that is wrong. */
export function localityProblem(localities: string[]): string | undefined {
  const before: string[][] = []
  for (const locality of localities) {
    const stars = locality.split('*').length - 1
    if (stars > 1 || (stars === 1 && !locality.endsWith('*'))) {
      return `locality ${locality} wildcard '*' number can not exceed 1 and must be in the end`
    }
    if (before.some(([region]) => region === '*')) return overlap(locality)
    const parts = inThree(locality)
    if (parts.includes('')) return `locality ${locality} must not contain empty region/zone/subzone info`
    if (before.some((other) => covers(other, parts))) return overlap(locality)
    before.push(parts)
  }
  return undefined
}

const overlap = (locality: string): string => `locality ${locality} overlap with previous specified ones`

/** Only the first two slashes divide. */
function inThree(locality: string): string[] {
  const [region = '', zone, ...subzone] = locality.split('/')
  return [region, ...(zone === undefined ? [] : [zone]), ...(subzone.length === 0 ? [] : [subzone.join('/')])]
}

/** Whether an earlier locality means what a later one means, or what is in it. A zone `*` is all zones of its region. */
function covers(before: string[], now: string[]): boolean {
  const wide = before.findIndex((part, index) => part === '*' && index > 0)
  const earlier = wide < 0 ? before : before.slice(0, wide)
  const size = Math.min(earlier.length, now.length)
  return earlier.slice(0, size).every((part, index) => part === now[index])
}
