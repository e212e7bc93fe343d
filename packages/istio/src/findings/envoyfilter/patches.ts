import { at, type Json, listAt, textAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'

/** One of an EnvoyFilter's patches, with what says where it is applied. */
export type Patch = {
  value: Json
  pointer: string
  applyTo: string
  operation: string
  /** ANY where nothing is said. */
  context: string
}

/** Those that istiod looks at: without what is to be done it leaves one out (istio pilot/pkg/model/envoyfilter.go). */
export function patchesOf(object: KubernetesObject): Patch[] {
  return listAt(object, 'spec', 'configPatches').flatMap((value, index) => {
    const operation = textAt(value, 'patch', 'operation') ?? 'INVALID'
    const applyTo = textAt(value, 'applyTo') ?? 'INVALID'
    if (operation === 'INVALID' || applyTo === 'INVALID') return []
    const context = textAt(value, 'match', 'context') ?? 'ANY'
    return [{ value, pointer: `/spec/configPatches/${index}`, applyTo, operation, context }]
  })
}

/** Something that a patch has to match, and where it is said; undefined where it is not. */
export function matched(patch: Patch, ...path: string[]): { text: string; pointer: string } | undefined {
  const text = textAt(at(patch.value, 'match', ...path.slice(0, -1)), path.at(-1) ?? '') ?? ''
  return text === '' ? undefined : { text, pointer: [`${patch.pointer}/match`, ...path].join('/') }
}
