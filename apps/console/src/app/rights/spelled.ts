/** Resources named in a sentence; the rest is evidence. */
const named = 3

export type ResourceRights = { resource: string; verbs: string[] }

/** `get pods, list pods, create secrets`, as checks of the wire spell rights, by resource and in their order. */
export function byResource(missing: string): ResourceRights[] {
  const verbs = new Map<string, string[]>()
  for (const right of missing.split(', ')) {
    const [verb = '', resource = ''] = right.split(' ')
    verbs.set(resource, [...(verbs.get(resource) ?? []), verb])
  }
  return [...verbs].map(([resource, each]) => ({ resource, verbs: each }))
}

/** What a sentence has room for: `pods (get, list), secrets (create), …`. */
export function inShort(rights: readonly ResourceRights[]): string {
  const words = rights.slice(0, named).map(({ resource, verbs }) => `${resource} (${verbs.join(', ')})`)
  return [...words, ...(rights.length > named ? ['…'] : [])].join(', ')
}

/** What it leaves out. */
export function isShortened(rights: readonly ResourceRights[]): boolean {
  return rights.length > named
}
