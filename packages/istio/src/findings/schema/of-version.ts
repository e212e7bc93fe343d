import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { definitionsMinor, readVersion } from '../../versions.ts'
import type { Judge } from '../finding.ts'
import { fieldsOfLater } from '../upgrade/later-fields.ts'
import { structureJudge } from './structure.ts'

/** What may just be too new to be in our definitions. */
const unsure = ['schema.field-unknown', 'schema.value-unknown', 'schema.version-unserved']

/**
 * Judges of structure for a mesh of a version, by the definitions that this product has: a newer Istio may know more fields
 * and values than these, an older one knows fewer. Where the version cannot be read they are taken as they are.
 */
export function definitionJudges(definitions: readonly KubernetesObject[], version: string): readonly Judge[] {
  const judge = structureJudge(definitions)
  const [own, ours] = [readVersion(version), readVersion(definitionsMinor)]
  if (own === undefined || ours === undefined) return [judge]
  if (own.major < ours.major || (own.major === ours.major && own.minor <= ours.minor)) {
    return [judge, fieldsOfLater({ from: undefined, to: version })]
  }
  const lenient: Judge = {
    ...judge,
    judge: (subject, world) => judge.judge(subject, world).filter(({ code }) => !unsure.includes(code)),
  }
  return [lenient]
}
