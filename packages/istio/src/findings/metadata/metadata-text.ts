import { type Json, recordAt } from '@orbweaver/contracts/json'
import type { KubernetesObject } from '@orbweaver/contracts/kubernetes'
import { step } from '../../pointer.ts'
import { kinds } from '../../world/kinds.ts'
import { type Code, fix, found, type Judge } from '../finding.ts'

const notText: Code = { code: 'metadata.not-text', severity: 'rejected', istio: 'rejects' }

/**
 * Labels and annotations that YAML reads as numbers or truth values, `version: 1.0` or `istio-injection: on`, of an object
 * and of its template for Pods: the API server cannot decode them (k8s.io/apimachinery pkg/apis/meta/v1/types.go, ObjectMeta).
 */
export const metadataText: Judge = {
  says: [notText],
  kinds: Object.values(kinds),
  where: 'every',
  judge: (subject) =>
    entriesOf(subject.object).map(({ key, value, pointer }) =>
      found(subject, notText, {
        pointer,
        params: { key, value: JSON.stringify(value) },
        fixes: isPlain(value)
          ? [
              fix(subject, { code: 'quote', params: { value: String(value) } }, [
                { op: 'replace', path: pointer, value: String(value) },
              ]),
            ]
          : [],
      }),
    ),
}

const places = [['metadata'], ['spec', 'template', 'metadata']].flatMap((holder) =>
  ['labels', 'annotations'].map((field) => [...holder, field]),
)

type Entry = { key: string; value: Json; pointer: string }

/** Of what is no text. Null is the empty text to Go's decoder. */
function entriesOf(object: KubernetesObject): Entry[] {
  const entries: Entry[] = []
  for (const place of places) {
    for (const [key, value] of Object.entries(recordAt(object, ...place))) {
      if (typeof value === 'string' || value === null || value === undefined) continue
      entries.push({ key, value, pointer: [...place, key].map(step).join('') })
    }
  }
  return entries
}

function isPlain(value: Json): value is number | boolean {
  return typeof value === 'number' || typeof value === 'boolean'
}
