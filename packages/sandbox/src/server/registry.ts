import { builtinDefinitions } from './builtins/definitions.ts'
import type { Definition, Served } from './definition.ts'
import { servedVersion } from './definition.ts'

/** What this server serves: built-in kinds for ever, custom kinds as their CRDs come and go. */
export type Registry = {
  find(group: string, version: string, plural: string): Served | undefined
  byKind(group: string, version: string, kind: string): Served | undefined
  byKey(key: string): Definition | undefined
  all(): Definition[]
  /** A custom kind is served, or served anew after its CRD changed. */
  put(definition: Definition): void
  remove(key: string): void
}

export function createRegistry(): Registry {
  const definitions = new Map<string, Definition>()
  const byKinds = new Map<string, Definition>()
  const put = (definition: Definition): void => {
    definitions.set(definition.key, definition)
    byKinds.set(`${definition.group}/${definition.kind}`, definition)
  }
  for (const each of builtinDefinitions) put(each)
  return {
    find(group, version, plural) {
      const definition = definitions.get(group === '' ? plural : `${plural}.${group}`)
      return definition === undefined ? undefined : servedVersion(definition, version)
    },
    byKind(group, version, kind) {
      const definition = byKinds.get(`${group}/${kind}`)
      return definition === undefined ? undefined : servedVersion(definition, version)
    },
    byKey: (key) => definitions.get(key),
    all: () => [...definitions.values()],
    put,
    remove(key) {
      const gone = definitions.get(key)
      if (gone === undefined) return
      definitions.delete(key)
      byKinds.delete(`${gone.group}/${gone.kind}`)
    },
  }
}
