/** How Istio compares names that may be wildcards (istio pkg/config/host/name.go, names.go; 1.31). */

export function isWildcard(name: string): boolean {
  return name.startsWith('*')
}

/** Whether all that a name covers is covered by another. */
export function isSubsetOf(name: string, other: string): boolean {
  if (isWildcard(name)) {
    return isWildcard(other) && name.length >= other.length && name.slice(1).endsWith(other.slice(1))
  }
  return isWildcard(other) ? name.endsWith(other.slice(1)) : name === other
}

/** Longest first, wildcards last, then by the alphabet. */
function isMoreSpecific(a: string, b: string): boolean {
  if (isWildcard(a) !== isWildcard(b)) return isWildcard(b)
  return a.length === b.length ? a < b : a.length > b.length
}

/** What stands under the name itself, else under the most specific wildcard over it (model/config.go, MostSpecificHostMatch). */
export function mostSpecific<Value>(name: string, byHost: ReadonlyMap<string, Value>): Value | undefined {
  const own = byHost.get(name)
  if (own !== undefined) return own
  const needle = isWildcard(name) ? name.slice(1) : name
  let best: { host: string; value: Value } | undefined
  for (const [host, value] of byHost) {
    if (!isWildcard(host) || !needle.endsWith(host.slice(1))) continue
    if (best === undefined || isMoreSpecific(host, best.host)) best = { host, value }
  }
  return best?.value
}

/** The names that both lists cover, in the order of the first. */
export function intersection(names: readonly string[], others: readonly string[]): string[] {
  const shared = new Set<string>()
  for (const name of names) {
    for (const other of others) {
      if (isSubsetOf(name, other)) shared.add(name)
      else if (isSubsetOf(other, name)) shared.add(other)
    }
  }
  return [...shared]
}

/** Hosts of a Gateway's server that rules of a namespace may be for: `host`, `namespace/host`, or of all of them. */
export function hostsFor(namespace: string, hosts: readonly string[]): string[] {
  return hosts.flatMap((each) => {
    const slash = each.indexOf('/')
    if (slash < 0) return [each]
    const of = each.slice(0, slash)
    return of === '*' || of === namespace ? [each.slice(slash + 1)] : []
  })
}
