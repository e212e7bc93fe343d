/**
 * Names of one trust domain, its own first (istio pilot/pkg/security/trustdomain/bundle.go). Principals that name one of
 * them stand for all of them; `cluster.local` always stands for the mesh's own.
 */
export function withAliases(principals: readonly string[], domains: readonly string[]): string[] {
  return principals.flatMap((principal) => {
    const parts = principal.split('/')
    const [domain = ''] = parts
    if (parts.length !== 5 || domain === '*') return [principal]
    if (!isOneOf(domain, domains) && domain !== 'cluster.local') return [principal]
    const rest = parts.slice(1).join('/')
    return [...new Set(domains.map((each) => (endsLike(each, domain) ? principal : `${each}/${rest}`)))]
  })
}

/** Of trust domains themselves: one that is known stands for all. */
export function withAllDomains(values: readonly string[], domains: readonly string[]): string[] {
  return [...new Set(values.flatMap((each) => (domains.includes(each) ? domains : [each])))]
}

/** util.go, stringMatch: the star may be in the name or in the list. */
function isOneOf(domain: string, domains: readonly string[]): boolean {
  return domains.some(
    (each) =>
      domain === each ||
      each === '*' ||
      beginsLike(domain, each) ||
      beginsLike(each, domain) ||
      endsLike(domain, each) ||
      endsLike(each, domain),
  )
}

function beginsLike(text: string, pattern: string): boolean {
  return pattern.endsWith('*') && text.startsWith(pattern.slice(0, -1))
}

function endsLike(text: string, pattern: string): boolean {
  return pattern.startsWith('*') && text.endsWith(pattern.slice(1))
}
